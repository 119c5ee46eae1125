"""The registry of normative acts: what is in force, what ended, what to cite instead."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from analyzer.law.checklist import Confidence, Name, Strict, Text
from analyzer.model import CitationStatus

ActType = Literal[
    "code",
    "decree",
    "federal_law",
    "government_order",
    "government_resolution",
    "law",
    "letter",
    "order",
    "recommendations",
    "sanitary_rules",
]

_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")


class RegisteredAct(Strict):
    """An act of the state.

    Attributes:
        id: Permanent name inside the program (``pp-1678-2023``).
        type: Kind of act.
        issuer: Who issued it, as printed.
        date: Day of signing.
        number: Number as printed.
        title: Official title.
        status: As known on the registry's ``as_of``.
        effective_from: First day in force; None when not known.
        repealed_on: First day on which it is not in force; None when not known.
        repealed_by: Id of the act whose clause ends it.
        replaced_by: Id of the act to cite instead today.
        aliases: Other ways to name it.
        topic: Subject in a few words.
        sources: Where the entry was taken from.
        confidence: Of a repealed entry: how sure the repeal is.
        outdated: Formally alive or unknown, but written for law that no longer stands: warn softly.
        preferred: What school acts mean by the number alone, when several acts bear it.
        note: What else is known, in Russian.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.\-]{1,60}$")]
    type: ActType
    issuer: Name
    date: dt.date
    number: Name
    title: Text
    status: Literal["in_force", "repealed"]
    effective_from: dt.date | None = None
    repealed_on: dt.date | None = None
    repealed_by: str | None = None
    replaced_by: str | None = None
    aliases: tuple[Name, ...] = ()
    topic: Name
    sources: tuple[Name, ...] = ()
    confidence: Confidence
    outdated: bool = False
    preferred: bool = False
    note: str = ""

    @property
    def superseded(self) -> bool:
        """Replaced in substance, formal repeal not verified: warn, never call it an error."""
        return self.status == "in_force" and self.replaced_by is not None

    @model_validator(mode="after")
    def _days_agree(self) -> RegisteredAct:
        if self.status == "in_force" and (self.repealed_on or self.repealed_by):
            raise ValueError("действующий акт не может иметь repealed_on или repealed_by")
        if self.effective_from and self.effective_from < self.date:
            raise ValueError("effective_from раньше даты акта")
        if self.repealed_on and self.repealed_on <= (self.effective_from or self.date):
            raise ValueError("repealed_on не позже начала действия акта")
        return self


def fold_number(number: str) -> str:
    """The number in the form in which two spellings of it are equal.

    Case, spaces, the sign №, kinds of dashes and Latin look-alike letters do not tell acts apart.
    """
    folded = re.sub(r"[\s№]", "", number.casefold()).replace("ё", "е")
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", folded).translate(_LOOK_ALIKE)
    return re.sub(r"^n(?=\d)", "", folded)


class Registry(BaseModel):
    """All registered acts, with lookups.

    Attributes:
        as_of: Day on which the entries were last compared with the sources.
        acts: The entries, in the order of the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    as_of: dt.date
    acts: Annotated[list[RegisteredAct], Field(min_length=1, max_length=5000)]

    @cached_property
    def _by_id(self) -> dict[str, RegisteredAct]:
        return {act.id: act for act in self.acts}

    @cached_property
    def _by_number(self) -> dict[str, tuple[RegisteredAct, ...]]:
        groups: dict[str, list[RegisteredAct]] = defaultdict(list)
        for act in self.acts:
            groups[fold_number(act.number)].append(act)
        return {number: tuple(acts) for number, acts in groups.items()}

    def get(self, act_id: str) -> RegisteredAct | None:
        """The act with that id, None if there is none."""
        return self._by_id.get(act_id)

    def by_number(self, number: str) -> tuple[RegisteredAct, ...]:
        """Every act with that number, however it is spelled; the same number is not the same act."""
        return self._by_number.get(fold_number(number), ())

    def chain(self, act: RegisteredAct) -> tuple[RegisteredAct, ...]:
        """Acts that came after ``act``, next first, down to the one that stands."""
        found: list[RegisteredAct] = []
        following = act.repealed_by or act.replaced_by
        while following is not None:
            link = self._by_id[following]
            found.append(link)
            following = link.repealed_by or link.replaced_by
        return tuple(found)

    def successor(self, act: RegisteredAct) -> RegisteredAct | None:
        """The act to cite instead of ``act`` today, None when it stands or nothing took its place."""
        if act.replaced_by is not None:
            return self._by_id[act.replaced_by]
        chain = self.chain(act)
        return chain[-1] if chain and chain[-1].status == "in_force" else None

    def status_on(self, act: RegisteredAct, day: dt.date) -> CitationStatus:
        """Status of ``act`` on ``day``.

        Where the day of the repeal is not known, it lies between the date of the act that ends this one
        and the day on which the registry was compared: in between nobody can tell.
        """
        if day < (act.effective_from or act.date):
            return "not_yet_in_force"
        if act.status == "in_force":
            return "in_force"
        if act.repealed_on is not None:
            return "repealed" if day >= act.repealed_on else "in_force"
        if day >= self.as_of:
            return "repealed"
        ending = act.repealed_by or act.replaced_by
        if ending is not None and day < self._by_id[ending].date:
            return "in_force"
        return "unknown"

    @model_validator(mode="after")
    def _links_hold(self) -> Registry:
        known: dict[str, RegisteredAct] = {}
        for act in self.acts:
            if act.id in known:
                raise ValueError(f"акт {act.id} записан дважды")
            known[act.id] = act
        for act in self.acts:
            for name, link in (("repealed_by", act.repealed_by), ("replaced_by", act.replaced_by)):
                if link is not None and link not in known:
                    raise ValueError(f"акт {act.id}: {name} ссылается на {link}, такого акта в реестре нет")
        for act in self.acts:
            _refuse_cycle(act, known)
        self._one_preferred()
        return self

    def _one_preferred(self) -> None:
        taken: dict[tuple[str, str], str] = {}
        for act in self.acts:
            if act.preferred:
                first = taken.setdefault((fold_number(act.number), act.issuer), act.id)
                if first != act.id:
                    raise ValueError(f"номер {act.number} помечен preferred дважды: {first} и {act.id}")


def _refuse_cycle(act: RegisteredAct, known: dict[str, RegisteredAct]) -> None:
    """Raise when following the successors of ``act`` leads back to it."""
    waiting, seen = [act], set[str]()
    while waiting:
        current = waiting.pop()
        for link in (current.repealed_by, current.replaced_by):
            if link == act.id:
                raise ValueError(f"акт {act.id} через repealed_by и replaced_by заменяет сам себя")
            if link is not None and link not in seen:
                seen.add(link)
                waiting.append(known[link])
