"""A small audit made by hand, so that tests of the page do not wait for the model."""

from datetime import date

from analyzer.law.load import checklist
from analyzer.model import Act, Audit, Citation, Clause, Document, Finding, Match, TitleBlock, Verdict

EVIL = "**жирно** ![](http://example.org/x.png) <script>alert(1)</script> $x^2$ :red[а]"
TEXT = f"1. Школа применяет ДОТ.\n2. Помощь оказывают по приказу № 816. {EVIL}"


STATUSES = ["missing", "partial", "partial", "contradicted", "covered", "not_applicable"]


def clause(path: str, text: str, start: int) -> Clause:
    return Clause(path, f"{path}.", text, 1, False, None, start, start + len(text))


def audit(document: Document, as_of: date, *, on_subject: bool = True) -> Audit:
    first = clause("1", "Школа применяет ДОТ.", 3)
    second = clause("2", f"Помощь оказывают по приказу № 816. {EVIL}", 27)
    requirements = checklist("pp-1678").requirements[: len(STATUSES)]
    verdicts = tuple(
        Verdict(
            requirement.id,
            "pp-1678",
            requirement.title,
            status,
            0.95,
            review=i == 1,
            restated=i == 2,
            missing_aspects=(requirement.aspects[0].name,) if status == "partial" else (),
            lacking=(requirement.aspects[0].missing,) if status == "partial" else (),
            evidence=() if i in {0, 5} else (Match(requirement.id, second, 0.95, 0.4, i == 2, (), EVIL),),
            reason="так решено",
        )
        for i, (requirement, status) in enumerate(zip(requirements, STATUSES, strict=True))
    )
    return Audit(
        document,
        Act(TitleBlock(EVIL, "положение", EVIL, date(2024, 8, 30), "86"), (first, second)),
        as_of,
        on_subject,
        (("pp-1678", "1"),),
        verdicts,
        (
            Citation(
                "2", None, "приказу № 816", 20, 33, "order", "816", act_id="order-816-2017", status="repealed"
            ),
            Citation("1", None, "закону № 1", 0, 3, "law", "1"),
        ),
        (
            Finding("REF001", "error", "акт отменён", "замените ссылку", "2", None, EVIL),
            Finding("REQ001", "warning", "не найдено", "допишите пункт", norm="Текст нормы"),
            Finding("ACT003", "note", "нет протокола", "укажите протокол"),
        ),
    )
