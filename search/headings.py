"""Which short paragraphs are headings, and what they head: a heading names its subject and tells nothing of it."""

import re

from index.types import StoredDocument, StoredParagraph

_WORDS = 14
"""A line of more words tells something."""
_END = re.compile(r"[.!?…。！？:;,][\"'’”»)\]]*\Z")
_MARKDOWN = re.compile(r"#{1,6}\s+\S")
_TELLS = re.compile(r"\A(?:[-–—•*·+]|\d{1,3}[.)])\s|[“”„«»\"|\t]|:\s*\S|\S {2,}\S")
"""An item's sign, a quotation, a field with its value or the border of a cell."""
_BYLINE = re.compile(r"by [^.!?]*\Z", re.IGNORECASE)
_RUN = 2
"""More lines without an end in a row are a list."""


def is_heading_line(line: str) -> bool:
    """Whether a line has the shape of a heading; an item of a list may have it, too."""
    if _MARKDOWN.match(line):
        return "\n" not in line.strip()
    is_short = "\n" not in line.strip() and len(line.split()) <= _WORDS
    return is_short and not _END.search(line.strip()[-8:]) and not _TELLS.search(line)


def is_title(paragraph: StoredParagraph) -> bool:
    """Whether a paragraph is its document's title, or that and a byline."""
    first, _, rest = paragraph.text.partition("\n")
    is_named = first.strip("# \t") == paragraph.document.title
    return is_named and all(is_heading_line(line) or _BYLINE.match(line) is not None for line in rest.split("\n"))


def in_body(document: StoredDocument, paragraph: StoredParagraph) -> tuple[list[StoredParagraph], int]:
    """The document's paragraphs of text, and which of them one is; behind the last where it is none of them."""
    body = [one for one in document.paragraphs if one.kind == "body"]
    return body, next((at for at, one in enumerate(body) if one.start == paragraph.start), len(body))


def headed(document: StoredDocument, paragraph: StoredParagraph) -> StoredParagraph | None:
    """What a paragraph with the shape of a heading heads: the next one that is text, or None if it is no heading.

    It is one if it stands alone or second above text and no list ends there, or if it is a chapter's title.
    """
    body, at = in_body(document, paragraph)
    first = last = at
    while first > 0 and at - first <= _RUN and is_heading_line(body[first - 1].text):
        first -= 1
    while last < len(body) and last - at <= _RUN and is_heading_line(body[last].text):
        last += 1
    if last >= len(body):
        return None
    is_named = at == 0 or paragraph.text == paragraph.page or _MARKDOWN.match(paragraph.text) is not None
    first += first == 0 and at > 0
    is_list = last - first > _RUN or (first > 0 and _lists(body[first - 1].text))
    return body[last] if is_named or not is_list else None


def _lists(text: str) -> bool:
    """Whether a paragraph opens a list, or is the first part of one that has no signs at its items."""
    lines = text.strip().split("\n")
    return lines[-1].rstrip().endswith(":") or (len(lines) > 1 and all(map(is_heading_line, lines)))
