"""What around an article is not the article: share buttons, related links, comment forms, tag lines.

A block is marked on evidence that article text does not give: its whole wording is only ever that of a button or a
form, or it is that of a page's label and stands in the company of such; it says again what was just said; it has the
shape of a headline and stands below what announces links, or behind the page's end. A subheading that a page's
labels share ("Recommended", "Advertisement" in a report on advertising) and the lines below it are the article's.
When unsure, a block is body.
"""

import re
from collections.abc import Iterator

from index.furniture_units import EDGES, SAYING_LIMIT, Unit, split
from index.furniture_words import ADVERTISING, ANNOUNCING, BUTTONS, CLOSING, INSETS, LINK_LISTS, ON_ADVERTISING
from index.types import Block, Document, Span

FURNITURE_VERSION: int = 4
_DEFINITION_WORDS = 25
_LONE_BUTTONS = BUTTONS - CLOSING - ANNOUNCING
_TOP = 4
"""A page says its headline again within so many blocks; later, a first line that comes back is a refrain."""
_CREDIT = re.compile(
    r"\((?:[^()]{0,80}/[^()]{1,80}|[^()]{0,80}\b(?:via|photo|getty|reuters|afp|ap|epa|dpa)\b[^()]{0,80})\)",
    re.IGNORECASE,
)
_TELLS = re.compile(r"[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3} [a-z]{2,}s (?!(?:of|in|on|at|for|with|and|to|by)\b)\w")
"""How headlines tell: a name, and a verb in the present with its object behind it ("Vellmar closes pier")."""


def blocks(document: Document) -> list[Block]:
    """Split `document.text` at empty lines, and tell the article from what is around it.

    Blocks are in order and disjoint, have no white space at their ends, and together hold every character that is
    not white space. Lines that are paragraphs of their own become a block each.
    """
    units = list(split(document))
    sure = _sure(units)
    marked = [unit.marked or is_sure or unit.wording == "signs" for unit, is_sure in zip(units, sure, strict=True)]
    _mark_repeats(units, marked, document.title)
    _mark_labels(units, sure, marked)
    _mark_tail(units, sure, marked)
    _mark_links(units, sure, marked)
    return [
        Block(unit.start, unit.end, "furniture" if mark else "body") for unit, mark in zip(units, marked, strict=True)
    ]


def _sure(units: list[Unit]) -> list[bool]:
    """Which units are certainly a page's: not those that are one entry among others, or the article's subject."""
    on_advertising = any(unit.wording == "none" and ON_ADVERTISING.search(unit.text) for unit in units)
    return [
        unit.wording == "sure"
        and not (on_advertising and unit.saying in ADVERTISING)
        and not (unit.saying in _LONE_BUTTONS and unit.is_entry and _is_among_entries(units, index))
        for index, unit in enumerate(units)
    ]


def _is_among_entries(units: list[Unit], index: int) -> bool:
    """Whether a unit is an item of a list, or an entry of a glossary: words, a short text, other words, their text."""

    def is_entry(at: int) -> bool:
        return 0 <= at < len(units) and units[at].wording == "none" and units[at].is_entry

    def is_text(at: int) -> bool:
        return at < len(units) and units[at].wording == "none" and not units[at].is_entry

    def heads(at: int) -> bool:
        if not 2 < at < len(units) or units[at].saying == units[index].saying or not units[at].is_entry:
            return False
        return len(units[at].lines) > 1 or is_text(at + 1)

    if is_entry(index - 1) and (is_entry(index + 1) or index + 1 == len(units)):
        return True
    is_defined = is_text(index + 1) and len(units[index + 1].text.split()) <= _DEFINITION_WORDS
    return is_defined and (heads(index + 2) or heads(index - 2))


def _mark_repeats(units: list[Unit], marked: list[bool], title: str | None) -> None:
    """What says again what was just said: the headline below itself, a caption and its credit."""
    headline = title.strip(EDGES).casefold() if title else None
    seen: dict[str, int] = {}
    is_top = True
    for index, unit in enumerate(units):
        if len(unit.text) > 4 * SAYING_LIMIT:
            continue
        earlier = seen.setdefault(unit.saying, index)
        is_again = earlier < index and len(unit.saying) >= 20
        # Below a headline stands a sentence or nothing before a page says it again; a verse comes back below verses.
        is_headline = is_top and not unit.has_end and (unit.saying == headline or earlier == 0)
        if _is_doubled(unit) or (is_again and (is_headline or bool(_CREDIT.search(unit.text)))):
            marked[index] = True
        is_top = is_top and index < _TOP and (index == 0 or marked[index] or unit.has_end)


