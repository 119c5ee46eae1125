"""Audits made up for the tests: quick, without a model, with everything that a report must be able to say."""

from datetime import date

from analyzer.model import Act, Audit, Citation, Clause, Document, Finding, Line, Match, TitleBlock, Verdict

DAY = date(2026, 11, 25)
CHECKLISTS = ("pp-1678",)
NASTY = (
    "=1+1",
    "<script>alert(1)</script>",
    "а\x0bб",
    "\u202egnp.exe",
    "{=1+1}",
    "@SUM(A1)",
    "\ud800 пара",
    "\x1b[31m",
)
LINES = (
    "ПОЛОЖЕНИЕ о дистанционном обучении",
    "1. Общие положения",
    "1.1. Принято по приказу Минобрнауки России от 23.08.2017 № 816.",
    "2. Помощь ученикам",
    "2.1. Консультации ведёт учитель Кудряшова Анна Петровна по средам.",
    "2.2. Техническую помощь оказывает инженер Сомов П. И. в день обращения.",
)


def clause(
    path: str, text: str, number: str | None = None, *, heading: bool = False, section: str = ""
) -> Clause:
    whole = f"{number} {text}" if number else text
    start = "\n".join(LINES).find(whole)
    return Clause(
        path, number, text, 1, heading, 1, max(start, 0), max(start, 0) + len(whole), section=section
    )


FIRST = clause("1", "Общие положения", "1.", heading=True)
LAW = clause("1.1", LINES[2][5:], "1.1.", section=FIRST.text)
SECOND = clause("2", "Помощь ученикам", "2.", heading=True)
HELP = clause("2.1", LINES[4][5:], "2.1.", section=SECOND.text)
TECHNICAL = clause("2.2", LINES[5][5:], "2.2.", section=SECOND.text)


def document(name: str = "act.txt", form: str = "txt") -> Document:
    lines, start = [], 0
    for text in LINES:
        lines.append(Line(text, start, page=1))
        start += len(text) + 1
    return Document(name, "ab" * 32, form, tuple(lines), True, 1, text="\n".join(LINES))


def audit(*, name: str = "act.txt", form: str = "txt", nasty: str = "") -> Audit:
    """An audit with a finding and a verdict of every kind; ``nasty`` goes wherever the act's words go."""
    quote = citation_quote = "приказу Минобрнауки России от 23.08.2017 № 816"
    citation_quote += nasty
    findings = (
        Finding(
            "REF001",
            "error",
            f"ссылка на утративший силу акт {nasty}",
            "замените ссылку",
            "1.1",
            1,
            quote + nasty,
        ),
        Finding(
            "REF001", "error", "ещё одна ссылка в том же пункте", "замените ссылку", "1.1", 1, quote + nasty
        ),
        Finding(
            "REQ001",
            "error",
            "Порядок технической помощи: не найдено",
            "Помощь оказывает ___.",
            requirement="13.г",
        ),
        Finding(
            "REQ002", "warning", "нет срока", "допишите срок", "2.1", 1, HELP.text, "13.в", "Текст нормы"
        ),
        Finding("ACT001", "warning", "не найдена дата утверждения", "укажите дату"),
        Finding("TXT001", "note", "латинская буква", "замените букву", "2.2", 1, TECHNICAL.text, ocr=True),
    )
    match = Match("13.в", HELP, 0.93, 0.2, False, (), HELP.text + nasty)
    verdicts = (
        Verdict(
            "13.в",
            "pp-1678",
            "Учебная помощь",
            "partial",
            0.93,
            True,
            False,
            ("не указан срок",),
            (match,),
            "неполно",
        ),
        Verdict("13.г", "pp-1678", "Техническая помощь", "missing", 0.88),
        Verdict("13.д", "pp-1678", "Соотношение", "covered", 0.97, evidence=(match,)),
        Verdict("14.б", "pp-1678", "Прокторинг", "not_applicable", 0.8, reason="условие не выполнено"),
        Verdict("16", "pp-1678", "Программы", "contradicted", 0.9, reason=f"иностранный сервис {nasty}"),
    )
    citations = (
        Citation(
            "1.1",
            1,
            citation_quote,
            0,
            9,
            "order",
            "816",
            act_id="order-816-2017",
            status="repealed",
            resolution="exact",
        ),
        Citation(
            "2.1",
            1,
            citation_quote,
            0,
            9,
            "order",
            "816",
            act_id="order-816-2017",
            status="repealed",
            resolution="exact",
        ),
        Citation("2.2", 1, "закон края № 5", 0, 9, "law", "5", resolution="local"),
    )
    block = TitleBlock(
        f"Положение о дистанционном обучении{nasty}",
        "положение",
        f"Школа № 7{nasty}",
        date(2024, 8, 30),
        "86",
        ("педагогический совет",),
        f"Директор Лосева О. Д.{nasty}",
        "Утверждаю\nДиректор Лосева О. Д.",
    )
    act = Act(block, (FIRST, LAW, SECOND, HELP, TECHNICAL))
    return Audit(
        document(name + nasty, form), act, DAY, True, (("pp-1678", "2026.1"),), verdicts, citations, findings
    )
