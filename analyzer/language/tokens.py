"""Text → tokens with lemmas: spaCy cuts, pymorphy3 tells the dictionary forms."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from analyzer.language.spacy_core import Language, blank
from analyzer.morphology import lemmas
from analyzer.once import once


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign.

    Attributes:
        form: Lower case, ё as е.
        lemmas: Dictionary forms, best first; for what is no word, the form itself.
        start: Offset in the text.
        end: Offset behind it.
    """

    form: str
    lemmas: tuple[str, ...]
    start: int
    end: int

    @property
    def lemma(self) -> str:
        """The likeliest dictionary form."""
        return self.lemmas[0]

    @property
    def is_word(self) -> bool:
        """True for words; False for numbers and punctuation."""
        return self.form[0].isalpha()


@once
def pipeline() -> Language:
    """Blank Russian pipeline of spaCy with rule-based sentences: nothing to download."""
    nlp = blank("ru")
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", ";"]})
    nlp.max_length = 6_000_000
    return nlp


def tokenize(text: str) -> tuple[Token, ...]:
    """Tokens of a text, white space left out. Offsets point into ``text``."""
    tokens: list[Token] = []
    for token in pipeline().tokenizer(text):
        raw = token.text
        form = raw.lower().replace("ё", "е")
        if not form.strip():
            continue
        known = lemmas(form) if form[0].isalpha() else (form,)
        tokens.append(Token(form, known or (form,), token.idx, token.idx + len(raw)))
    return tuple(tokens)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text; items of a list after a semicolon count as sentences.

    Cached, since a check asks again for every service or term that a clause names.
    """
    spans: list[tuple[int, int]] = []
    for sentence in pipeline()(text).sents:
        start, end = sentence.start_char, sentence.end_char
        # «п. 5», «г. Москва», «ст. 16»: an abbreviation does not end a sentence.
        if (
            spans
            and (end - start < 25 or not text[start : start + 1].isupper())
            and text[spans[-1][1] - 1] == "."
        ):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return tuple(spans) or ((0, len(text)),)


def sentence_at(text: str, offset: int) -> str:
    """The sentence in which an offset lies; the whole text when it lies in none."""
    spans = sentences(text)
    start, end = spans[max(0, bisect_right(spans, offset, key=lambda span: span[0]) - 1)]
    return text[start:end] if start <= offset < end else text
