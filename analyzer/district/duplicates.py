"""Acts copied from one template: MinHash over runs of words, grouped by likeness."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from datasketch import MinHash, MinHashLSH

_HASHES = 128
_RUN = 4  # words
_ALIKE = 0.7  # share of common runs; two schools with one template and their own names lie above
_SHORTEST = 60  # runs: shorter texts are alike by chance
_WORD = re.compile(r"[^\W\d_]+")


def signature(texts: Iterable[str]) -> str:
    """A short text by which two acts can be compared; "" for one too short to tell."""
    runs: set[bytes] = set()
    for text in texts:
        words = _WORD.findall(text.casefold().replace("ё", "е"))
        runs.update(" ".join(words[at : at + _RUN]).encode() for at in range(len(words) - _RUN + 1))
    if len(runs) < _SHORTEST:
        return ""
    made = _minhash()
    made.update_batch(sorted(runs))
    return base64.b64encode(np.asarray(made.hashvalues, dtype="<u4").tobytes()).decode()


def groups(signatures: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Names of acts that are alike, each group in order, the largest first.

    Args:
        signatures: Name of the act to its signature; empty ones count for nothing.
    """
    index = MinHashLSH(threshold=_ALIKE, num_perm=_HASHES)
    made = {name: _minhash(text) for name, text in sorted(signatures.items()) if text}
    head = {name: name for name in made}

    def top(name: str) -> str:
        while head[name] != name:
            head[name] = name = head[head[name]]
        return name

    for name, one in made.items():
        for other in map(str, index.query(one)):
            if one.jaccard(made[other]) >= _ALIKE:
                first, second = sorted((top(name), top(other)))
                head[second] = first
        index.insert(name, one)
    found: dict[str, list[str]] = {}
    for name in made:
        found.setdefault(top(name), []).append(name)
    alike = [tuple(names) for names in found.values() if len(names) > 1]
    return sorted(alike, key=lambda names: (-len(names), names))


def _minhash(text: str = "") -> Any:
    values = np.frombuffer(base64.b64decode(text), dtype="<u4") if text else None
    # The scheme is named: signatures of two runs are compared, and the library's default has changed before.
    return MinHash(num_perm=_HASHES, seed=1, scheme="affine32", hashvalues=values)
