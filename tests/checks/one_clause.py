"""Acts made for the tests of the checks."""

from analyzer.model import Act, Clause, TitleBlock


def clause(text: str, path: str = "1.1", number: str | None = "same", **fields) -> Clause:
    """A clause; its number is its path with a dot unless told otherwise."""
    printed = f"{path}." if number == "same" else number
    return Clause(path, printed, text, path.count(".") + 1, fields.pop("heading", False), 1, 0, len(text), **fields)


def act(*clauses: Clause | str, **block) -> Act:
    """An act of those clauses; bare texts become 1.1, 1.2 …"""
    made = [clause(item, f"1.{index}") if isinstance(item, str) else item for index, item in enumerate(clauses, 1)]
    return Act(TitleBlock(**block), tuple(made))


def rules(findings) -> list[tuple[str, str | None]]:
    """Rule and clause of every finding."""
    return [(finding.rule, finding.clause) for finding in findings]
