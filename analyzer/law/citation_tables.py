"""The words of references as data: what ``checklists/citations.yaml`` may hold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from analyzer.law.checklist import Name, Strict

Names = Annotated[list[Name], Field(min_length=1, max_length=200)]


class TypeWords(Strict):
    """Words for a kind of act.

    Attributes:
        type: Kind as the registry names it.
        names: Dictionary forms and abbreviations.
        bare: What a number without an issuer means: always an act of the ``state``,
            or only what the ``registry`` has.
        issuer: Issuer that the words imply.
        number_suffix: What a number without letters lacks («273» is «273-ФЗ»).
    """

    type: Name
    names: Names
    bare: Literal["state", "registry"]
    issuer: Name | None = None
    number_suffix: Name | None = None


class Printed(Strict):
    """How messages print a kind of act: in the nominative, and in the instrumental («постановлением»)."""

    type: Name
    name: Name
    by: Name


class Issuer(Strict):
    """A federal body.

    Attributes:
        name: As the registry prints it.
        genitive: The same in the genitive, where it differs.
        writings: Everything it is called, old names too.
        also: Bodies that people mean by the same words.
    """

    name: Name
    genitive: Name | None = None
    writings: Names
    also: tuple[Name, ...] = ()


class TypeByIssuer(Strict):
    """``written`` by ``issuer`` is in the registry a ``type``."""

    issuer: Name
    written: Name
    type: Name


class OtherIssuerType(Strict):
    """``written`` by anybody but ``only`` is in the registry a ``type``."""

    written: Name
    only: Name
    type: Name


class Code(Strict):
    """Names of a code; an abbreviation counts only before one of ``code_tails``."""

    names: Names


class Level(Strict):
    """A level of education in the name of a standard."""

    short: Name
    writings: Names


class Standard(Strict):
    """A standard that is named by its level."""

    head: Names
    levels: Annotated[list[Level], Field(min_length=1, max_length=40)]


class Historical(Strict):
    """Phrases by which a mention is no reference to law in force."""

    after: Names
    before: Names


class PointWords(Strict):
    """Words for a part of an act, and how to print it."""

    short: Name
    words: Names


class CitationTables(Strict):
    """``checklists/citations.yaml``; every field is explained there."""

    types: Annotated[list[TypeWords], Field(min_length=1, max_length=60)]
    printed: Annotated[list[Printed], Field(min_length=1, max_length=40)]
    approved_names: Names
    type_by_issuer: list[TypeByIssuer]
    other_issuer_type: list[OtherIssuerType]
    issuers: Annotated[list[Issuer], Field(min_length=1, max_length=200)]
    federal_words: Names
    local_words: Names
    local_heads: Names
    local_number_suffixes: Names
    school_words: Names
    requisite_of: Names
    requisite_by: Names
    codes: Annotated[list[Code], Field(min_length=1, max_length=60)]
    code_tails: Names
    state_tails: Names
    sanitary_heads: Names
    gost_heads: Names
    standards: list[Standard]
    historical: Historical
    revision_words: Names
    registration_words: Names
    amending_words: Names
    note_words: Names
    definition_words: Names
    anaphora: Names
    points: Annotated[list[PointWords], Field(min_length=1, max_length=20)]
