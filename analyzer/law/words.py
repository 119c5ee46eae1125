"""Lists of words that belong to the subject, not to the code."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from analyzer.law.checklist import Name, Strict

WordList = Annotated[list[Name], Field(min_length=1, max_length=400)]


class Words(Strict):
    """``checklists/words.yaml``.

    Attributes:
        persons: Dictionary forms of posts and roles by which a clause names who acts (class ``<лицо>``).
        denied: Dictionary forms of verbs that, behind «не», decide something («не применяется»).
        ownership: Abbreviated form of ownership of a school → the full one («МБОУ»).
        own: Dictionary forms that show a decision of the school's own: steps, means, places.
    """

    persons: WordList
    own: WordList
    denied: frozenset[Name]
    ownership: dict[str, Name]
