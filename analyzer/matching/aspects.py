"""Aspects of a requirement that a clause holds: who, what, when, how."""

from __future__ import annotations

from analyzer.language.patterns import find_any
from analyzer.law.checklist import Checklist, Requirement


def held(requirement: Requirement, text: str) -> tuple[str, ...]:
    """Names of the aspects that a text holds."""
    return tuple(aspect.name for aspect in requirement.aspects if find_any(aspect.patterns, text))


def lacking_share(requirement: Requirement, names: tuple[str, ...]) -> float:
    """Share of the required aspects that are not among ``names``, 0 to 1."""
    required = [aspect.name for aspect in requirement.aspects if aspect.required]
    return sum(name not in names for name in required) / len(required) if required else 0.0


def lacking(checklist: Checklist, requirement_id: str, text: str) -> float:
    """Share of the required aspects that a text lacks; 0 for an id that the checklist does not have."""
    requirement = checklist.requirement(requirement_id)
    return lacking_share(requirement, held(requirement, text)) if requirement else 0.0
