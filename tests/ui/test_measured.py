"""The figures of the model: read as the command writes them, or a clear line why there are none."""

from pathlib import Path

import pytest

from analyzer.matching.corpus import Labelled
from analyzer.matching.evaluate import measure
from analyzer.ui.measured import Measured, Unmeasured, measured

GOOD = (
    '{"clauses": 3, "macro_f1": 0.5, "micro_precision": 1, "micro_recall": 0.5, "clean": 1, "empty": 1,'
    ' "requirements": [{"id": "13.в", "found": 1, "total": 2, "false": 0}], "authors": []}'
)


def test_figures_are_read_and_shares_agree_with_the_evaluation(tmp_path: Path) -> None:
    path = tmp_path / "quality.json"
    path.write_text(GOOD, encoding="utf-8")
    found = measured(path)
    assert isinstance(found, Measured)
    clauses = [Labelled("1", "а", "", "", frozenset({"13.в"}), frozenset())] * 2
    (score,) = measure(clauses, [frozenset({"13.в"}), frozenset()]).scores
    row = found.requirements[0]
    assert (row.precision, row.recall) == (score.precision, score.recall) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "ещё не измерено"),
        ("", "не читается"),
        ("[]", "не читается"),
        (GOOD.replace("0.5", "7", 1), "не читается"),
    ],
)
def test_without_figures_there_is_a_reason(tmp_path: Path, text: str | None, reason: str) -> None:
    path = tmp_path / "quality.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    found = measured(path)
    assert isinstance(found, Unmeasured)
    assert reason in found.reason
