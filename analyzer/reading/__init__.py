"""Bytes → Document: one file a format, one interface, the format told by content and never by extension."""

from analyzer.reading.files import read, read_file

__all__ = ["read", "read_file"]
