"""A reference as the grammar reads it, before the registry is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Form = Literal["act", "code", "standard", "sanitary", "gost", "approved", "anaphora"]


@dataclass(slots=True)
class Reference:
    """Elements found side by side. Filled step by step by the parser, then only read.

    Attributes:
        start: Offset of the first word in the folded text.
        end: Offset behind the last word that belongs to the quote.
        form: How the act is named.
        kind: Kind as written, a type of the registry.
        bare: What a number without an issuer means (``state`` or ``registry``).
        number: As written, noise of recognition mended.
        date: As written.
        year: Year, when only that is written.
        issuers: Bodies as the registry names them, or one unknown body as written.
        title: Title or usual name, without quotation marks.
        titled: Offsets of the title in the folded text; both 0 without one.
        local: Regional or municipal.
        school: Of the school itself.
        plural: The head is plural: more references may share it.
        historical: Named as no longer in force.
        points: Parts of the act named with it.
        doubtful: A bare number that may count something else: only a registered act is meant.
        tail: «РФ» stands behind the kind.
        reach: Offset behind everything that was read, titles and notes too.
    """

    start: int
    end: int
    form: Form
    kind: str
    bare: str = "state"
    number: str | None = None
    date: date | None = None
    year: int | None = None
    issuers: tuple[str, ...] = ()
    title: str | None = None
    titled: tuple[int, int] = (0, 0)
    local: bool = False
    school: bool = False
    plural: bool = False
    historical: bool = False
    points: tuple[str, ...] = ()
    doubtful: bool = False
    tail: bool = False
    reach: int = 0

    @property
    def told(self) -> bool:
        """The act can be told: by number, by date, or by name."""
        return bool(self.number or self.date or self.title or self.form in {"code", "standard", "anaphora"})
