"""Found, there in all, found wrongly: the counts from which every figure of quality is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

Count = Annotated[int, Field(ge=0)]  # checked where figures are read from a file


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one requirement, or of all.

    Attributes:
        id: Requirement; "" for the sum.
        found: Clauses that cover it and were found.
        total: Clauses that cover it.
        false: Clauses on which it was found wrongly.
    """

    id: str
    found: Count
    total: Count
    false: Count

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.found / max(1, self.found + self.false)

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.found / max(1, self.total)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.found / max(1, self.total + self.found + self.false)
