"""The five source documents of the project: every reference, by hand, against what an audit finds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from analyzer.citations import find_citations
from analyzer.outline import outline
from analyzer.reading import read_file

ACTS = Path(__file__).parents[2] / "corpus" / "acts"
SEEDS = Path(__file__).with_name("seeds.yaml")
GOLD: dict[str, list[dict[str, Any]]] = yaml.safe_load(SEEDS.read_text("utf-8"))


@pytest.mark.parametrize("name", GOLD)
def test_every_reference_is_found_and_resolved(name: str) -> None:
    found = find_citations(outline(read_file(ACTS / name)), date(2026, 11, 1))
    assert [
        {
            "quote": citation.quote,
            "number": citation.number,
            "date": citation.date,
            "act_id": citation.act_id,
            "points": list(citation.points),
        }
        for citation in found
    ] == [{"points": []} | reference for reference in GOLD[name]]


@pytest.mark.parametrize("name", GOLD)
def test_what_is_not_resolved_is_a_local_act(name: str) -> None:
    found = find_citations(outline(read_file(ACTS / name)), date(2026, 11, 1))
    assert {citation.resolution for citation in found if citation.act_id is None} <= {"local"}


def test_all_source_documents_are_here() -> None:
    assert len(GOLD) == 5
    assert sum(map(len, GOLD.values())) == 32
