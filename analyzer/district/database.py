"""The journal's database: opened by path or URL, its tables brought up to date before anybody looks."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import DatabaseError
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from analyzer.errors import LnaError, install_extra

PATIENCE = 10_000
"""Milliseconds that a writer waits for another one."""

_ONE_BY_ONE = Lock()  # Alembic keeps what it works on in global names
_MIGRATING = 1678  # key of PostgreSQL's lock: any number that nothing else in that base uses


def opened(place: str, *, must_exist: bool = False) -> Engine:
    """Opens a journal's database and brings its tables up to date.

    Args:
        place: Path of an SQLite file, or a URL (``postgresql://user@host/base``).
        must_exist: A missing file is an error.

    Raises:
        LnaError: It cannot be opened.
    """
    named = place
    if "://" not in place:
        if must_exist and not Path(place).is_file():
            raise LnaError("no_journal", f"журнала {place} нет", "укажите файл журнала или адрес базы")
        place = f"sqlite:///{Path(place).resolve()}"
    try:
        url = make_url(place)
        if url.drivername in {"postgresql", "postgres"}:
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url)
        if url.get_backend_name() == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        _migrate(engine)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        if isinstance(error, ImportError) and place.startswith("postgres"):
            what = "для postgresql:// нужен пакет psycopg"
            raise LnaError("no_psycopg", what, install_extra("postgres")) from error
        advice = "нужен путь к файлу или postgresql://…"
        raise LnaError("bad_journal", "адрес журнала не разобран", advice) from error
    except SQLAlchemyError as error:
        if isinstance(getattr(error, "orig", None), DatabaseError) and "not a database" in str(error):
            advice = "укажите файл журнала, папку результатов или адрес базы"
            raise LnaError("bad_journal", f"файл {named} — не журнал", advice) from error
        # The address holds a password: it is never printed.
        kind = type(error).__name__
        advice = "проверьте адрес, имя, пароль и права"
        raise LnaError("journal_failed", f"журнал не открывается ({kind})", advice) from error
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in ("foreign_keys = ON", "secure_delete = ON", f"busy_timeout = {PATIENCE}"):
        connection.execute(f"PRAGMA {pragma}")


def _migrate(engine: Engine) -> None:
    """Runs what is missing; a journal that is up to date is not written to, so it may be read-only."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "analyzer.district:migrations")
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    with _ONE_BY_ONE, engine.begin() as connection:
        _wait_for_others(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _wait_for_others(connection: Connection) -> None:
    """Of several processes that find an old journal one mends it, the others find it mended."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
