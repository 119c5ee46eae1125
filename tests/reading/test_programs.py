import sys
from pathlib import Path

import pytest

from analyzer.reading.programs import find_program


@pytest.mark.parametrize(
    ("base", "folder", "name"),
    [
        ("ProgramFiles", "LibreOffice/program", "soffice"),
        ("ProgramFiles", "Tesseract-OCR", "tesseract"),
        ("LOCALAPPDATA", "Programs/Tesseract-OCR", "tesseract"),
    ],
)
def test_a_program_is_found_where_its_installer_for_windows_puts_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str, folder: str, name: str
) -> None:
    program = tmp_path / "Program Files" / folder / (f"{name}.exe" if sys.platform == "win32" else name)
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program(name) is None or sys.platform == "win32"
    monkeypatch.setenv(base, str(tmp_path / "Program Files"))
    assert find_program("absent", name) == str(program)
    on_path = tmp_path / program.name
    on_path.write_bytes(b"")
    on_path.chmod(0o755)
    assert find_program(name) == str(on_path)  # PATH comes first
