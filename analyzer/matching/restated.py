"""Does a clause only repeat the norms? Nearly all its words are theirs, and nothing is the school's own."""

from __future__ import annotations

from functools import lru_cache

from analyzer.language.patterns import Text, prepare
from analyzer.law.load import words
from analyzer.matching.features import STOP

# Words that any act may add to the norm without deciding anything.
# Quoted one by one they would take seventy lines.
_NEUTRAL = frozenset(
    "школа организация образовательный образование обучение электронный дистанционный технология "  # noqa: SIM905
    "применение эо дот обучающийся учащийся ученик самостоятельно определять обеспечивать осуществлять "
    "устанавливать установить реализация программа учреждение мбоу мкоу гбоу маоу лицей гимназия общество "
    "настоящий положение порядок правило соответствие требование законодательство российский федерация "
    "локальный нормативный акт рф целях цель случай необходимость при помощь также иной данный свой год г "
    "в том число согласно вести проводить должный мочь являться весь педагогический работник родитель "
    "законный представитель участник отношение".split()
)
_COVERAGE = 0.80  # chosen on the corpus: records marked «restated» against the schools' own wording
_OWN = frozenset({"срок", "дата", "время", "сервис", "адрес"})
_SHORTEST = 3


@lru_cache(maxsize=256)
def _norm_lemmas(norm: str) -> frozenset[str]:
    return frozenset(lemma for token in prepare(norm).tokens for lemma in token.lemmas)


@lru_cache(maxsize=1)
def _own_words() -> frozenset[str]:
    return frozenset(words().own) | frozenset(words().persons)


def coverage(text: str, norm: str) -> float:
    """Share of the clause's meaningful words that the norm has too or that decide nothing, 0 to 1.

    0 for a clause with fewer than three meaningful words of the norm's.
    """
    known = _norm_lemmas(norm)
    content = [token for token in prepare(text).tokens if token.is_word and token.lemma not in STOP]
    shared = [token for token in content if not known.isdisjoint(token.lemmas)]
    if sum(token.lemma not in _NEUTRAL for token in shared) < _SHORTEST:
        return 0.0
    return sum(token.lemma in _NEUTRAL or not known.isdisjoint(token.lemmas) for token in content) / len(
        content
    )


def is_restated(text: str, norm: str) -> bool:
    """True when the clause repeats the norms and names no service, term, person, place or step of its own."""
    if coverage(text, norm) < _COVERAGE:
        return False
    norm_words, own = _norm_lemmas(norm), _own_words()
    prepared = prepare(text)
    if _denies(prepared):
        return False
    for token, names in zip(prepared.tokens, prepared.classes, strict=True):
        if not _OWN.isdisjoint(names) and norm_words.isdisjoint(token.lemmas):
            return False
        if token.lemma in own and token.lemma not in norm_words:
            return False
    return True


def _denies(text: Text) -> bool:
    """«Прокторинг не применяется», «таких программ нет»: a plain no is a decision."""
    verbs = words().denied
    for token, following in zip(text.tokens, [*text.tokens[1:], None], strict=True):
        if token.lemma in {"отсутствовать", "нет"}:
            return True
        if token.form == "не" and following is not None and not verbs.isdisjoint(following.lemmas):
            return True
    return False
