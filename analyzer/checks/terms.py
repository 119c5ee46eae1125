"""TERM001: expressions of former law (order 816, the law of 1992) used as the terms of law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from analyzer.language.tokens import Token, sentence_at, tokenize
from analyzer.law.load import terms
from analyzer.law.terms import Term
from analyzer.model import Act, Clause, Finding

_QUOTED = re.compile(r"«[^«»]*(?:«[^«»]*»[^«»]*)*»|\"[^\"]*\"|“[^“”]*”|„[^„“”]*[“”]")
_TITLE_WORDS = 4  # a quotation of so many words is the title of an act; a shorter one is a term in quotes
_QUOTE = 400  # characters of a quote at most

_Phrase = tuple[str | frozenset[str], ...]  # a string is the beginning of a word, a set its dictionary forms


def check_terms(act: Act) -> list[Finding]:
    """One note a term: the clause where it stands first, and how often the act uses it."""
    read = [(clause, tokenize(clause.text)) for clause in act.clauses]
    result: list[Finding] = []
    for term in terms().terms:
        if term.beside and not any(_contains(tokens, _phrases(term.beside)) for _, tokens in read):
            continue
        found = [(clause, tokens[at]) for clause, tokens in read for at in _occurrences(term, clause, tokens)]
        if found:
            clause, first = found[0]
            result.append(_finding(term, clause, first, len(found)))
    return result


def _occurrences(term: Term, clause: Clause, tokens: Sequence[Token]) -> Iterator[int]:
    """Positions of the term's first word where it is really used as a term."""
    titles = [
        match.span() for match in _QUOTED.finditer(clause.text) if len(match.group().split()) >= _TITLE_WORDS
    ]
    phrases = _phrases(tuple(term.phrases))
    beginnings, lemmas = _first_words(phrases)
    taken = 0
    for at, token in enumerate(tokens):
        if lemmas.isdisjoint(token.lemmas) and not token.form.startswith(beginnings):
            continue  # most words of an act: it pays to see it at once
        phrase = next((phrase for phrase in phrases if _stands(phrase, tokens, at)), None)
        if phrase is None or at < taken:
            continue
        taken = end = at + len(phrase)
        if any(start <= tokens[at].start < stop for start, stop in titles):
            continue
        if _is_one_of(tokens[max(0, at - 1) : at], term.unless_before):
            continue
        if term.names_school and _in_official_name(clause.text, tokens, at, end):
            continue
        yield at


def _in_official_name(text: str, tokens: Sequence[Token], start: int, end: int) -> bool:
    name = terms().official_name
    return _leads_to(text, tokens[:start][::-1], name.before) or _leads_to(text, tokens[end:], name.after)


def _leads_to(text: str, way: Sequence[Token], signs: Sequence[str]) -> bool:
    """One of the signs is met before any word that cannot be a part of a name."""
    for token in way:
        if _is_one_of([token], signs):
            return True
        if not (text[token.start].isupper() or _is_one_of([token], terms().official_name.between)):
            return False
    return False


def _is_one_of(tokens: Sequence[Token], names: Sequence[str]) -> bool:
    return any(name in token.lemmas or name == token.form for token in tokens for name in names)


def _contains(tokens: Sequence[Token], phrases: Sequence[_Phrase]) -> bool:
    return any(_stands(phrase, tokens, at) for at in range(len(tokens)) for phrase in phrases)


def _stands(phrase: _Phrase, tokens: Sequence[Token], at: int) -> bool:
    return at + len(phrase) <= len(tokens) and all(
        token.form.startswith(word) if isinstance(word, str) else not word.isdisjoint(token.lemmas)
        for word, token in zip(phrase, tokens[at : at + len(phrase)], strict=True)
    )


@cache
def _phrases(written: tuple[str, ...]) -> tuple[_Phrase, ...]:
    """Writings as sequences of dictionary forms, the longest first."""
    return tuple(sorted(map(_phrase, written), key=len, reverse=True))


@cache
def _first_words(phrases: tuple[_Phrase, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Beginnings and dictionary forms of the words with which the phrases begin."""
    firsts = [phrase[0] for phrase in phrases]
    beginnings = tuple(first for first in firsts if isinstance(first, str))
    return beginnings, frozenset[str]().union(*(first for first in firsts if not isinstance(first, str)))


def _phrase(written: str) -> _Phrase:
    words: list[str | frozenset[str]] = []
    for piece in written.split():
        if piece.endswith("*"):
            words.append(piece[:-1])
            continue
        # «учащийся» has an entry of its own: the verb «учиться», of which it is a form too, must not match.
        words.extend(frozenset({token.form} & {*token.lemmas} or token.lemmas) for token in tokenize(piece))
    return tuple(words)


def _finding(term: Term, clause: Clause, first: Token, count: int) -> Finding:
    often = f", упоминаний в акте: {count}" if count > 1 else ""
    return Finding(
        "TERM001",
        "note",
        f"«{term.name}»{often}. {term.why}",
        f"пишите: {term.instead}",
        clause.path,
        clause.page,
        sentence_at(clause.text, first.start)[:_QUOTE],
        ocr=clause.ocr,
    )
