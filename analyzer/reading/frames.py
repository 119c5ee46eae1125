"""What ``sandbox`` and its workers say to each other: a letter, a length, that many bytes.

Answers are JSON, checked against the model, plain pixels or a PDF, and never a pickle: a worker has read a
document of unknown origin, and who asks trusts nothing that comes from there.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import IO, TYPE_CHECKING

from analyzer.model import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter

REQUEST, DATA, PROGRESS, ANSWER, ERROR = b"Q", b"B", b"P", b"A", b"E"
_HEAD = struct.Struct(">cI")


def write_frame(stream: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Writes one frame.

    Args:
        stream: Where to.
        kind: The letter of the frame.
        payload: What it carries.

    Raises:
        OSError: Nobody reads at the other end.
    """
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes], largest: int) -> tuple[bytes, bytes] | None:
    """Reads one frame; None at the end of the stream, or when it is cut short or larger than it may be.

    Args:
        stream: Where from.
        largest: The most bytes that it may carry.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    payload = stream.read(length) if length <= largest else b""
    return (kind, payload) if len(payload) == length else None


def dump(document: Document) -> bytes:
    """A document as JSON."""
    return _document().dump_json(document)


def load(payload: bytes) -> Document:
    """The document in JSON; ValueError when it is none."""
    return _document().validate_json(payload)


@cache
def _document() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter  # late: who only starts a worker does not need it

    return TypeAdapter(Document)
