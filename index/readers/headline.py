"""The head of an article in plain text: its headline, and byline, outlet and date where they are unmistakable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.dates import normalise_date

_LONGEST_TITLE = 200
_LONGEST_BYLINE = 140
_HEAD_LINES = 8
_HEAD_CHARS = 4000
_BY = re.compile(r"by\s+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*")
_PARTICLES = frozenset(
    [
        "and",
        "&",
        "de",
        "da",
        "del",
        "della",
        "der",
        "den",
        "di",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "y",
        "bin",
        "al",
    ]
)
_OUTLET = re.compile(
    r"\b(?:agency|argus|bulletin|chronicle|correspondent|courier|daily|dispatch|echo|evening|examiner|express|gazette"
    r"|globe|guardian|herald|independent|inquirer|journal|ledger|magazine|mail|mercury|messenger|mirror|monitor"
    r"|news|newspaper|observer|post|press|radio|record|recorder|register|review|sentinel|standard|star|sun"
    r"|telegraph|television|times|today|tribune|tv|weekly|wire|world|ap|afp|bbc|cnn|dpa|reuters|upi)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?:published|posted|updated|last updated|date)\s*(?:on|:)?\s+", re.IGNORECASE)
_BARS = re.compile(r"\s*[|•·]\s*")
_ENDS_SENTENCE = re.compile(r"[.,;:][”\"’')\]]*$")
_BEGINS_HEADLINE = re.compile(r"[\"'“‘«„¿¡(\[]*[^\W_a-zß-öø-ÿ]")


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of a text says about it; None where it does not, or not for sure."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    source: str | None = None


def read_head(text: str, title: str | None = None) -> Head:
    """The head of `text`; `title` is the title if it is known from elsewhere."""
    top = text[:_HEAD_CHARS].split("\n")
    found = title or _title(top)
    author = published = source = None
    for line in _byline_candidates(top, found):
        byline = _byline(line)
        if byline is not None:
            author = author or byline.author
            published = published or byline.published
            source = source or byline.source
    return Head(found, author, published, source)


def _title(top: list[str]) -> str | None:
    """The first line that reads like a headline, among the first few; one word is too little unless nothing else is."""
    lone_word = None
    seen = 0
    for number, line in enumerate(top):
        candidate = line.strip()
        if not candidate:
            continue
        seen += 1
        below = top[number + 1].strip() if number + 1 < len(top) else ""
        alone = not below or _byline(below) is not None
        if not _is_headline(candidate) or (seen > 1 and not alone):
            if seen == 1 and len(candidate) > _LONGEST_TITLE:
                return None
        elif len(candidate.split()) >= 3 or len(candidate) >= 20 or _has_ideographs(candidate):
            return candidate
        elif alone and seen == 1:
            lone_word = candidate
        if seen == 4:
            break
    return lone_word


def _is_headline(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and not _ENDS_SENTENCE.search(line)
        and _BEGINS_HEADLINE.match(line) is not None
        and _byline(line) is None
    )


def _has_ideographs(line: str) -> bool:
    return sum(character >= "\u2e80" for character in line) >= 6


def _byline_candidates(top: list[str], title: str | None) -> Iterator[str]:
    """The short lines between the headline and the first paragraph."""
    filled = [line.strip() for line in top if line.strip()]
    for line in filled[:_HEAD_LINES]:
        if line == title:
            continue
        if len(line) > _LONGEST_BYLINE:
            return
        yield line


def _byline(line: str) -> Head | None:
    """What a line such as `By Jane Doe, The Courier, 3 March 2031` says; None when it is not one."""
    if len(line) > _LONGEST_BYLINE:
        return None
    author = None
    rest = _STAMP.sub("", line, count=1) if _STAMP.match(line) else line
    if match := _BY.match(rest):
        author, rest = _take_names(rest[match.end() :])
        if author is None:
            return None
    published, labels = _split(rest)
    if not (author or published) or not all(_is_label(label) for label in labels):
        return None
    source = next((label for label in labels if _OUTLET.search(label)), None)
    # "Jane Doe | The Courier | 3 March 2031": bars, a date and an outlet make the name sure.
    if author is None and source and labels[0] != source and _BARS.search(line) and _is_name(labels[0]):
        author = labels[0]
    return Head(None, author, published, source)


def _take_names(text: str) -> tuple[str | None, str]:
    """The names up to the first comma or bar, and what follows; None when they are not names."""
    cut = re.search(r",|\s*[|•·]|\s+[–—]\s", text)
    names = text[: cut.start()].strip() if cut else text.strip()
    rest = text[cut.end() :].strip() if cut else ""
    return (names, rest) if _is_name(names) else (None, text)


def _is_name(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 10 or _ENDS_SENTENCE.search(text):
        return False
    return all(word in _PARTICLES or (_NAME.fullmatch(word) and word[0].isupper()) for word in words)


def _is_label(text: str) -> bool:
    return len(text.split()) <= 6 and not _ENDS_SENTENCE.search(text) and text[:1].isupper()


def _split(line: str) -> tuple[str | None, list[str]]:
    """The date in a line's parts (between bars and commas), and the parts that are no date or time."""
    published = None
    labels: list[str] = []
    for part in _BARS.split(line):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        while pieces:
            date, used = _leading_date(pieces)
            if date is None and not re.fullmatch(r"\d{1,2}[:.]\d\d(?:\s*[A-Za-z.]{1,5}){0,2}", pieces[0]):
                labels.append(pieces[0])
            published = published or date
            del pieces[:used]
    return published, labels


def _leading_date(pieces: list[str]) -> tuple[str | None, int]:
    """The date that the first pieces make, longest first, and how many they are; (None, 1) for none."""
    for count in (4, 3, 2, 1):
        chunk = ", ".join(pieces[:count])
        if len(pieces) >= count and (date := normalise_date(_STAMP.sub("", chunk, count=1))):
            return date, count
    return None, 1
