"""Times that a text tells, and that are not how long something lasted: parts of it, how long ago, “a second front”."""

import re
from functools import cache

_TIME = r"(?:[\w.,]{1,20}[ -]){1,2}(?:second|minute|hour|day|week|fortnight|month|year|decade)s?"
_SECOND = re.compile(
    r"\b(?:an?|the|its|his|her|their|this|that|every) second\b(?= [a-z])(?! (?:or|and|ago|later|per|after|before)\b)"
)
"""What comes behind a first one: “a second front” takes no time."""


def without_others(text: str, lasts: bool) -> str:
    """A text without what is no time, and, if it is asked how long something `lasts`, what is no length of it."""
    text = _SECOND.sub(" ", text)
    return _within().sub(" ", _apart().sub(" ", _part().sub(" ", text))) if lasts else text


@cache
def _apart() -> re.Pattern[str]:
    """How long before or after something it was, which is not how long it lasted."""
    return re.compile(
        rf"(?:\b(?:only|just) |(?:\A|[—–,.“] ?)){_TIME} (?:after|before)\b|\b{_TIME} (?:ago|later|earlier|from now)\b",
        re.IGNORECASE,
    )


@cache
def _part() -> re.Pattern[str]:
    """A time of something, or in which something else was: “the first two weeks of the siege”, “in recent months”."""
    ends = r"(?:the |its |his |her |their )?(?:first|last|past|final|opening|closing|early|recent|next|coming|previous)"
    return re.compile(
        rf"\b(?:in|during|throughout|within) {ends} {_TIME}\b(?! that\b)|\b{ends} {_TIME} of\b", re.IGNORECASE
    )


@cache
def _within() -> re.Pattern[str]:
    """What time something takes: “end it in one day”; not “the third in two days”."""
    return re.compile(rf"\b(?:in|within) (?:(?:only|just|about|less than) )?{_TIME}\b", re.IGNORECASE)
