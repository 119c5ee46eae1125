"""Auditor of Russian schools' local normative acts: read, outline, audit, report."""

__version__ = "0.1.0"
