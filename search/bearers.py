"""Who bears a role, by what documents say anywhere: “Ukrainian President X”, “X, the German chancellor”."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.library import Snapshot
from index.types import Filters
from search.roles import countries, leaders, located

_PARAGRAPHS = 60
_MOST_NAME_WORDS = 4
_BETWEEN_ROLE_WORDS = re.compile(r"(?:['’]s?)? (?:(?:of|for|the|to|at|in|on) )*")
_BEFORE_NAME = re.compile(r",? ")
_IN_NAME = re.compile(r"\.? ")
_BEHIND_NAME = re.compile(r", (?:(?:the|a|an|who is|who was) )*")
_OF_COUNTRY = re.compile(r" of (?:the )?")


@dataclass(frozen=True, slots=True)
class _Word:
    concept: str
    start: int
    end: int
    is_capitalised: bool


def bearers(
    snapshot: Snapshot, filters: Filters, role: frozenset[str], possessor: frozenset[str], terms: Sequence[str]
) -> list[str]:
    """Names that stand beside a role somewhere in the library, most frequent first.

    All of the role's concepts must be there. A `possessor` who is no country may be missing (“Orr's
    spokesman” is “the spokesman, Lind”) where the text names no other one.
    """
    found: Counter[str] = Counter()
    rows = [hit.row for hit in snapshot.lexical(terms, _PARAGRAPHS, filters)]
    for paragraph in snapshot.paragraphs(rows):
        found.update(_named(paragraph.text, role, possessor))
    return [name for name, _ in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _named(text: str, role: frozenset[str], possessor: frozenset[str]) -> Iterator[str]:
    words = [_Word(concept, start, end, text[start].isupper()) for concept, start, end in located(text)]
    i = 0
    while i < len(words):
        if not _is_part(words[i], role):
            i += 1
            continue
        end = i + 1
        while end < len(words) and _is_part(words[end], role) and _joins(_BETWEEN_ROLE_WORDS, text, words, end):
            end += 1
        for name, last in ((_after(text, words, end, role)), (_before(text, words, i), i)):
            has = {word.concept for word in words[i:end]} | _country_behind(text, words, last, role)
            if name and _holds(has, role, possessor, _is_qualified(text, words, i)):
                yield name
        i = end


def _is_part(word: _Word, role: frozenset[str]) -> bool:
    return word.concept in role or ("leader" in role and word.concept in leaders())


def _holds(has: set[str], role: frozenset[str], possessor: frozenset[str], is_qualified: bool) -> bool:
    missing = role - has
    if "leader" in missing and has & leaders():
        missing -= {"leader"}
    return not missing or (bool(possessor) and missing <= possessor and not is_qualified)


def _is_qualified(text: str, words: Sequence[_Word], first: int) -> bool:
    """Whether the role is somebody's by the word before it."""
    if first == 0:
        return False
    before, gap = words[first - 1], text[words[first - 1].end : words[first].start]
    return before.concept in countries() or gap.startswith(("'s", "’s")) or text[: before.end].endswith(("'s", "’s"))


def _joins(pattern: re.Pattern[str], text: str, words: Sequence[_Word], i: int) -> bool:
    return 0 < i < len(words) and pattern.fullmatch(text[words[i - 1].end : words[i].start]) is not None


def _after(text: str, words: Sequence[_Word], first: int, role: frozenset[str]) -> tuple[str, int]:
    """The name right behind a role, and the index of the word after it."""
    end = first
    while (
        end < min(len(words), first + _MOST_NAME_WORDS) and words[end].is_capitalised and not _is_part(words[end], role)
    ):
        if (
            not _joins(_BEFORE_NAME if end == first else _IN_NAME, text, words, end)
            or words[end].concept in countries()
        ):
            break
        end += 1
    return (text[words[first].start : words[end - 1].end], end) if end > first else ("", first)


def _before(text: str, words: Sequence[_Word], end: int) -> str:
    """The name before “, the …”."""
    if not _joins(_BEHIND_NAME, text, words, end):
        return ""
    first = end - 1
    if not words[first].is_capitalised:
        return ""
    while end - first < _MOST_NAME_WORDS and words[first - 1].is_capitalised and _joins(_IN_NAME, text, words, first):
        first -= 1
    return text[words[first].start : words[end - 1].end]


def _country_behind(text: str, words: Sequence[_Word], i: int, role: frozenset[str]) -> set[str]:
    """“President Orr of Sarn”: the country that stands behind the name."""
    joined = _joins(_OF_COUNTRY, text, words, i) and words[i].concept in role & countries()
    return {words[i].concept} if joined else set()
