"""Document → Act: paragraphs, numbers, the title block and the clause tree."""

from analyzer.outline.tree import outline

__all__ = ["outline"]
