"""Starts the page on this computer: ``lna serve``."""

from __future__ import annotations

import re
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path

from analyzer.errors import DataError, LnaError
from analyzer.ui.decisions import place

_HERE = Path(__file__).resolve().parent
_ADDRESS = "127.0.0.1"
_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


def config_file() -> Path:
    """The page's settings: inside the wheel, or the checkout's ``.streamlit/config.toml``."""
    package = _HERE.parent
    shipped = package / "_data" / "streamlit.toml"
    return shipped if shipped.is_file() else package.parent / ".streamlit" / "config.toml"


def flags(path: Path) -> list[str]:
    """Every setting of a config file as command-line flags: those win over what a user's own files say.

    Raises:
        DataError: The file is missing or wrong: the page must not start without its safe settings.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            "page_config", f"настройки страницы {path} не читаются", "переустановите программу"
        ) from error
    return list(_flags(tables, ""))


def run(port: int, domain: str = "") -> int:
    """Serves the page until it is stopped; the exit status of the server.

    Args:
        port: Port on 127.0.0.1.
        domain: Name under which a web server on this computer passes requests on; "" for this computer alone.

    Raises:
        LnaError: The port is taken.
    """
    # Streamlit takes seconds to import and prints its own English words: check first, say it in Russian.
    _refuse_taken(port)
    options = [*flags(config_file()), f"--server.port={port}", *behind(domain)]
    from streamlit.web import cli

    address = (
        f"https://{domain} (внутри: http://{_ADDRESS}:{port})" if domain else f"http://{_ADDRESS}:{port}"
    )
    print(f"Страница проверки: {address}  (остановить: Ctrl+C)")
    at = place()
    print(f"Журнал решений: {'база из LNA_JOURNAL' if '://' in at else at}", flush=True)
    try:
        cli.main(["run", str(_HERE / "app.py"), *options], standalone_mode=False)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 1
    return 0


def behind(domain: str) -> list[str]:
    """Flags for a page behind a web server: whom it answers, and which pages may talk to it.

    Raises:
        LnaError: It is no name of a computer.
    """
    if not domain:
        return []
    if not _DOMAIN.fullmatch(domain):
        advice = "укажите одно имя: lna serve --domain lna.example.ru"
        raise LnaError("domain", f"«{domain}» — не имя сервера", advice)
    # Without its own address the server would ask the network what it is called from outside.
    return [f"--server.allowedHosts={domain}", f"--browser.serverAddress={domain}"]


def _flags(table: dict[str, object], prefix: str) -> Iterator[str]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flags(value, f"{key}.")
        elif isinstance(value, list):
            yield from (f"--{key}={item}" for item in value)
        else:
            yield f"--{key}={str(value).lower() if isinstance(value, bool) else value}"


def _refuse_taken(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # On Windows SO_REUSEADDR would take a port that another program listens on.
        alone = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
        probe.setsockopt(socket.SOL_SOCKET, alone, 1)
        try:
            probe.bind((_ADDRESS, port))
        except (OSError, OverflowError) as error:
            raise LnaError(
                "port", f"порт {port} занят или недоступен", f"выберите другой: lna serve --port {port + 1}"
            ) from error
