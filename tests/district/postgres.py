"""A PostgreSQL server of our own, from Debian's programs, for the time of a test session."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"  # the server refuses to run as root


def programs() -> Path | None:
    """Folder of ``initdb``; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Starts a server with an empty base; gives its URL."""
    data = Path(tempfile.mkdtemp(prefix="lna-pg-"))
    as_user = {}
    if os.getuid() == 0:
        account = pwd.getpwnam(_USER)
        os.chown(data, account.pw_uid, account.pw_gid)
        as_user = {"user": _USER, "group": account.pw_gid, "extra_groups": []}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def call(program: str, *arguments: str) -> None:
        command = [str(folder / program), *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(command, check=True, cwd=data, timeout=120, **as_user, **quiet)

    try:
        call("initdb", "-D", str(data / "base"), "-U", "lna", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off"
        call("pg_ctl", "-D", str(data / "base"), "-w", "-o", options, "start")
        try:
            yield f"postgresql://lna@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "-D", str(data / "base"), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(data, ignore_errors=True)
