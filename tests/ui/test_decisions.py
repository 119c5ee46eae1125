"""Decisions on disk: the last one counts, nothing is lost, a broken line costs itself alone."""

import json
from pathlib import Path

import pytest

from analyzer.reports.decision import Decision
from analyzer.ui.decisions import DecisionFiles, journal

ONE, TWO = "a" * 64, "b" * 64
FIRST = Decision("pp-1678/5", "confirmed", about="covered", made_at="2026-11-25T10:00:00.000+00:00")


def test_what_is_kept_is_found_again_by_another_store(tmp_path: Path) -> None:
    decision = Decision("x", "rejected", "«почему» 🙂", "missing", "covered", "3.4", 120, "2026-11-25")
    DecisionFiles(tmp_path / "new").keep(ONE, decision)
    assert DecisionFiles(tmp_path / "new").of(ONE) == {"x": decision}
    assert DecisionFiles(tmp_path / "new").of(TWO) == {}


def test_the_last_decision_counts_and_an_empty_one_takes_it_back(tmp_path: Path) -> None:
    store = DecisionFiles(tmp_path)
    store.keep(ONE, FIRST)
    store.keep(ONE, Decision(FIRST.key, "rejected"))
    assert store.of(ONE)[FIRST.key].choice == "rejected"
    store.keep(ONE, Decision(FIRST.key))
    assert store.of(ONE) == {}
    assert len((tmp_path / f"{ONE}.jsonl").read_text().split()) > 3  # the history stays


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        '{"key": 7}',
        '{"key": "k", "choice": "maybe"}',
        '{"key": "k", "choice": "confirmed", "status": "gone"}',
        '{"key": "k", "extra": 1}',
        '{"choice": "confirmed"}',
    ],
)
def test_a_broken_line_costs_itself_alone(tmp_path: Path, line: str) -> None:
    store = DecisionFiles(tmp_path)
    store.keep(ONE, FIRST)
    with (tmp_path / f"{ONE}.jsonl").open("a") as file:
        file.write(f"\n{line}")
    store.keep(ONE, Decision("z", comment="после"))
    assert list(store.of(ONE)) == [FIRST.key, "z"]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_only_a_digest_names_a_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        DecisionFiles(tmp_path).keep(name, FIRST)


def test_everybody_who_signs_in_has_a_folder_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LNA_DATA_DIR", str(tmp_path))
    journal("anna@example.org").keep(ONE, FIRST)
    assert journal().of(ONE) == {}
    assert journal("boris@example.org").of(ONE) == {}
    (file,) = tmp_path.rglob("*.jsonl")
    assert "anna" not in str(file)
    assert json.loads(file.read_text())["key"] == FIRST.key
