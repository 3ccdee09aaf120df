"""Settings from the environment. The application refuses to start with a combination that is not safe."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
FLASK_OFF = {"", "0", "false", "no"}
"""What FLASK_DEBUG may hold; anything else would switch debugging on behind our back."""
SECRET_BYTES = 32


class UnsafeSettings(RuntimeError):
    """The settings would put people at risk; the message lists what to mend."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs. `from_env` is the usual way to make one."""

    data: Path
    database_url: str = field(repr=False)
    base_url: str
    secret: bytes = field(repr=False)
    key_file: Path
    demo: bool = False
    town: str = "Elsterveer"
    network: str = "Jeugdnetwerk Elsterveer"
    areas: tuple[str, ...] = ("Centrum", "Veerkaai", "Molenhoek", "Stationswijk", "Heide")
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "Brug <hallo@brug.example>"
    help_phone: str = ""
    help_name: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    log_level: str = "INFO"
    debug: bool = False
    backup_folder: Path | None = None
    privacy_mail: str = ""
    follow_near: bool = False
    """Whether feeds on this machine itself may be read, over http too. For tests alone: no variable switches it on."""

    @property
    def backups(self) -> Path:
        """Where backups are kept, with the ledger of what was erased beside them."""
        return self.backup_folder or self.data / "backups"

    @property
    def is_secure(self) -> bool:
        """Whether people reach this installation over https."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host name people use."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def hosts(self) -> list[str]:
        """The host names that requests may carry."""
        return [self.host, *self.trusted_hosts]

    def faults(self) -> list[str]:
        """Everything about these settings that is not safe, one sentence each."""
        local = self.host in LOOPBACK
        checks = {
            "The secret must be at least 32 bytes. Make one with `python -m webapp.core.keys`.": len(self.secret)
            < SECRET_BYTES,
            "BRUG_BASE_URL must begin with https:// for everything but a demo on this machine.": not self.is_secure
            and not (self.demo and local),
            "BRUG_BASE_URL needs a host name.": not self.host,
            "BRUG_DEMO is for this machine alone: leave it out where others come.": self.demo and not local,
            "Debug mode is for development: leave BRUG_DEBUG and FLASK_DEBUG out.": self.debug and not local,
            "BRUG_DATABASE_URL must begin with postgresql:// or sqlite:///.": not self.database_url.startswith(
                ("postgresql:", "postgresql+psycopg:", "sqlite:")
            ),
            "Mail needs BRUG_SMTP_URL, such as smtp+starttls://mail.example:587.": not self.demo and not self.smtp_url,
        }
        return [sentence for sentence, wrong in checks.items() if wrong]

    def check(self) -> None:
        """Raise UnsafeSettings when something is not safe."""
        faults = self.faults()
        if faults:
            raise UnsafeSettings("\n".join(faults))

    @classmethod
    def from_env(cls) -> "Settings":
        """Read the settings from BRUG_… variables; docs/operations.md lists them."""
        env = os.environ
        data = Path(env.get("BRUG_DATA", ROOT / "var")).resolve()
        secret_file = Path(env.get("BRUG_SECRET_FILE", data / "secret"))
        return cls(
            data=data,
            database_url=env.get("BRUG_DATABASE_URL", f"sqlite:///{data / 'brug.sqlite'}"),
            base_url=env.get("BRUG_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
            secret=_read_secret(secret_file),
            key_file=Path(env.get("BRUG_KEY_FILE", data / "keys.json")),
            demo=_is_on(env.get("BRUG_DEMO", "")),
            town=env.get("BRUG_TOWN", cls.town),
            network=env.get("BRUG_NETWORK", cls.network),
            areas=_several(env.get("BRUG_AREAS", "")) or cls.areas,
            smtp_url=env.get("BRUG_SMTP_URL", ""),
            mail_from=env.get("BRUG_MAIL_FROM", cls.mail_from),
            help_phone=env.get("BRUG_HELP_PHONE", ""),
            help_name=env.get("BRUG_HELP_NAME", ""),
            trusted_hosts=_several(env.get("BRUG_TRUSTED_HOSTS", "")),
            proxies=_number(env.get("BRUG_PROXIES", "0")),
            log_level=env.get("BRUG_LOG_LEVEL", cls.log_level).upper(),
            debug=_is_on(env.get("BRUG_DEBUG", "")) or env.get("FLASK_DEBUG", "").lower() not in FLASK_OFF,
            backup_folder=Path(env["BRUG_BACKUPS"]).resolve() if env.get("BRUG_BACKUPS") else None,
            privacy_mail=env.get("BRUG_PRIVACY_MAIL", ""),
        )


def _is_on(text: str) -> bool:
    return text.lower() in {"1", "true", "yes", "on"}


def _number(text: str) -> int:
    if not text.isdecimal():
        raise UnsafeSettings(f"BRUG_PROXIES is the number of proxies in front, such as 1, not {text!r}.")
    return int(text)


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _read_secret(path: Path) -> bytes:
    if not path.is_file():
        return b""
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeSettings(f"Others can read {path}. Close it with: chmod 600 {path}")
    return path.read_bytes().strip()
