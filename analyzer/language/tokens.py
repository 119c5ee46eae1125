"""Text → tokens with lemmas: spaCy cuts, pymorphy3 tells the dictionary forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from analyzer.language.spacy_core import Language, blank
from analyzer.morphology import lemmas


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


@lru_cache(maxsize=1)
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


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text; items of a list after a semicolon count as sentences."""
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
    return spans or [(0, len(text))]
