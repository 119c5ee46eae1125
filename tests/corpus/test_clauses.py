"""The training corpus: well-formed, labelled from the checklist, broad enough, no clause twice."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from analyzer.law.load import checklist
from analyzer.matching.corpus import read_corpus

CLAUSES = Path(__file__).parents[2] / "corpus" / "clauses"
FILES = sorted(CLAUSES.glob("*.jsonl"))
IDS = [requirement.id for requirement in checklist("pp-1678").requirements]
LABELS = {*IDS, *(f"{name}~" for name in IDS), "none"}
STYLES = {"formal", "plain", "terse", "table", "memo", "order", "ocr", "typo", "near", "letter"}
FULL, PARTIAL, NONE = 50, 10, 1200
DUPLICATE = 0.8  # Jaccard index of the sets of words
# Phrases of law and of every order that two authors cannot but write alike.
STOCK = {("a2-0496", "a4-0277"), ("a1-0292", "a4-0296")}
SHORTEST = 8  # words; «Контроль за исполнением приказа оставляю за собой» stands in every order
RECORDS = [
    (path.name, number, json.loads(line))
    for path in FILES
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    if line.strip()
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_records_are_well_formed(path):
    wrong = []
    for name, number, record in RECORDS:
        if name != path.name:
            continue
        labels = record.get("labels")
        fine = (
            isinstance(labels, list)  # an empty list means the same as «none»
            and set(labels) <= LABELS
            and ("none" not in labels or labels == ["none"])
            and len({label.rstrip("~") for label in labels}) == len(labels)
            and isinstance(record.get("text"), str)
            and record["text"].strip()
            and record.get("author")
            and set(record.get("contradicts", [])) <= {label.rstrip("~") for label in labels}
        )
        if not fine:
            wrong.append((number, record.get("id"), labels, record.get("contradicts")))
    assert wrong == []


def test_ids_are_unique():
    ids = Counter(record["id"] for _, _, record in RECORDS)
    assert [name for name, count in ids.items() if count > 1] == []


def test_reader_sees_every_record():
    records = read_corpus(CLAUSES)
    assert len(records) == len(RECORDS)
    assert [record.id for record in records] == [record["id"] for _, _, record in RECORDS]


@pytest.mark.parametrize("requirement", IDS)
def test_requirement_has_examples(requirement):
    own = [record for _, _, record in RECORDS if record.get("style") != "near" and not record.get("restated")]
    assert sum(requirement in record["labels"] for record in own) >= FULL
    assert sum(f"{requirement}~" in record["labels"] for _, _, record in RECORDS) >= PARTIAL


def test_enough_clauses_cover_nothing():
    assert sum(record["labels"] in ([], ["none"]) for _, _, record in RECORDS) >= NONE


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower().replace("ё", "е")))


def near_duplicates(texts: list[str]) -> list[tuple[int, int, float]]:
    """Pairs whose sets of words have a Jaccard index of at least ``DUPLICATE``.

    Two such sets share a word among the rarest of each (prefix filter): only those pairs are compared.
    """
    sets = [words(text) for text in texts]
    frequency = Counter(word for one in sets for word in one)
    holders: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for index, one in enumerate(sets):
        rare = sorted(one, key=lambda word: (frequency[word], word))
        prefix = rare[: len(rare) - int(DUPLICATE * len(rare)) + 1]
        for other in {other for word in prefix for other in holders[word]}:
            likeness = len(one & sets[other]) / len(one | sets[other])
            if likeness >= DUPLICATE:
                pairs.append((other, index, likeness))
        for word in prefix:
            holders[word].append(index)
    return pairs


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["школа ведёт журнал", "Школа ведет журнал."], 1),
        (["а б в г д е ж з и к", "а б в г д е ж з и л"], 1),  # 9 of 11
        (["а б в г д е ж з и к", "а б в г д е ж з л м"], 0),  # 8 of 12
        (["один два", "три четыре"], 0),
    ],
)
def test_near_duplicates_are_recognised(texts, expected):
    assert len(near_duplicates(texts)) == expected


def test_no_clause_stands_twice():
    """Restatements of the norm and definitions cannot but resemble each other; a school's own words can."""
    own = [
        record
        for _, _, record in RECORDS
        if record.get("style") != "near" and not record.get("restated") and record.get("type") != "definition"
        and len(words(record["text"])) >= SHORTEST
    ]
    told = [
        (own[one]["id"], own[other]["id"])
        for one, other, _ in near_duplicates([record["text"] for record in own])
    ]
    assert set(told) <= STOCK
