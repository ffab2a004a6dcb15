"""Roundabout ways to ask what somebody said, turned into the plain ones that the forms know."""

import re
from dataclasses import dataclass
from functools import cache

from search.wordings import SAYING, TELLING, THINKING

_VERB = rf"(?P<verb>{'|'.join(sorted(SAYING | THINKING | TELLING))})"
_WHO = r"(?P<who>[^,:]+?)"
_REST = r"(?P<rest>.+)"
_ASKED_PLAINLY = r"what did \g<who> say \g<rest>"
_WITH_ITS_VERB = r"did \g<who> \g<verb> \g<rest>"
_LATEST = r"(?:what (?:is|was)|what['’]s) the (?:very )?(?:latest|last|first|newest|most recent)"
_NEWEST = ("latest", "last", "first", "newest", "most recent")
_PHRASE = r"(?:words?|phrase|term|expression|line|sentence)s?"


@dataclass(frozen=True, slots=True)
class _Rewording:
    """A pattern and what it turns into; a question that holds none of `marks`, in small letters, is not of its form.

    Patterns are made when a question first may need them: those of all verbs take 10 ms each.
    """

    marks: tuple[str, ...]
    pattern: str
    plainly: str

    def applied(self, plain: str) -> str | None:
        """The question turned, or None where it is of another form."""
        found = _compiled(self.pattern).fullmatch(plain)
        return found.expand(self.plainly) if found else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_REWORDINGS = (
    _Rewording(("d ",), rf"what['’]d {_REST}", r"what did \g<rest>"),
    _Rewording((" saying",), r"what['’]?s (?P<rest>.+ saying\b.*)", r"what is \g<rest>"),
    _Rewording(("by whom",), r"by whom (?:was|is|were) it (?:being )?(?P<rest>.+)", r"who \g<rest>"),
    _Rewording(("according to whom",), rf"according to whom(?:,| is| was| are| were)? {_REST}", r"who said \g<rest>"),
    _Rewording((" it ",), rf"(?:is|was) it {_WHO} (?:who|that) {_VERB} {_REST}", _WITH_ITS_VERB),
    _Rewording(
        ("the one ", "the person ", "the man ", "the woman "),
        rf"(?:is|was) {_WHO} the (?:one|person|man|woman) (?:who|that) {_VERB} {_REST}",
        _WITH_ITS_VERB,
    ),
    _Rewording(("is it true",), rf"is it true that {_REST}", r"did \g<rest>"),
    _Rewording(
        (" what ",),
        rf"{_WHO} {_VERB} what (?P<rest>(?:about|on|to|regarding) .+)",
        r"what did \g<who> \g<verb> \g<rest>",
    ),
    _Rewording(
        (", ",),
        rf"(?P<word>what|why|how|who|where|when), (?P<view>(?:according to|in) [^,]+), {_REST}",
        r"\g<view>, \g<word> \g<rest>",
    ),
    _Rewording(
        (": what ",),
        rf"{_WHO}: what (?P<aux>did|has|does|do) (?:he|she|it|they) {_REST}",
        r"what \g<aux> \g<who> \g<rest>",
    ),
    _Rewording(
        _NEWEST,
        rf"{_LATEST}(?: thing| word| statement| comment)? (?:from|by) {_WHO} (?P<rest>(?:on|about|regarding) .+)",
        _ASKED_PLAINLY,
    ),
    _Rewording(
        _NEWEST, rf"{_LATEST} (?:thing|word)s?(?: that)? {_WHO} {_VERB} {_REST}", r"what did \g<who> \g<verb> \g<rest>"
    ),
    _Rewording(
        (" use ",),
        rf"(?:what|which)(?: exact)? {_PHRASE} did {_WHO} use (?:to describe|about|of|for|on) {_REST}",
        r"what did \g<who> say about \g<rest>",
    ),
    _Rewording(("what ",), rf"what (?:message|signal|word) did {_WHO} (?:send|give)(?: out)? {_REST}", _ASKED_PLAINLY),
    _Rewording(
        ("who ",),
        rf"who (?:first )?(?:used|coined|uttered|spoke|wrote|made up) (?:the |these |those )?{_PHRASE} {_REST}",
        r"who said \g<rest>",
    ),
)


def reworded(plain: str) -> str:
    """A question without its end mark as the forms know it; most are so already. Linear."""
    small = plain.lower()
    for one in _REWORDINGS:
        turned = one.applied(plain) if any(mark in small for mark in one.marks) else None
        if turned is not None:
            return turned
    return plain
