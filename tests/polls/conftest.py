"""Mail of date polls comes in as everywhere."""

from tests.accounts.conftest import deliver as deliver
