"""spaCy loads without its command line and its HTTP clients, and leaves it importable."""

from __future__ import annotations

import subprocess
import sys


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_no_http_client_is_loaded_with_the_language():
    loaded = "print([name for name in sys.modules if name.partition('.')[0] in ('httpx', 'requests', 'weasel')])"
    assert _run(f"import sys, analyzer.language.tokens; {loaded}") == "[]"


def test_the_real_command_line_can_be_imported_later():
    assert "download" in _run("import analyzer.language.tokens; import spacy.cli; print(dir(spacy.cli))")


def test_a_spacy_that_was_there_first_is_taken_as_it_is():
    assert _run("import spacy; from analyzer.language.spacy_core import blank; print(blank is spacy.blank)") == "True"
