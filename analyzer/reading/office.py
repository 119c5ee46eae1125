"""Old and foreign formats by way of LibreOffice: .doc, .rtf and .odt become .docx, which the reader knows.

LibreOffice runs without a window, without macros, without a network, with a profile of its own that goes
with it. It is started as one single process, so that to kill it is to kill all of it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from analyzer.errors import LimitError, ReadingError
from analyzer.reading.archive import members
from analyzer.reading.limits import LIMITS, Limits
from analyzer.reading.programs import find_program

PACKAGE = "libreoffice-writer"
_RESTART = 81  # the exit status with which it asks to be started again, its profile being ready now
_SECTOR, _WORD_HEAD, _FLAGS, _ENCRYPTED = 512, b"\xec\xa5", 0x0B, 0x01
_OTHER_FILE = "сохраните документ как DOCX или PDF"
_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8"}
# Security options of the profile: macros and active content off, links from documents never followed,
# and a proxy nobody listens at for whatever asks for the network all the same.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Misc", "UseLocking", "false"),
    ("Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def to_docx(data: bytes, kind: str, limits: Limits = LIMITS) -> bytes:
    """Converts a document.

    Args:
        data: The file.
        kind: Its format: ``doc``, ``rtf``, ``odt``; also its extension for LibreOffice.
        limits: Time and size.

    Returns:
        The same document as DOCX.

    Raises:
        ReadingError: LibreOffice is not installed, or cannot read the file.
        LimitError: It takes too long, or the result is too large.
    """
    program = _program()
    if program is None:
        raise ReadingError(
            "no_converter",
            f"для документов .{kind} нужна программа LibreOffice (пакет {PACKAGE})",
            f"установите её или {_OTHER_FILE}",
        )
    folder = Path(tempfile.mkdtemp(prefix="lna-office-"))
    try:
        source = folder / f"source.{kind}"
        source.write_bytes(data)
        _write_settings(folder / "profile" / "user")
        _convert(program, folder, source, kind, limits)
        return _result(folder / "out" / "source.docx", kind, limits)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check(data: bytes, name: str, kind: str, limits: Limits = LIMITS) -> None:
    """Looks a document over before LibreOffice sees it.

    Args:
        data: The file.
        name: Its name, for messages.
        kind: Its format: ``doc``, ``rtf``, ``odt``.
        limits: Bounds of a ZIP container.

    Raises:
        ReadingError: It is encrypted, or holds XML entities.
        LimitError: It is a ZIP bomb.
    """
    if kind == "doc" and _is_encrypted(data):
        raise ReadingError(
            "encrypted", "файл защищён паролем", "снимите пароль в Word и сохраните файл заново"
        )
    if kind == "odt":
        for part, content in members(data, name, limits):
            if b"<!ENTITY" in content:
                message = f"в части {part} есть DTD или внешние сущности, это запрещено"
                raise ReadingError("xml_entities", message, _OTHER_FILE)


def _is_encrypted(data: bytes) -> bool:
    """The flag in the head of the stream with the text, which begins on a sector of the container."""
    heads = (at for at in range(_SECTOR, len(data), _SECTOR) if data.startswith(_WORD_HEAD, at))
    at = next(heads, None)
    return at is not None and bool(data[at + _FLAGS] & _ENCRYPTED)


@cache
def _program() -> str | None:
    """The program itself: ``soffice`` is a script that starts a starter that starts it."""
    found = find_program("soffice", "libreoffice")
    if found is None:
        return None
    inner = Path(found).resolve().with_name("soffice.bin")
    return str(inner) if inner.is_file() else found


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _convert(program: str, folder: Path, source: Path, kind: str, limits: Limits) -> None:
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--invisible",
        "--norestore", "--nologo", "--nodefault", "--nolockcheck", f"--infilter={_FILTERS[kind]}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    try:
        for _ in range(2):
            done = subprocess.run(  # noqa: S603  (own path, no shell, the file's name is ours)
                command, cwd=folder, timeout=limits.converter_seconds, check=False,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            if done.returncode != _RESTART:
                break
    except subprocess.TimeoutExpired as error:
        raise LimitError(
            "limit_converter",
            f"LibreOffice не преобразовала файл за {limits.converter_seconds:.0f} с (предел)",
            _OTHER_FILE,
        ) from error
    except OSError as error:
        raise ReadingError("no_converter", "программа LibreOffice не запускается", _OTHER_FILE) from error


def _result(path: Path, kind: str, limits: Limits) -> bytes:
    if not path.is_file() or not path.stat().st_size:
        raise ReadingError(
            "broken_document",
            f"документ .{kind} повреждён или защищён паролем",
            f"откройте его и {_OTHER_FILE}",
        )
    if path.stat().st_size > limits.upload_bytes:
        raise LimitError(
            "limit_converted", "преобразованный документ слишком велик", "разделите файл на части"
        )
    return path.read_bytes()
