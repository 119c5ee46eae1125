"""Builds the sample acts: ``NAME.src.txt`` → DOCX, PDF, TXT and ``NAME.gold.json``.

    python corpus/acts/build.py            # everything
    python corpus/acts/build.py NAME ...   # some
    python corpus/acts/build.py --check    # only check the gold against the sources

The marks of a source file are explained in README.md. PDF needs LibreOffice (``soffice``) on the PATH.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from layout import build_docx, build_pdf
from source import Block, Source, read

HERE = Path(__file__).parent
CHECKLIST = HERE.parents[1] / "checklists" / "pp-1678.yaml"
IDS = [str(entry["id"]) for entry in yaml.safe_load(CHECKLIST.read_text(encoding="utf-8"))["requirements"]]
REQUISITES = ("title", "kind", "organization", "approved_on", "approval_number", "on_subject")
OPTIONAL = (
    "also_acceptable",
    "restated",
    "citations",
    "local_references",
    "expected_findings",
    "forbidden_findings",
    "notes",
)


def gold(source: Source) -> dict[str, Any]:
    """The gold record of a source."""
    meta = source.meta
    verdicts = dict(meta.get("requirements") or {})
    default = verdicts.pop("default", None)
    provenance = meta.get("provenance", "придуман для проекта")
    return {
        "file": source.files,
        "provenance": provenance,
        **{key: meta[key] for key in REQUISITES},
        "clauses": [_clause(block) for block in source.blocks if block.path],
        "requirements": {key: verdicts.get(key, default) for key in IDS} if verdicts else {},
        **{key: meta[key] for key in OPTIONAL if meta.get(key)},
    }


def _clause(block: Block) -> dict[str, Any]:
    clause: dict[str, Any] = {
        "number": block.path or None,
        "printed": block.printed,
        "heading": block.kind == "heading",
        "section": block.section,
        "text": re.sub(r"\s+", " ", block.text),
        "labels": block.labels,
    }
    if block.kind == "row":
        clause["kind"] = "row"
    if block.restated:
        clause["restated"] = True
    if block.contradicts:
        clause["contradicts"] = block.contradicts
    return clause


def problems(source: Source) -> Iterator[str]:
    """Where verdicts, labels, citations and text of a source disagree."""
    record = gold(source)
    yield from _verdict_problems(record)
    paths: dict[str, str] = {}
    for clause in record["clauses"]:
        paths[clause["number"]] = f"{paths.get(clause['number'], '')} {clause['text']}"
    whole = re.sub(r"\s+", " ", source.body)
    for citation in record.get("citations", []) + record.get("local_references", []):
        text = paths.get(citation["clause"], "") if citation["clause"] else whole
        if citation["quote"] not in text:
            yield f"{citation['clause']}: нет слов «{citation['quote']}»"
    for finding in record.get("expected_findings", []):
        if finding["clause"] is not None and finding["clause"] not in paths:
            yield f"{finding['rule']}: нет пункта {finding['clause']}"


def _verdict_problems(record: dict[str, Any]) -> Iterator[str]:
    found: dict[str, set[str]] = {}
    for clause in record["clauses"]:
        for label in clause["labels"]:
            plain = label.rstrip("~")
            if plain not in IDS:
                yield f"{clause['number']}: нет требования {label}"
            found.setdefault(plain, set()).add(_weight(clause, label))
    for key, status in record["requirements"].items():
        marks = found.get(key, set())
        right = {
            "covered": bool(marks & {"full", "restated"}),
            "partial": bool(marks) and "full" not in marks,
            "contradicted": "against" in marks,
            "missing": not marks,
            "not_applicable": not marks,
        }
        if not right.get(status, False):
            yield f"{key}: {status}, а пометы пунктов {sorted(marks)}"


def _weight(clause: dict[str, Any], label: str) -> str:
    """What a label of a clause is worth for the verdict on the act."""
    if label.rstrip("~") in clause.get("contradicts", []):
        return "against"
    if label.endswith("~"):
        return "part"
    return "restated" if clause.get("restated") else "full"


def build(source: Source) -> None:
    """Writes the documents and the gold of a source."""
    for suffix in source.meta["formats"]:
        target = HERE / f"{source.name}.{suffix}"
        if suffix == "txt":
            target.write_text(source.body + "\n", encoding="utf-8")
            continue
        printed = suffix == "pdf" and source.meta.get("layout") == "printed"
        data = build_docx(source, printed)
        target.write_bytes(build_pdf(data) if suffix == "pdf" else data)
    text = json.dumps(gold(source), ensure_ascii=False, indent=1, default=_iso)
    (HERE / f"{source.name}.gold.json").write_text(text + "\n", encoding="utf-8")


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"не записать в JSON: {value!r}")


def main(arguments: list[str]) -> int:
    """Checks and builds; returns the exit status."""
    names = [a for a in arguments if a != "--check"]
    wanted = [read(path) for path in sorted(HERE.glob("*.src.txt"))]
    wanted = [source for source in wanted if not names or source.name in names]
    bad = [f"{source.name}: {problem}" for source in wanted for problem in problems(source)]
    for line in bad:
        print(line, file=sys.stderr)
    if bad or "--check" in arguments:
        return 1 if bad else 0
    for source in wanted:
        build(source)
        print(", ".join(source.files))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
