"""References of an act to acts of the state: found, resolved, with their status on a day."""

from analyzer.citations.find import find_citations, find_in_text

__all__ = ["find_citations", "find_in_text"]
