"""Markdown files, with YAML or TOML front matter."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from index.readers.dates import normalise_date
from index.readers.encoding import clean, decode_file
from index.readers.headline import read_head
from index.types import Document

_FENCES = {"---": "yaml", "+++": "toml"}
_LONGEST_MATTER = 1 << 16
_MOST_VALUES = 2000
_AUTHOR = ("author", "authors", "byline")
_PUBLISHED = ("published", "date", "pubdate", "publish_date", "published_at", "datepublished")
_SOURCE = ("source", "publication", "publisher", "outlet", "site_name")
_LANGUAGE = ("language", "lang")
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_TOML_DATE = re.compile(
    r"^([\w.-]{1,100}[ \t]*=[ \t]*)(\d{4}-\d\d-\d\d[\dTtZz:.+ -]{0,40}?)[ \t]*(?=#|$)", re.MULTILINE
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_CODE_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}\)")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_HEAD_LINES = 200
_LONGEST_HEADING = 1000


def read_markdown(data: bytes, uri: str, sha256: str) -> Document:
    """A Markdown file, as it is but for line ends; front matter stays in the text, marked as furniture.

    The title is the front matter's, else the first heading. Front matter is written for other tools
    as well, where `published: true` and `date: {{today}}` have a meaning: what is no date there stays
    in `meta` as it is written, and the document has none. Raises ReadError for binary content and
    undecodable bytes.
    """
    text = decode_file(data)
    end, matter = _front_matter(text)
    title = _take(matter, ("title", "headline"))
    stated = {name: _take(matter, keys) for name, keys in (("author", _AUTHOR), ("source", _SOURCE))}
    published, language = _take_date(matter), _take(matter, _LANGUAGE)
    body = text[end:]
    title = title or _first_heading(body)
    head = read_head(re.sub(r"^ {0,3}#{1,6}[ \t]+", "", body.lstrip("\n"), count=1), title)
    return Document(
        uri=uri,
        sha256=sha256,
        text=text,
        title=title or head.title,
        author=stated["author"] or head.author,
        published=published or head.published,
        source=stated["source"] or head.source,
        language=language[:2].lower() if language and re.match(r"[A-Za-z]{2}(?:[-_]|$)", language) else None,
        meta=matter,
        furniture=((0, end),) if end else (),
    )


def _front_matter(text: str) -> tuple[int, dict[str, Any]]:
    """Where the body starts, and the front matter's values; (0, {}) when there is none."""
    kind = _FENCES.get(text[:3])
    first_end = text.find("\n")
    if kind is None or first_end < 0 or text[3:first_end].strip():
        return 0, {}
    fence = text[:3]
    close = re.compile(rf"^(?:{re.escape(fence)}|\.\.\.)[ \t]*$", re.MULTILINE)
    match = close.search(text, first_end + 1, first_end + 1 + _LONGEST_MATTER)
    if match is None:
        return 0, {}
    values = _parse(text[first_end + 1 : match.start()], kind)
    # Two rules ("---") with prose between them are not front matter.
    return (0, {}) if values is None else (match.end(), values)


def _parse(matter: str, kind: str) -> dict[str, Any] | None:
    """The values, dates among them as they are written: one that the calendar lacks must not cost the others."""
    import yaml

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012 -- PyYAML's own name and type
            first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
            for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    try:
        dated = _TOML_DATE.sub(r'\1"\2"', matter)
        values = tomllib.loads(dated) if kind == "toml" else yaml.load(matter, Loader)  # noqa: S506 -- a SafeLoader
        if not isinstance(values, Mapping):
            return None
        budget = iter(range(_MOST_VALUES))
        return {clean(str(key)): _plain(value, budget) for key, value in values.items()}
    except (yaml.YAMLError, ValueError, RecursionError, StopIteration, TypeError):
        return None


def _plain(value: Any, budget: Iterator[int]) -> Any:
    """A value as JSON has it; `budget` runs out (StopIteration) on YAML whose aliases multiply."""
    next(budget)
    if isinstance(value, Mapping):
        return {clean(str(key)): _plain(inner, budget) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner, budget) for inner in value]
    # YAML's escapes can spell half a character.
    return value if value is None or isinstance(value, int | float | bool) else clean(str(value))


def _take_date(matter: dict[str, Any]) -> str | None:
    """The first of the keys for it that holds a date, taken out of `matter`."""
    for name in _PUBLISHED:
        for key in [key for key in matter if key.lower() == name]:
            day = normalise_date(_words(matter[key]) or "")
            if day:
                del matter[key]
                return day
    return None


def _take(matter: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these keys (in any case) that holds words, taken out of `matter`."""
    for name in names:
        for key in [key for key in matter if key.lower() == name]:
            words = _words(matter[key])
            if words:
                del matter[key]
                return words
    return None


def _words(value: Any) -> str | None:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value).strip() or None
    if isinstance(value, Mapping):
        return _words(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value))) or None
    return None


def _first_heading(body: str) -> str | None:
    """The first heading's words, `# so` or underlined; code blocks hold none."""
    in_code = False
    before = previous = ""
    for line in body[: 1 << 16].split("\n")[:_HEAD_LINES]:
        if len(line) > _LONGEST_HEADING:
            line = ""  # noqa: PLW2901 -- no heading, and too long for its pattern to stay quick
        if _CODE_FENCE.match(line):
            in_code = not in_code
        elif not in_code and (match := _HEADING.fullmatch(line)) and match[1]:
            return _without_marks(match[1])
        elif not in_code and _is_underlined(before, previous, line):
            return _without_marks(previous)
        before, previous = previous, line.strip()
    return None


def _is_underlined(before: str, heading: str, line: str) -> bool:
    """Whether `line` makes a single line above it a heading; below several it is a rule."""
    if not heading or len(heading) > 200 or len(line) < 3 or not _UNDERLINE.fullmatch(line):
        return False
    return not before or _UNDERLINE.fullmatch(before) is not None


def _without_marks(heading: str) -> str | None:
    return _MARKS.sub("", _LINK.sub(r"\1", heading[:1000])).strip() or None
