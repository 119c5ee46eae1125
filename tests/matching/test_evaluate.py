"""Quality: the counts, the figures made of them, and the intervals."""

import json

import pytest

from analyzer.errors import DataError
from analyzer.matching import evaluate as module
from analyzer.matching.corpus import Labelled
from analyzer.matching.evaluate import Score, evaluate_file, measure, quality_text


def record(name: str, full: str = "", partial: str = "", act: str = "", author: str = "") -> Labelled:
    return Labelled(name, "Пункт.", "", act, frozenset(full.split()), frozenset(partial.split()), author)


RECORDS = [
    record("1", "5.а"),
    record("2", "5.а 11.1"),
    record("3", "11.1", partial="7"),
    record("4"),
    record("5"),
]
FOUND = [frozenset(names.split()) for names in ("5.а", "11.1 7", "7 12.1", "", "5.а")]


def test_counts_by_requirement_touched_ones_are_neutral():
    assert measure(RECORDS, FOUND).scores == (
        Score("5.а", found=1, total=2, false=1),
        Score("7", found=0, total=0, false=1),
        Score("11.1", found=1, total=2, false=0),
        Score("12.1", found=0, total=0, false=1),
    )


def test_figures_are_made_of_the_counts():
    quality = measure(RECORDS, FOUND)
    assert quality.micro == Score("", found=2, total=4, false=3)
    assert (quality.micro.precision, quality.micro.recall) == (2 / 5, 2 / 4)
    # Macro figures are over the two requirements that the labels have.
    assert (quality.macro_precision, quality.macro_recall) == (0.75, 0.5)
    assert quality.macro_f1 == pytest.approx((0.5 + 2 / 3) / 2)
    assert (quality.clauses, quality.empty, quality.clean) == (5, 2, 1)


def test_perfect_and_empty_measurements():
    perfect = measure(RECORDS, [item.full for item in RECORDS])
    assert (perfect.macro_f1, perfect.macro_f1_interval, perfect.clean) == (1.0, (1.0, 1.0), 2)
    nothing = measure([record("1")], [frozenset()])
    assert (nothing.macro_f1, nothing.micro.precision, nothing.clean) == (0.0, 0.0, 1)


@pytest.mark.parametrize(
    ("acts", "authors", "units", "groups"),
    [
        ("a b c d e a", "x x x x x x", "act", 5),
        ("a b c d e a", "x x x x x y", "act", 6),  # the same title by another author is another act
        (". a b c d e", "u v w x y u", "author", 5),
        ("a a a a b b", "x x x x y y", "clause", 6),
        (". . . . . .", ". . . . . .", "clause", 6),
    ],
)
def test_intervals_are_drawn_over_acts_or_authors_when_there_are_enough(acts, authors, units, groups):
    pairs = zip(acts.replace(".", "-").split(), authors.replace(".", "-").split(), strict=True)
    records = [
        record(str(number), "7", act=act.strip("-"), author=author.strip("-"))
        for number, (act, author) in enumerate(pairs)
    ]
    quality = measure(records, [item.full for item in records])
    assert (quality.units, quality.groups) == (units, groups)


def test_interval_holds_the_figure_narrows_with_data_and_never_changes():
    few, many = measure(RECORDS * 4, FOUND * 4), measure(RECORDS * 100, FOUND * 100)
    for quality in (few, many):
        low, high = quality.macro_f1_interval
        assert low < quality.macro_f1 < high
        assert quality.micro_precision_interval[0] < 2 / 5 < quality.micro_precision_interval[1]
        assert quality.micro_recall_interval[0] < 2 / 4 < quality.micro_recall_interval[1]
    wide, narrow = (high - low for low, high in (few.macro_f1_interval, many.macro_f1_interval))
    assert narrow < wide / 3
    assert measure(RECORDS * 4, FOUND * 4) == few


def test_clauses_of_one_act_tell_less_than_clauses_of_many():
    together = [record(str(i), "7", act=f"Акт {i // 20}") for i in range(200)]
    found = [frozenset({"7"} if i // 20 % 2 else ()) for i in range(200)]
    apart = [record(str(i), "7") for i in range(200)]
    wide, narrow = (measure(records, found).micro_recall_interval for records in (together, apart))
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


def test_table_is_russian_and_gives_no_figures_where_nothing_is_labelled():
    lines = quality_text(measure(RECORDS, FOUND)).splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines[1:7]}
    assert rows["5.а"] == ["1", "2", "1", "0,500", "0,500", "0,500"]
    assert rows["7"] == ["0", "0", "1", "—", "—", "—"]
    assert rows["микро"] == ["2", "4", "3", "0,400", "0,500", "0,444"]
    assert rows["макро"] == ["0,750", "0,500", "0,583"]
    assert "чистыми остались 1 из 2" in lines[-2]
    assert "по пунктам" in lines[-1]


def test_a_file_is_read_and_measured(tmp_path, monkeypatch):
    path = tmp_path / "gold.jsonl"
    rows = [
        {"id": "1", "text": "Пункт.", "labels": ["5.а", "7~"]},
        {"id": "2", "text": "Цели.", "labels": ["none"]},
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    monkeypatch.setattr(module, "shipped", lambda: None)
    monkeypatch.setattr(module, "predict", lambda records, model: [frozenset({"5.а", "7"}), frozenset()])
    text = evaluate_file(path)
    assert "Пунктов: 2; требований в разметке: 1." in text
    assert "чистыми остались 1 из 1" in text


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "empty.jsonl"
    path.write_text("\n", "utf-8")
    with pytest.raises(DataError) as caught:
        evaluate_file(path)
    assert caught.value.code == "empty_corpus"
