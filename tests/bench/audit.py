"""Figures of the whole audit: ``uv run python tests/bench/audit.py``.

Prints the audit of an 8-page PDF against pdfplumber's bare extraction of the same file, the audit of a DOCX of 50
paragraphs, and classification; warm, in this process, without the reading worker.
"""

from __future__ import annotations

import json

from reading import ROOT, bare, eight_pages, paragraphs, seconds

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
    print(f"DOCX of 50 paragraphs: {seconds(lambda: audit(docx), 5) * 1000:.0f} ms")
    corpus = (ROOT / "corpus" / "clauses" / "a1.jsonl").read_text(encoding="utf-8")
    count = corpus.count("\n")
    taken = seconds(lambda: json.dumps(list(classify_lines(corpus, "a1"))), 3)
    print(f"classification: {count / taken:.0f} clauses/s")


if __name__ == "__main__":
    main()
