"""HTML's markup into the stretches of text that its paragraphs hold, in reading order."""

import codecs
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from index.errors import ReadError

DEPTH_LIMIT = 200
"""Levels of nesting above which tags are merely cut out: libxml2 drops what lies deeper, and walks recurse."""


def _tags(*lines: str) -> frozenset[str]:
    return frozenset(tag for line in lines for tag in line.split())


_SKIPPED = _tags(
    "head script style noscript template svg math iframe object embed audio video canvas map select textarea",
    "datalist graphic",
)
_PARAGRAPHS = _tags(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure",
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr legend main nav ol p pre section summary table ul",
    "list quote code",
)
"""Tags that stand between empty lines; the last three are trafilatura's own."""
_LINES = _tags("br li tr lb item row option")
_CELLS = _tags("td th cell")
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_TAG = re.compile(rb"(<[^<>]*>)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph of a page and the element it stands in."""

    text: str
    element: Any


def decoded(data: bytes) -> bytes:
    """Return the page in UTF-8: by its byte order mark, its own statement, else by trial."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace").encode("utf-8", "replace")
    stated = _CHARSET.search(data[:8192])
    names = [stated.group(1).decode("ascii")] if stated else []
    for name in [*names, "utf-8", "windows-1252"]:
        try:
            # Browsers read these as windows-1252, which pages mean when they say latin-1.
            known = "windows-1252" if codecs.lookup(name).name in ("iso8859-1", "ascii") else name
            return data.decode(known).encode("utf-8")
        except (LookupError, ValueError):
            continue
    return data.decode(names[0] if names and _is_codec(names[0]) else "windows-1252", "replace").encode(
        "utf-8", "replace"
    )


def _is_codec(name: str) -> bool:
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def parsed(markup: bytes) -> Any:
    """Parse a page in UTF-8 into its `html` element; raises ReadError where there is nothing to parse."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(markup, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadError(f"not a readable HTML page ({error}); check that the file is whole") from error


def size(tree: Any) -> tuple[int, int]:
    """How many elements there are, and how deep they nest."""
    from lxml import etree

    elements = deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        deepest = max(deepest, depth)
    return elements, deepest


def head_alone(tree: Any) -> Any:
    """Make a page with the head of `tree` and no body."""
    from lxml import etree

    page = etree.Element("html", dict(tree.attrib))
    for head in tree.findall("head")[:1]:
        page.append(copy.deepcopy(head))
    etree.SubElement(page, "body")
    return page


def crude_stretches(markup: bytes) -> list[Stretch]:
    """Return what is left of a page when its tags are cut out, a paragraph a line."""
    skipping, found = b"", []
    for piece in _TAG.split(markup):
        tag = piece[:12].lower().lstrip(b"</")
        if piece[:1] == b"<":
            opened = next((name for name in (b"script", b"style", b"head") if tag.startswith(name)), b"")
            skipping = b"" if piece[1:2] == b"/" and opened == skipping else skipping or opened
        elif not skipping and (text := " ".join(unescape(piece.decode("utf-8", "replace")).split())):
            found.append(Stretch(text, None))
    return found


def stretches(tree: Any) -> Iterator[Stretch]:
    """Yield the paragraphs below `tree`, in order; of HTML, or of what trafilatura makes of it."""
    from lxml import etree

    pieces: list[str] = []
    owner = tree
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        is_start = event == "start"
        hidden = is_start and (
            (tag in _SKIPPED and element is not tree and not _is_heading(element)) or _is_hidden(element)
        )
        if hidden:
            walk.skip_subtree()
        if tag in _PARAGRAPHS:
            if text := _joined(pieces):
                yield Stretch(text, owner)
            pieces.clear()
            owner = element if is_start else element.getparent()
        elif tag in _LINES:
            pieces.append("\n" if is_start or tag not in ("br", "lb") else "")
        elif tag in _CELLS and is_start:
            pieces.append("\t")
        if is_start and not hidden and element.text:
            pieces.append(_spaced(element.text, tag))
        elif not is_start and element.tail and element is not tree:
            pieces.append(_spaced(element.tail, tag))
    if text := _joined(pieces):
        yield Stretch(text, owner)


def _is_heading(element: Any) -> bool:
    """Whether this `head` is trafilatura's for a heading, and not a page's."""
    parent = element.getparent()
    return element.tag == "head" and parent is not None and parent.tag != "html"


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or "display:none" in style.replace(" ", "").lower()


def _spaced(text: str, tag: str) -> str:
    """`text` with white space as a browser shows it; line breaks count only in preformatted text."""
    if tag in ("pre", "code"):
        return text.replace("\t", " ")
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _joined(pieces: list[str]) -> str:
    """One paragraph: lines without empty ones, cells of a row with a tab between them."""
    lines = []
    for line in "".join(pieces).split("\n"):
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        if kept := [cell for cell in cells if cell]:
            lines.append("\t".join(kept))
    return "\n".join(lines)
