"""Two runs side by side: what was mended, what is new, what stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analyzer.district.model import Cell, School, SchoolStatus

Change = Literal["mended", "worse", "same", "new", "gone"]
_GOOD = frozenset({"covered", "not_applicable"})


@dataclass(frozen=True, slots=True)
class Compared:
    """A requirement of a school in two runs.

    Attributes:
        municipality: Its municipality.
        school: The school.
        requirement: Key of the requirement.
        before: Status in the earlier run; None when the school or the requirement was not there.
        after: Status now; None when it is gone.
        change: mended, worse, same (still not in order), new or gone.
    """

    municipality: str
    school: str
    requirement: str
    before: SchoolStatus | None
    after: SchoolStatus | None
    change: Change


def compare(before: Sequence[School], after: Sequence[School]) -> list[Compared]:
    """Every requirement of every school that is or was not in order."""
    old = {(school.municipality, school.name): school for school in before}
    new = {(school.municipality, school.name): school for school in after}
    result = []
    for key in sorted(old.keys() | new.keys()):
        left, right = _cells(old.get(key)), _cells(new.get(key))
        for requirement in [*right, *(name for name in left if name not in right)]:
            was, now = left.get(requirement), right.get(requirement)
            change = _change(was.status if was else None, now.status if now else None)
            if change is not None:
                result.append(
                    Compared(
                        *key, requirement, was.status if was else None, now.status if now else None, change
                    )
                )
    return result


def _cells(school: School | None) -> Mapping[str, Cell]:
    return school.cells if school is not None else {}


def _change(before: SchoolStatus | None, after: SchoolStatus | None) -> Change | None:
    if before is None:
        return None if after in _GOOD else "new"
    if after is None:
        return None if before in _GOOD else "gone"
    if before in _GOOD:
        return None if after in _GOOD else "worse"
    return "mended" if after in _GOOD else "same"
