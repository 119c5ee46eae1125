"""Labelled clauses read from files, and ``lna classify`` on lines of JSON."""

import json

import pytest

from analyzer.errors import DataError
from analyzer.matching.classify import classify_lines
from analyzer.matching.corpus import read_corpus, read_labelled, requirement_ids


def write(path, *records):
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def test_labels_are_split_into_full_and_partial(tmp_path):
    path = write(tmp_path / "a.jsonl", {"id": "a-1", "text": "Текст", "labels": ["5.а", "13.в~"], "author": "a", "contradicts": ["5.а"]})
    [record] = read_labelled(path)
    assert (record.full, record.partial, record.touched) == ({"5.а"}, {"13.в"}, {"5.а", "13.в"})
    assert record.contradicts == {"5.а"}
    assert (record.context, record.act, record.restated) == ("", "", False)


@pytest.mark.parametrize("labels", [[], ["none"]])
def test_none_covers_nothing(tmp_path, labels):
    [record] = read_labelled(write(tmp_path / "a.jsonl", {"text": "Текст", "labels": labels}))
    assert record.touched == frozenset()
    assert record.id == "1"


@pytest.mark.parametrize("line", ["{", "[]", "5", '{"text": "а"}', '{"labels": []}', '{"text": "а", "labels": 5}'])
def test_wrong_line_is_named(tmp_path, line):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "а", "labels": []}\n\n' + line, encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.jsonl, строка 3"):
        read_labelled(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_unreadable_file_is_told(tmp_path, content):
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match="не читается"):
        read_labelled(path)


def test_files_are_read_in_order_of_names(tmp_path):
    for name in ("b", "a"):
        write(tmp_path / f"{name}.jsonl", {"id": name, "text": "Текст", "labels": ["5"]})
    records = read_corpus(tmp_path)
    assert [record.id for record in records] == ["a", "b"]
    assert requirement_ids(records) == ("5",)
    assert read_corpus(tmp_path / "none") == []


CLAUSE = {"id": 7, "text": "Техническую помощь ученикам и учителям оказывает инженер по телефону за два часа.", "context": "Помощь", "act": ""}


def test_classify_gives_labels_with_scores():
    nothing = {"id": "x", "text": "Суп варят в столовой до десяти часов."}
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in (CLAUSE, nothing)) + "\n\n"
    first, second = classify_lines(lines, "-")
    assert first["id"] == 7
    assert "13.г" in {label["id"] for label in first["labels"]}
    scores = [label["score"] for label in first["labels"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert second == {"id": "x", "labels": []}


def test_classify_gives_a_nameless_clause_its_line_number():
    [record] = classify_lines("\n" + json.dumps({"text": "Суп варят в столовой."}), "-")
    assert record["id"] == 2


def test_classify_keeps_order_over_batches():
    lines = "\n".join(json.dumps({"id": index, "text": f"Пункт номер {index}"}) for index in range(300))
    assert [record["id"] for record in classify_lines(lines, "-")] == list(range(300))


@pytest.mark.parametrize("line", ["{", "5", "[]", "{}", "null", '"a"'])
def test_classify_names_the_wrong_line(line):
    with pytest.raises(DataError, match="clauses, строка 2: не пункт"):
        list(classify_lines(json.dumps(CLAUSE) + "\n" + line, "clauses"))
