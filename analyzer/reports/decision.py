"""What a person decided about a verdict or a finding: nouns shared by the page, the reports and a journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analyzer.model import Status
from analyzer.reports.words import STATUS, short_date

Choice = Literal["confirmed", "rejected", ""]
CHOICE: dict[Choice, str] = {"confirmed": "подтверждено", "rejected": "отклонено"}
HEAD = "Решение инспектора"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about one statement of the program.

    Attributes:
        key: The statement: fingerprint of a finding, or ``checklist/requirement`` of a verdict.
        choice: Confirmed, rejected, or "" for a comment alone.
        comment: Words of the person.
        about: Status that the verdict had when it was decided on; "" for findings.
        status: What the verdict should be, when it was rejected and the person said so.
        clause: Path of the clause that speaks of the requirement, when the person named it.
        start: Offset of that clause in the document's text.
        made_at: When, ISO 8601 in UTC.
        author: Who, as they signed in; "" without sign-in.
    """

    key: str
    choice: Choice = ""
    comment: str = ""
    about: Status | Literal[""] = ""
    status: Status | Literal[""] = ""
    clause: str = ""
    start: int | None = None
    made_at: str = ""
    author: str = ""

    @property
    def signed(self) -> str:
        """«anna@example.org, 25.11.2026», whichever of the two is known."""
        day = short_date(datetime.fromisoformat(self.made_at).astimezone()) if self.made_at else ""
        return ", ".join(filter(None, (self.author, day)))

    @property
    def is_empty(self) -> bool:
        """Nothing was decided and nothing said: an earlier decision is taken back."""
        return not self.choice and not self.comment

    def words(self, status: str = "") -> str:
        """The decision as a report prints it.

        Args:
            status: Status that the verdict has now: a decision about another one says so.
        """
        earlier = f"о прежнем итоге «{STATUS[self.about]}»" if self.about and self.about != status else ""
        should = f"должно быть «{STATUS[self.status]}»" if self.status else ""
        place = f"п. {self.clause}" if self.clause else ""
        head = " ".join(filter(None, (CHOICE.get(self.choice, ""), earlier)))
        said = "; ".join(filter(None, (head, ", ".join(filter(None, (should, place))), self.comment)))
        return f"{said} ({self.signed})" if said and self.signed else said


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions in the order of an audit's own statements; both empty when nothing was decided.

    Attributes:
        findings: One a finding, None where there is no decision.
        verdicts: One a verdict.
    """

    findings: tuple[Decision | None, ...] = ()
    verdicts: tuple[Decision | None, ...] = ()


UNDECIDED = Decided()
