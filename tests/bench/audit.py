"""Figures of the whole audit: ``uv run python tests/bench/audit.py``.

Prints the audit of an 8-page PDF against pdfplumber's bare extraction of the same file, the audit of a DOCX of 50
paragraphs, growth from 5 to 100 pages, and classification: warm, in this process, without the reading worker; then
the cold command line, as a person starts it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from reading import ROOT, bare, eight_pages, pages, paragraphs, seconds

from analyzer.audit import Settings, audit_document
from analyzer.matching.classify import classify_lines
from analyzer.reading import read


def audit(data: bytes) -> None:
    """One file from bytes to a verdict."""
    audit_document(read(data, "акт"), Settings())


def main() -> None:
    """Prints the figures, a line each."""
    pdf = eight_pages()
    ours, theirs = seconds(lambda: audit(pdf), 5), seconds(lambda: bare(pdf), 3)
    print(f"8-page PDF: {ours * 1000:.0f} ms, pdfplumber alone {theirs * 1000:.0f} ms: {ours / theirs:.2f} of it")
    docx = paragraphs(50)
    times = {}
    for count in (5, 50, 100):
        made = pages(count)
        times[count] = seconds(lambda made=made: audit(made), 1, time.process_time)  # type: ignore[misc]
    print(f"audit of 5, 50, 100 pages of 45 clauses: {times[5]:.2f}, {times[50]:.2f}, {times[100]:.2f} s of "
          f"processor, {times[100] / (20 * times[5]):.2f} of linear")  # fmt: skip
    print(f"DOCX of 50 paragraphs: {seconds(lambda: audit(docx), 5) * 1000:.0f} ms")
    corpus = (ROOT / "corpus" / "clauses" / "a1.jsonl").read_text(encoding="utf-8")
    count = corpus.count("\n")
    taken = seconds(lambda: json.dumps(list(classify_lines(corpus, "a1"))), 3)
    print(f"classification: {count / taken:.0f} clauses/s")
    sample = str(ROOT / "corpus" / "acts" / "vasilevskaya_poryadok.docx")
    for call in (["--help"], ["audit", "--fail-on", "never", sample]):
        print(f"cold lna {call[0]}: {seconds(lambda call=call: lna(call), 5):.2f} s")  # type: ignore[misc]


def lna(call: list[str]) -> None:
    """The command line in a new process."""
    code = "from analyzer.cli import main; main()"
    subprocess.run([sys.executable, "-c", code, *call], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
