"""Where the programs are that reading calls: Tesseract and LibreOffice."""

from __future__ import annotations

import os
import shutil

# Their Windows installers put them there and leave PATH alone.
_BASES = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")
_FOLDERS = (("LibreOffice", "program"), ("Tesseract-OCR",), ("Programs", "Tesseract-OCR"))


def find_program(*names: str) -> str | None:
    """Path of the first of these programs that is installed; None when none is.

    Args:
        names: Names of one program, the likeliest first.
    """
    bases = [os.environ[base] for base in _BASES if os.environ.get(base)]
    usual = (os.path.join(base, *folder) for base in bases for folder in _FOLDERS)  # noqa: PTH118  (a PATH)
    path = os.pathsep.join([os.environ.get("PATH") or os.defpath, *usual])
    return next((found for name in names if (found := shutil.which(name, path=path))), None)
