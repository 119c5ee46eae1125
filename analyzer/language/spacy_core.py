"""spaCy without its command line.

``import spacy`` starts with ``spacy.cli``, which brings HTTP clients and a project manager: 0.4 s of the 1 s
that the import takes (measured, 2 cores), in a program that has no use for a network. Empty modules stand in
its place while spaCy loads, and go again: who imports ``spacy.cli`` later gets the real one.
"""

from __future__ import annotations

import sys
from types import ModuleType

_SKIPPED = ("spacy.cli", "spacy.cli.info")


def _import_lean() -> None:
    for name in _SKIPPED:
        module = ModuleType(name)
        module.__dict__.update(__path__=[], info=None)
        sys.modules[name] = module
    try:
        import spacy  # noqa: F401
    except ImportError:
        # A spaCy that wants more of its command line gets it: slower, but it works.
        for name in [name for name in sys.modules if name.partition(".")[0] == "spacy"]:
            del sys.modules[name]
    finally:
        for name in _SKIPPED:
            sys.modules.pop(name, None)


if "spacy" not in sys.modules:
    _import_lean()

from spacy import blank  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.matcher import PhraseMatcher  # noqa: E402

__all__ = ["Language", "PhraseMatcher", "blank"]
