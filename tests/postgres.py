"""A private PostgreSQL for the tests: own folder, own socket, no port, gone at the end.

Debian's server programs are used; the system's own cluster and its port are never touched. The server refuses to run
as root, so root hands the folder and the programs to the `postgres` user that Debian's package made.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

DEBIAN_VERSIONS = Path("/usr/lib/postgresql")
SUPERUSER = "postgres"
EMPTY = "template0"

# Nothing here outlives the run, so nothing has to survive a power cut, and no database grows old enough to be swept.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server, reached through the socket in `folder`."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the SQLAlchemy address of a database."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = EMPTY) -> str:
        """Create a database as a copy of another, to which nobody may be connected; return its address."""
        self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._execute(f'DROP DATABASE "{database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


def postgres_programs() -> Path | None:
    """Return the folder of the newest server programs, or None if there are none."""
    debian = [path for path in DEBIAN_VERSIONS.glob("*/bin") if (path / "initdb").exists()]
    if debian:
        return max(debian, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def owner() -> dict[str, Any]:
    """Return what makes a subprocess run as an ordinary user: nothing, unless we are root."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam(SUPERUSER)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def running_postgres(programs: Path) -> Iterator[PostgresServer]:
    """Start a server in a folder of its own, and stop and remove it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="inquiry-pg-"))  # short, because a socket's path may not be long
    identity = owner()
    if identity:
        os.chown(folder, identity["user"], identity["group"])

    def call(program: str, *arguments: str) -> None:
        command = [programs / program, "-D", folder / "cluster", *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **identity)

    settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    try:
        call("initdb", "--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={SUPERUSER}")
        call("pg_ctl", "-s", "-w", "-l", str(folder / "log"), "-o", f"-k {folder} {settings}", "start")
        try:
            yield PostgresServer(folder)
        finally:
            call("pg_ctl", "-s", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)
