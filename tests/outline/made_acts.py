"""Documents made for the tests of the outline: from lines of text, as paragraphs or as lines of print."""

from analyzer.model import Act, Box, Document, Line
from analyzer.outline import outline


def document(lines: list[Line], *, whole: bool = True) -> Document:
    """A document of those lines, with offsets set."""
    placed, start = [], 0
    for line in lines:
        values = {name: getattr(line, name) for name in Line.__slots__ if name != "start"}
        placed.append(Line(start=start, **values))
        start += len(line.text) + 1
    text = "\n".join(line.text for line in placed)
    return Document("act", "0" * 64, "docx" if whole else "pdf", tuple(placed), whole, text=text)


def paragraphs_of(text: str) -> list[Line]:
    """A line of the text is a paragraph; «*» before it makes it bold, «^» centred, «|» a table row."""
    result = []
    for raw in text.strip("\n").splitlines():
        bold, centered, row = raw.startswith("*"), raw.startswith("^"), raw.startswith("|")
        cells = tuple(cell.strip() for cell in raw.strip("| ").split("|")) if row else ()
        body = " | ".join(cell for cell in cells if cell) if row else raw.lstrip("*^").strip()
        result.append(Line(body, 0, bold=bold, centered=centered, kind="row" if row else "text", cells=cells, table=int(row)))
    return result


def act(text: str) -> Act:
    """The act of a text whose lines are paragraphs."""
    return outline(document(paragraphs_of(text)))


def printed(text: str, *, left: float = 60.0, indent: float = 0.0, pitch: float = 14.0) -> Document:
    """Lines of print, six points a character; an empty line is a wider gap; «>» indents."""
    lines, y = [], 60.0
    for raw in text.strip("\n").splitlines():
        y += pitch
        if not raw.strip():
            continue
        x = left + (20.0 if raw.startswith(">") else indent)
        body = raw.lstrip("> ").strip()
        lines.append(Line(body, 0, page=1, box=Box(x, y, x + 6.0 * len(body), y + 12.0), size=12.0))
    return document(lines, whole=False)


def tree(result: Act) -> list[tuple[str, str | None, str]]:
    """Path, number and text of every clause."""
    return [(clause.path, clause.number, clause.text) for clause in result.clauses]
