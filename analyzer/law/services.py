"""Messengers, services and platforms, and the rules of law about them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from analyzer.law.checklist import Confidence, Name, Strict, Text

Kind = Literal[
    "messenger",
    "video_meeting",
    "lms",
    "storage",
    "forms",
    "mail",
    "social_network",
    "video_hosting",
    "state_system",
    "content",
    "diary",
    "proctoring",
    "tool",
]


class Spelling(Strict):
    """One way to write a service's name; in YAML a plain string when nothing else is to be said.

    Case never matters unless ``capital`` says so. A Cyrillic spelling may be followed by a case ending.

    Attributes:
        text: The name as written.
        capital: Counts only with a capital first letter: the lower-case word means something else.
        context: Counts only where one of these beginnings of words stands in the same clause.
    """

    text: Name
    capital: bool = False
    context: tuple[Name, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Service(Strict):
    """A service that a local act may name.

    Attributes:
        id: Permanent name inside the program.
        name: Name for people.
        spellings: How acts write it.
        kind: What it is for.
        origin: Russian or foreign.
        listed: Named by Roskomnadzor in 2023 among the foreign messengers.
        state: A state information system or the state's own resource.
        verdict: ``error`` forbidden at school work, ``warning`` foreign or doubtful, ``ok`` Russian or state.
        note: What a school should know, in Russian.
        sources: Where it is known from; empty when from general knowledge.
        blocked_on: Day since when it is not reachable in Russia, where known.
        confidence: How sure the entry is.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]{1,40}$")]
    name: Name
    spellings: Annotated[list[Spelling], Field(min_length=1, max_length=40)]
    kind: Kind
    origin: Literal["ru", "foreign"]
    listed: bool = False
    state: bool = False
    verdict: Literal["error", "warning", "ok"]
    note: Text
    sources: tuple[Name, ...] = ()
    blocked_on: date | None = None
    confidence: Confidence

    @model_validator(mode="after")
    def _verdict_fits(self) -> Service:
        if self.origin == "ru" and self.verdict == "error":
            raise ValueError("российский сервис не может иметь verdict: error")
        if self.listed and self.verdict != "error":
            raise ValueError("сервис из перечня Роскомнадзора должен иметь verdict: error")
        return self


class LawRule(Strict):
    """A rule of law about services, with the day from which it binds.

    Attributes:
        since: First day (``from`` in YAML).
        act: The act as printed.
        act_id: Its entry in the registry, when it has one.
        text: What it says for a school, in Russian.
        source: Where it is known from.
        confidence: How sure the date and the wording are.
    """

    since: Annotated[date, Field(alias="from")]
    act: Name
    act_id: str | None = None
    text: Text
    source: Text
    confidence: Confidence


class Move(Strict):
    """A service that has left a platform: an act that still ties them together is out of date.

    Attributes:
        service: Id of the service that moved.
        old: Id of the platform that it left.
        new: Id of its new platform.
        since: First day on which the old tie misleads.
        message: What to say, in Russian.
        fix: What to do about it.
        source: Where it is known from.
    """

    service: Name
    old: Name
    new: Name
    since: date
    message: Text
    fix: Text
    source: Text


class Services(Strict):
    """The whole file.

    Attributes:
        as_of: Day of the newest source.
        law: Rules of law, in order of time.
        services: Services.
        moves: Services that have left a platform.
    """

    as_of: date
    law: Annotated[list[LawRule], Field(max_length=200)]
    services: Annotated[list[Service], Field(min_length=1, max_length=1000)]
    moves: Annotated[list[Move], Field(max_length=100, default_factory=list)]

    @model_validator(mode="after")
    def _names_once(self) -> Services:
        ids: set[str] = set()
        owner: dict[str, str] = {}
        for service in self.services:
            if service.id in ids:
                raise ValueError(f"сервис {service.id} записан дважды")
            ids.add(service.id)
            for spelling in service.spellings:
                other = owner.setdefault(spelling.text.casefold(), service.id)
                if other != service.id:
                    raise ValueError(f"написание «{spelling.text}» есть и у {other}, и у {service.id}")
        return self

    def get(self, service_id: str) -> Service | None:
        """The service with that id, None if there is none."""
        return next((service for service in self.services if service.id == service_id), None)

    def law_on(self, day: date) -> tuple[LawRule, ...]:
        """Rules that bind on ``day``."""
        return tuple(rule for rule in self.law if rule.since <= day)
