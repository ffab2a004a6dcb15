"""What a question asks for: statements of a speaker, the speaker of a statement, or plain facts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Intent = Literal["said", "who_said", "plain"]

MAX_SPEAKER_WORDS = 8
"""Longer "names" are clauses: such a question is better answered plainly than refused by name."""

_SAY = r"(?:say|said|tell|told|comment(?:ed)?|remark(?:ed)?|spoken)"
_LOOSELY = (
    r"(?:speak|stated|claim(?:ed)?|argued?|warn(?:ed)?|think|suggest(?:ed)?|announced?|declared?|mention(?:ed)?|respond(?:ed)?"
    r"|repl(?:y|ied)|react(?:ed)?|described?|explain(?:ed)?|insist(?:ed)?|promised?|advised?|predict(?:ed)?|demand(?:ed)?)"
)
_SAID = (
    r"(?:said|says|told|claim(?:ed|s)|argue[ds]|warn(?:ed|s)|state[ds]|declare[ds]|insist(?:ed|s)|suggest(?:ed|s)"
    r"|predict(?:ed|s)|promise[ds]|describe[ds]|denie[ds]|complain(?:ed|s)|call(?:ed|s))"
)
_STANCE = (
    r"(?:positions?|stances?|views?|opinions?|comments?|statements?|responses?|reactions?|remarks?|thoughts?|quotes?"
    r"|quotations?|attitude)"
)
_DID = r"(?:did|does|do|has|have|had)"
_ABOUT = r"(?:about|on|of|regarding|concerning|over|to|towards?|against)"
_WHAT_IS = r"(?:what(?:['’]s| is| was| are| were) )?(?:the )?"

_ASKED = re.compile(
    rf"(?:(?:what|why|how)(?: else| exactly)? )?{_DID} (?P<speaker>.+?) (?P<verb>{_SAY}|{_LOOSELY})\b(?P<rest>.*)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"what (?P<speaker>.+?) (?P<verb>said|says|told)\b(?P<rest>.*)", re.IGNORECASE)
_WHO_SAID = re.compile(
    rf"(?:who|which \w+)(?: was it (?:that|who)| is it (?:that|who))? (?:has |have |had )?{_SAID}\b(?P<rest>.*)",
    re.IGNORECASE,
)
_QUOTED_SAYING = re.compile(r"who (?:was|is) quoted (?:as )?saying\b(?P<rest>.*)", re.IGNORECASE)
_OWN = re.compile(rf"{_WHAT_IS}(?P<speaker>.+?)(?:['’]s|['’]) {_STANCE}(?P<rest>| {_ABOUT} .+)", re.IGNORECASE)
_OF = re.compile(rf"{_WHAT_IS}{_STANCE} (?:of|by|from) (?P<speaker>.+?) (?P<rest>{_ABOUT} .+)", re.IGNORECASE)
_LEADING = re.compile(rf"(?:(?:anything|something)\b\s*)?(?:{_ABOUT}\b|that\b)?\s*", re.IGNORECASE)
_TOLD_WHOM = re.compile(r"(?P<whom>.+?) (?:about|that|of|regarding|concerning) (?P<rest>.+)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")

_NOBODY = re.compile(
    r"he|she|it|they|we|you|i|been|one|people|(?:every|any|some|no)(?:one|body)|who|which|there|this|that|these|those",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"the|an?|any|some|our|their|his|her", re.IGNORECASE)
_RELATION = re.compile(r"of|to|for|by|in|from|with|at", re.IGNORECASE)
_ADVERB = re.compile(r"ever|already|yet|also|once|really|actually", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `speaker` and `topic` are as typed; a topic of None means any.

    `intent` is `said` (statements by `speaker`), `who_said` (the speaker of `topic`), or `plain`.
    `loosely` asked questions ("what did X advise Y") may be answered by what is told of X as well.
    """

    text: str
    intent: Intent
    speaker: str | None = None
    topic: str | None = None
    loosely: bool = False


_Found = tuple[Intent, str | None, str | None, bool]


def parse(text: str) -> Question:
    """Read a question in English; whatever fits no form of asking for speech is plain.

    Takes time linear in the text: each form scans it once.
    """
    plain = " ".join(text.split()).rstrip(" ?!.")
    for form in _FORMS:
        found = form(plain)
        if found is not None:
            return Question(text, *found)
    return Question(text, "plain")


def is_name(speaker: str) -> bool:
    """Whether a speaker as typed is a name, not a role such as "the guard" or "the governor of the Bank"."""
    words = speaker.split()
    if not words or not _DETERMINER.fullmatch(words[0]):
        return bool(words)
    return all(word[0].isupper() for word in (words[1:2] or words)) and words[-1][0].isupper()


def name_forms(speaker: str) -> tuple[str, ...]:
    """Give a speaker as typed, then without the role before the name: "fire chief Orr", "Orr".

    "the wife of Orr" is somebody else, and stays whole.
    """
    words = speaker.split()
    at = next((i for i, word in enumerate(words) if word[0].isupper()), 0)
    if at == 0 or not words[-1][0].isupper() or any(_RELATION.fullmatch(word) for word in words[:at]):
        return (speaker,)
    return speaker, " ".join(words[at:])


def _who_said(plain: str) -> _Found | None:
    found = _WHO_SAID.fullmatch(plain) or _QUOTED_SAYING.fullmatch(plain)
    topic = _topic(found["rest"]) if found else None
    return ("who_said", None, topic, True) if topic else None


def _asked_speech(plain: str) -> _Found | None:
    found = _ASKED.fullmatch(plain)
    if found:
        return _said(found["speaker"], found["rest"], found["verb"].lower())
    found = _CLAUSE.fullmatch(plain)
    # "what law says …" asks for a law, "what the minister says …" for a statement.
    if found and (found["speaker"][0].isupper() or _DETERMINER.fullmatch(found["speaker"].split()[0])):
        return _said(found["speaker"], found["rest"], found["verb"].lower())
    return None


def _position(plain: str) -> _Found | None:
    found = _OF.fullmatch(plain) or _OWN.fullmatch(plain)
    return _said(found["speaker"], found["rest"], "say") if found else None


_FORMS: tuple[Callable[[str], _Found | None], ...] = (_who_said, _asked_speech, _position)


def _said(speaker: str, rest: str, verb: str) -> _Found | None:
    words = speaker.strip(' "“”,').split()
    while words and _ADVERB.fullmatch(words[-1]):
        words.pop()
    if not words or len(words) > MAX_SPEAKER_WORDS or _NOBODY.fullmatch(words[0]):
        return None
    if len(words) == 1 and _DETERMINER.fullmatch(words[0]):
        return None
    if verb in {"tell", "told"}:
        told = _TOLD_WHOM.fullmatch(rest.strip())
        rest = told["rest"] if told else rest
    loosely = re.fullmatch(_SAY, verb) is None
    return "said", " ".join(words), _topic(rest), loosely


def _topic(rest: str) -> str | None:
    rest = rest.strip(" ,:")
    leading = _LEADING.match(rest)
    rest = rest[leading.end() :] if leading else rest
    quoted = _QUOTED.search(rest)
    # A long quotation is what was said; a short one is a word that the question sets apart.
    topic = quoted[1] if quoted and len(quoted[1]) >= len(rest) / 2 else rest
    return topic.strip(" ,:") or None
