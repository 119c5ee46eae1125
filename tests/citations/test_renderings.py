"""Any registered act in any supported writing is found and resolved."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.citations import find_in_text
from analyzer.dates import in_words
from analyzer.law.load import citation_tables, registry
from analyzer.law.registry import RegisteredAct

DAY = date(2026, 11, 1)
WRITINGS = {issuer.name: list(issuer.writings) for issuer in citation_tables().issuers}
KINDS = {
    "order": ["приказ", "приказом", "Приказа", "ПРИКАЗ"],
    "letter": ["письмо", "письмом", "информационное письмо"],
    "government_resolution": ["постановление", "Постановлением", "пост."],
    "government_order": ["распоряжение", "распоряжением"],
    "decree": ["указ", "Указом"],
    "federal_law": ["Федеральный закон", "ФЗ", "федеральным законом", "Закон"],
    "law": ["Закон РФ", "Законом Российской Федерации"],
    "code": ["Федеральный закон", "ФЗ"],
    "sanitary_rules": ["постановление", "постановлением"],
    "recommendations": ["методические рекомендации", "письмо"],
}
DATES = [
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d.%m.%Y}г.",
    in_words,
    lambda day: in_words(day).replace("г.", "года"),
]
SIGNS = ["№ ", "№", "N ", "N° ", "Nº "]
NOISE = [
    "",
    " (с изменениями и дополнениями)",
    ", Устав школы",
    " и локальными актами школы",
    "; приказ директора № 5",
]


@st.composite
def written(draw: st.DrawFn) -> tuple[RegisteredAct, str]:
    act = draw(st.sampled_from(registry().acts))
    issuer = ""
    if act.type not in {"federal_law", "law", "code"}:
        issuer = " " + " и ".join(draw(st.sampled_from(WRITINGS[name])) for name in act.issuer.split(", "))
    number = draw(st.sampled_from(SIGNS)) + act.number
    day = "от " + draw(st.sampled_from(DATES))(act.date)
    title = draw(st.sampled_from(["", f" «{act.title}»", f' "{act.title}"']))
    order = draw(
        st.sampled_from(
            [
                f" {day} {number}{title}",
                f" {number} {day}{title}",
                f"{title} {day} {number}",
                f"{title} {number} {day}",
            ]
        )
    )
    kind, noise = draw(st.sampled_from(KINDS[act.type])), draw(st.sampled_from(NOISE))
    text = f"Школа применяет {kind}{issuer}{order}{noise}."
    space = draw(st.sampled_from([" ", "\n", "\u00a0", "  "]))
    return act, text.replace(" ", space)


@settings(max_examples=200, deadline=None)
@given(written())
def test_rendered_act_is_found(case: tuple[RegisteredAct, str]) -> None:
    act, text = case
    (citation,) = find_in_text(text, DAY)
    assert (citation.act_id, citation.resolution) == (act.id, "exact")
    assert citation.date == act.date
    assert not citation.historical


@settings(max_examples=200, deadline=None)
@given(written(), written())
def test_two_acts_side_by_side_stay_two(
    first: tuple[RegisteredAct, str], second: tuple[RegisteredAct, str]
) -> None:
    found = find_in_text(f"{first[1]}\n{second[1]}", DAY)
    assert [citation.act_id for citation in found] == [first[0].id, second[0].id]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='приказФЗзаконот№N 0123456789.-«»"(),;\n/', max_size=200))
def test_any_text_is_survived_and_quotes_lie_inside(text: str) -> None:
    last = 0
    for citation in find_in_text(text, DAY):
        assert last <= citation.start < citation.end <= len(text)
        last = citation.end

# Names that mean another act of the same name: the year or the part in them is not read without «года».
MEANS_ANOTHER = {
    "3-ФЗ", "53-ФЗ", "403-ФЗ", "ГК РФ часть 2", "ГК РФ часть 3", "ГК РФ часть 4", "НК РФ часть 2", "ФГОС НОО 2009",
    "ФГОС ООО 2010", "обновленный ФГОС СОО",
}  # fmt: skip


def test_every_alias_that_reads_as_a_reference_leads_to_its_act() -> None:
    read, astray = 0, set()
    for act in registry().acts:
        for alias in act.aliases:
            for citation in find_in_text(alias, DAY)[:1]:
                read += 1
                if act.id not in {citation.act_id, *citation.candidates}:
                    astray.add(alias)
    assert astray == MEANS_ANOTHER
    assert read > 400
