"""The two files that must exist before Brug starts: its secret and its keys. `python -m webapp.core.keys`."""

import os
import secrets
import sys
from pathlib import Path

from webapp.core.crypto import create_key_file


def create_secret_file(path: Path) -> None:
    """Write a random secret, readable by its owner alone. An existing file is left as it is."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))


def main() -> int:
    """Make what is missing, at the places that the settings name."""
    data = Path(os.environ.get("BRUG_DATA", "var")).resolve()
    secret = Path(os.environ.get("BRUG_SECRET_FILE", data / "secret"))
    keys = Path(os.environ.get("BRUG_KEY_FILE", data / "keys.json"))
    create_secret_file(secret)
    create_key_file(keys)
    print(f"Secret: {secret}\nKeys: {keys}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