def _is_doubled(unit: Unit) -> bool:
    """Whether one line says a whole sentence twice and then its credit, as captions do."""
    text = unit.text
    again = text.find(text[:24], 24)
    if again < 0 or len(text) < 60 or len(unit.lines) > 1:
        return False
    phrase = text[:again].strip()
    rest = text[again + len(phrase) :]
    return len(phrase.split()) >= 5 and text[again : again + len(phrase)] == phrase and bool(_CREDIT.search(rest))


def _mark_labels(units: list[Unit], sure: list[bool], marked: list[bool]) -> None:
    """Labels in a row with a page's buttons, or at the very end, that head nothing of the article."""
    for start, end in _rows(units, sure):
        buttons = [index for index in range(start, end) if sure[index]]
        first, last = (buttons[0], buttons[-1]) if buttons else (end, start)
        above = units[start - 1] if start and not marked[start - 1] else None
        is_listed = above is not None and (above.text.endswith(":") or above.is_entry)
        is_end = end == len(units)
        for index in range(start, end):
            unit = units[index]
            if unit.wording == "label" and (index > first or not is_listed):
                marked[index] |= is_end or index < last or (bool(buttons) and not unit.is_section)
            elif unit.wording == "remnant" and index > start and sure[index - 1]:
                marked[index] |= is_end or not units[end].is_entry


def _rows(units: list[Unit], sure: list[bool]) -> Iterator[Span]:
    """Stretches of units that are worded as a page's, surely or not."""
    start: int | None = None
    for index, unit in enumerate(units):
        is_in = sure[index] or unit.wording in ("label", "remnant", "signs")
        if is_in and start is None:
            start = index
        elif not is_in and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(units)


def _mark_tail(units: list[Unit], sure: list[bool], marked: list[bool]) -> None:
    """Headlines behind the first button after the article that only headlines and furniture follow."""
    start = len(units)
    for index in range(len(units) - 1, _first_sentence(units, marked), -1):
        if not marked[index] and not units[index].is_headline:
            break
        if sure[index] and units[index].saying in CLOSING | ANNOUNCING:
            start = index
    marked[start:] = [True] * (len(units) - start)


def _mark_links(units: list[Unit], sure: list[bool], marked: list[bool]) -> None:
    """The headlines below what announces them."""
    is_page = any(sure)
    article = _first_sentence(units, marked)
    tail = len(units)
    while tail and marked[tail - 1]:
        tail -= 1
    for index, unit in enumerate(units):
        if index < article:
            continue
        if unit.saying in ANNOUNCING and sure[index]:
            end = _end_of_headlines(units, marked, index + 1)
            # Where the article goes on, the last of them may be the subheading of what follows.
            end -= end < len(units) and not marked[end]
        elif unit.saying in LINK_LISTS and unit.wording == "label":
            # The article may list what is most read; a page's list has buttons behind it, and no article.
            end = _end_of_headlines(units, marked, index + 1)
            end = end if tail <= end < len(units) and sure[end] else index
        elif is_page and unit.wording == "label" and INSETS.fullmatch(unit.saying):
            end = index + 2 if _is_inset(units[index + 1 : index + 3]) else index
        else:
            continue
        if end > index + 1:
            marked[index:end] = [True] * (end - index)


def _first_sentence(units: list[Unit], marked: list[bool]) -> int:
    """Where the article has begun for certain: before, lines without an end may be all that there is of it."""
    told = (index for index, unit in enumerate(units) if not marked[index] and unit.has_end)
    return next(told, len(units))


def _end_of_headlines(units: list[Unit], marked: list[bool], start: int) -> int:
    while start < len(units) and not marked[start] and units[start].is_headline:
        start += 1
    return start


def _is_inset(below: list[Unit]) -> bool:
    """Whether one headline that tells something stands alone: a section of the article would list more."""
    if len(below) < 2 or not below[0].is_headline or below[1].is_headline:
        return False
    return _TELLS.match(below[0].text) is not None
