"""Roundabout ways to ask what somebody said, turned into the plain ones that the forms know."""

import re

from search.wordings import SAYING, TELLING, THINKING

_VERB = rf"(?P<verb>{'|'.join(sorted(SAYING | THINKING | TELLING))})"
_WHO = r"(?P<who>[^,:]+?)"
_REST = r"(?P<rest>.+)"
_ASKED_PLAINLY = r"what did \g<who> say \g<rest>"
_WITH_ITS_VERB = r"did \g<who> \g<verb> \g<rest>"
_LATEST = r"(?:what (?:is|was)|what['’]s) the (?:very )?(?:latest|last|first|newest|most recent)"
_PHRASE = r"(?:words?|phrase|term|expression|line|sentence)s?"
_REWORDINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), plainly)
    for pattern, plainly in (
        (rf"what['’]d {_REST}", r"what did \g<rest>"),
        (r"what['’]?s (?P<rest>.+ saying\b.*)", r"what is \g<rest>"),
        (r"by whom (?:was|is|were) it (?:being )?(?P<rest>.+)", r"who \g<rest>"),
        (rf"according to whom(?:,| is| was| are| were)? {_REST}", r"who said \g<rest>"),
        (rf"(?:is|was) it {_WHO} (?:who|that) {_VERB} {_REST}", _WITH_ITS_VERB),
        (rf"(?:is|was) {_WHO} the (?:one|person|man|woman) (?:who|that) {_VERB} {_REST}", _WITH_ITS_VERB),
        (rf"is it true that {_REST}", r"did \g<rest>"),
        (rf"{_WHO} {_VERB} what (?P<rest>(?:about|on|to|regarding) .+)", r"what did \g<who> \g<verb> \g<rest>"),
        (
            rf"(?P<word>what|why|how|who|where|when), (?P<view>(?:according to|in) [^,]+), {_REST}",
            r"\g<view>, \g<word> \g<rest>",
        ),
        (
            rf"{_WHO}: what (?P<aux>did|has|does|do) (?:he|she|it|they) {_REST}",
            r"what \g<aux> \g<who> \g<rest>",
        ),
        (
            rf"{_LATEST}(?: thing| word| statement| comment)? (?:from|by) {_WHO} (?P<rest>(?:on|about|regarding) .+)",
            _ASKED_PLAINLY,
        ),
        (rf"{_LATEST} (?:thing|word)s?(?: that)? {_WHO} {_VERB} {_REST}", r"what did \g<who> \g<verb> \g<rest>"),
        (
            rf"(?:what|which)(?: exact)? {_PHRASE} did {_WHO} use (?:to describe|about|of|for|on) {_REST}",
            r"what did \g<who> say about \g<rest>",
        ),
        (rf"what (?:message|signal|word) did {_WHO} (?:send|give)(?: out)? {_REST}", _ASKED_PLAINLY),
        (
            rf"who (?:first )?(?:used|coined|uttered|spoke|wrote|made up) (?:the |these |those )?{_PHRASE} {_REST}",
            r"who said \g<rest>",
        ),
    )
)


def reworded(plain: str) -> str:
    """A question without its end mark as the forms know it; most are so already. Linear."""
    for pattern, plainly in _REWORDINGS:
        found = pattern.fullmatch(plain)
        if found:
            return found.expand(plainly)
    return plain
