"""The forms in which questions ask for speech, each a function from a question to what it found, or None."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from search.wordings import (
    ABOUT,
    ADVERBS,
    AIMS,
    DETERMINERS,
    FILLERS,
    LISTENED,
    MENTIONING,
    NOBODY,
    NOUNS,
    OVER_TIME,
    RELATIONS,
    SAYING,
    SIDING,
    SOMEBODY,
    STANCES,
    TELLING,
    VERBS,
)

Intent = Literal["said", "who_said", "plain"]
MAX_SPEAKER_WORDS = 9
"""Longer "names" are clauses: such a question is better answered plainly than refused by name."""
_MAX_LISTENER_WORDS = 5
_MAX_BEFORE = 12
"""So many words may stand before “did X say”: “which of the two ferries did …”."""
_BE = frozenset(["is", "are", "was", "were"])
_AMONG = frozenset(("in", "at", "from", "among", "of"))
_IT_WAS = [[be, "it", who] for be in ("is", "was") for who in ("that", "who")]
_AUXILIARIES = frozenset(["did", "does", "do", "has", "have", "had", "was", "were", "is", "are"])
_DO = frozenset(["did", "does", "do"])
_RELATIVE = frozenset(["who", "that", "which"])
_TOPICAL = frozenset(("on", "about", "regarding", "re"))
_TELLS = frozenset(["tell", "tells", "told", "telling"])
_OWNERS = ("'s", "’s", "s'", "s’")
_WH = frozenset(["what", "what's", "why", "how", "when", "where", "who", "whom", "which", "whose"])
_STATES = frozenset(("department", "media", "television", "tv", "news", "minister", "secretary", "prosecutor"))
_VIEWS = r"(?:['’]s|(?<=s)['’])(?: own)? (?:view|opinion|words|eyes|judge?ment|assessment|telling)"
_IN_VIEW = re.compile(rf"in (?P<speaker>[^,]+?){_VIEWS}, (?P<rest>.+)", re.IGNORECASE)
_VIEW_BEHIND = re.compile(rf", in (?P<speaker>[^,]+?){_VIEWS}$", re.IGNORECASE)
_CHANGING = re.compile(
    r"(?:how )?(?:has|have|had|did|does) (?=.* (?:changed?|evolved?|shift(?:ed)?|developed?)\b)", re.IGNORECASE
)
_CHANGE = re.compile(r" (?:changed?|evolved?|shift(?:ed)?|developed?)(?: over time)?\b", re.IGNORECASE)
_CHANGED_MIND = re.compile(
    r"(?:has|have|had|did|does|do) (?P<speaker>[^,]+?) (?:ever )?changed? (?:his|her|its|their)(?: own)? "
    r"(?:mind|position|views?|stance|opinion|tone|tune|line) (?P<rest>(?:on|about|over|of|regarding|towards?) .+)",
    re.IGNORECASE,
)
_SIDES = r"(?:for or against|against|in favou?r of|opposed to|supportive of|critical of|willing to|ready to|open to) "
_TAKES_SIDES = re.compile(rf"(?:is|are|was|were) (?P<speaker>[^,]+?) (?:still )?{_SIDES}(?P<rest>.+)", re.IGNORECASE)
_WHO_TAKES_SIDES = re.compile(rf"who(?:['’]s| is| are| was| were) (?:still )?{_SIDES}(?P<rest>.+)", re.IGNORECASE)
_PERSONS = frozenset(("person", "people", "man", "woman", "one"))
_ACCORDING = re.compile(r"(?P<before>.*?),? ?\baccording to (?P<after>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What a form made of a question; `topic` still has the words that lead to it."""

    intent: Intent
    speaker: str | None
    topic: str
    loosely: bool = False
    over_time: bool = False
    tentative: bool = False
    mentions: bool = False
    """Who spoke of the topic is asked for, and not who said that."""


def _words_of(plain: str) -> list[str]:
    return plain.split(" ")


def low(word: str) -> str:
    """A word of a question in lower case, without the punctuation around it."""
    return word.strip(",;:\"“”'‘’").lower()


def _is_verb(words: Sequence[str], i: int) -> bool:
    """Whether a word asks for speech: written small, and no part of “state department”."""
    following = low(words[i + 1]) if i + 1 < len(words) else ""
    return words[i].rstrip(",") in VERBS and not (words[i] == "state" and following in _STATES)


# Who said it


def _who_said(plain: str) -> Found | None:
    """“Who said …”, “which official warned …”, “who was quoted as saying …”, “whose words are …”."""
    words = _words_of(plain)
    first = low(words[0])
    if first == "whose" and len(words) > 2 and low(words[1]) in STANCES and low(words[2]) in _BE:
        return Found("who_said", None, " ".join(words[3:]))
    sides = _WHO_TAKES_SIDES.fullmatch(plain)
    if sides:
        return Found("who_said", None, sides["rest"], loosely=True)
    if first in _AUXILIARIES and len(words) > 2 and low(words[1]) in SOMEBODY and low(words[2]) not in _AMONG:
        first, words = "who", ["who", *words[2:]]
    if first == "what" and len(words) > 1 and low(words[1]) in _PERSONS:
        first = "which"
    at = next((i for i, word in enumerate(words[1:9], 1) if _is_verb(words, i) or word in SIDING), None)
    if first not in {"who", "which"} or at is None:
        return None
    between = [word for word in words[1:at] if low(word) not in ADVERBS | {"else"}]
    if between and [low(word) for word in between[-3:]] in _IT_WAS:
        between = between[:-3]
    elif between and low(between[-1]) in _AUXILIARIES - _DO:
        between.pop()
    if any(low(word) in _AUXILIARIES for word in between) or (first == "which" and not between):
        return None
    if first == "who" and between and low(between[0]) not in _AMONG:
        return None
    role = [] if [low(word) for word in between] in [[one] for one in _PERSONS] else between[first == "who" :]
    return _told_by(" ".join(role), words, at)


def _told_by(role: str, words: Sequence[str], at: int) -> Found:
    verb, rest = low(words[at]), list(words[at + 1 :])
    if verb == "quoted":
        rest = rest[next((i + 1 for i, word in enumerate(rest[:2]) if low(word) == "saying"), 0) :]
    if verb in LISTENED:
        _, rest = _listener(rest)
    if verb in {"made", "makes", "voiced", "expressed"} and {low(word) for word in rest[:3]} & STANCES:
        rest = rest[next(i + 1 for i, word in enumerate(rest) if low(word) in STANCES) :]
        verb = "commented"
    mentions = verb in MENTIONING or low("".join(rest[:1])) in {"anything", "something"}
    if verb in SAYING and low("".join(rest[:1])) in _TOPICAL | {"of"}:
        mentions = True
    return Found("who_said", role or None, " ".join(rest), loosely=verb not in SAYING, mentions=mentions)


# What somebody said


def _according(plain: str) -> Found | None:
    view = _IN_VIEW.fullmatch(plain)
    if view:
        return _said(view["speaker"], _without_fillers(_words_of(view["rest"])))
    view = _VIEW_BEHIND.search(plain)
    if view:
        return _said(view["speaker"], _without_fillers(_words_of(plain[: view.start()])))
    found = _ACCORDING.fullmatch(plain)
    if not found:
        return None
    before, after = found["before"].strip(" ,"), found["after"]
    if before:
        return _said(after, _without_fillers(_words_of(before)))
    speaker, comma, rest = after.partition(", ")
    return _said(speaker, _without_fillers(_words_of(rest))) if comma else _said(speaker, "")


def _asked_speech(plain: str) -> Found | None:
    """“What did X say about Y”, “why does X think Y”, “has X ever mentioned Y”, “which Y did X say …”."""
    words = _words_of(plain)
    at = next((i for i, word in enumerate(words[:_MAX_BEFORE]) if low(word) in _AUXILIARIES), None)
    if at is None or at == len(words) - 1:
        return None
    if at and not {low(word) for word in words[:2]} & _WH:
        return None
    reach = words[at + 1 : at + 3 + MAX_SPEAKER_WORDS]
    places = range(at + 2, at + 1 + len(reach))
    verbs = (i for i in places if _is_verb(words, i) or (at == 0 and words[i] in SIDING))
    verb = next((i for i in verbs if _may_be_asked_of(words, i, low(words[at]))), None)
    if verb is not None and low(words[verb]) in NOUNS:
        # “What did the minister's statement after the call say”: the noun is no verb where one follows.
        said = (i for i in places if i > verb and words[i] in {"say", "said"} and _ends_the_asking(words, i))
        verb = next(said, verb)
    if low(words[at]) in _BE and (
        verb is None
        or low(words[verb]) not in {"saying", "telling", "quoted", "asked", "claiming", "arguing", "warning"}
    ):
        return _passive(words, at)
    if verb is None:
        return None
    rest = list(words[verb + 1 :])
    if low(words[verb]) == "quoted":
        rest = rest[next((i + 1 for i, word in enumerate(rest[:2]) if low(word) == "saying"), 0) :]
    return _of_speaker(words[at + 1 : verb], low(words[verb]), _without_fillers(words[:at]), rest)


def _may_be_asked_of(words: Sequence[str], verb: int, auxiliary: str) -> bool:
    """Not of “X's claim”, those “who call …”, “as a state” or “member states”: behind “do” no verb ends in an “s”."""
    before, word = words[verb - 1], low(words[verb])
    is_bent = auxiliary in _DO and word.endswith("s") and not word.endswith("ss")
    is_role = any(one in f" {' '.join(words[max(0, verb - 3) : verb])} ".lower() for one in (" as a ", " as an "))
    return not (before.endswith(_OWNERS) or low(before) in _RELATIVE or is_bent or is_role)


def _ends_the_asking(words: Sequence[str], verb: int) -> bool:
    return verb == len(words) - 1 or low(words[verb + 1]) in ABOUT | {"to", "when", "after", "before", "in", "at"}


def _passive(words: Sequence[str], at: int) -> Found | None:
    """“What was said by X about Y”, “what was said about Y by X”."""
    if [low(word) for word in words[at + 1 : at + 3]] != ["said", "by"]:
        by = max((i for i, word in enumerate(words) if low(word) == "by"), default=0)
        if by > at + 3 and low(words[at + 1]) == "said" and low(words[at + 2]) in ABOUT:
            return _said(" ".join(words[by + 1 :]), " ".join(words[at + 2 : by]))
        return None
    end = next((i for i, word in enumerate(words) if i > at + 3 and low(word) in ABOUT - {"of"}), len(words))
    return _said(" ".join(words[at + 3 : end]), " ".join(words[end:]))


def _of_speaker(speaker: Sequence[str], verb: str, before: str, rest: list[str]) -> Found | None:
    if verb in LISTENED or (rest and low(rest[0]) == "to" and verb in {"say", "said", "saying"}):
        listener, told = _listener(rest[low(rest[0]) == "to" :] if rest else rest)
        # whom the text names is part of what to look for; “reporters” may be anybody
        if listener:
            rest = [*(listener if listener[0][:1].isupper() else []), *told]
        elif verb in _TELLS and len(told) <= 2 and not any(word[:1].isupper() for word in told):
            rest = []
    if verb in {"stand", "stands"} and rest and low(rest[0]) not in ABOUT:
        return None
    while len(rest) > 1 and low(rest[0]) in ADVERBS | {"any"} | ({"out"} if verb in SIDING else set()):
        rest = rest[1:]
    tail = " ".join(rest)
    topic = f"{before} {tail}" if before and tail else before or tail
    over_time = verb in {"stand", "stands"}
    sides = verb in SIDING
    return _said(" ".join(speaker), topic, loosely=verb in TELLING or sides, over_time=over_time, tentative=sides)


def _listener(rest: Sequence[str]) -> tuple[list[str], list[str]]:
    """Who was told, and what: “reporters that …”, “the board about …”; nobody where nothing parts them."""
    for i, word in enumerate(rest[: _MAX_LISTENER_WORDS + 1]):
        if i and low(word) in {"about", "that", "of", "regarding", "concerning", "on", "why", "how", "whether", "if"}:
            return list(rest[:i]), list(rest[i:])
    return [], list(rest)


def _clause(plain: str) -> Found | None:
    """“What X said about Y”, “everything X said”.

    No statement is asked for by “what law says …”, “what UN body said that …” and “what tax was called …”.
    """
    words = _words_of(plain)
    if low(words[0]) not in {"what", "everything", "anything", "whatever"} or len(words) < 3:
        return None
    words = words[:1] + words[2:] if low(words[1]) == "that" else words
    if low(words[1]) in _AUXILIARIES:
        return None
    verb = next((i for i in range(2, min(len(words), MAX_SPEAKER_WORDS + 3)) if _is_verb(words, i)), None)
    if verb is None or not (words[1][:1].isupper() or low(words[1]) in DETERMINERS):
        return None
    speaker = words[1:verb]
    is_role = (
        low(words[1]) not in DETERMINERS
        and speaker[-1].islower()
        and low("".join(words[verb + 1 : verb + 2])) == "that"
    )
    is_passive = low(speaker[-1]) in _BE and not words[verb].endswith("ing")
    if is_role or is_passive:
        return None
    while speaker and low(speaker[-1]) in _AUXILIARIES:
        speaker.pop()
    return _of_speaker(speaker, low(words[verb]), "", list(words[verb + 1 :]))


def _position(plain: str) -> Found | None:
    """“What is X's position on Y”, “the position of X on Y”, “quotes by X about Y”, “has X's view of Y changed”."""
    if _CHANGING.match(plain):
        plain = _CHANGE.sub("", _CHANGING.sub("", plain, 1), 1)
        over_time = True
    else:
        plain = re.sub(r"^(?:what|where)(?:['’]s| is| was| are| were|s)? ", "", plain, count=1, flags=re.IGNORECASE)
        over_time = False
    words = _words_of(re.sub(r"^(?:the|any|all|an?|some) ", "", plain, count=1, flags=re.IGNORECASE))
    at = next((i for i, word in enumerate(words[: MAX_SPEAKER_WORDS + 2]) if low(word) in STANCES | AIMS), None)
    if at is None or any(low(word) in _TOPICAL for word in words[:at]):
        return None
    if words[at].endswith(",") and low("".join(words[at + 1 : at + 2])) in _WH:
        return None  # “Under Ostrel's plan, what would …”
    holds, loosely = low(words[at]) in OVER_TIME or over_time, low(words[at]) in AIMS - STANCES
    if at == 0 and len(words) > 2 and low(words[1]) in {"of", "by", "from"}:
        end = next((i for i, word in enumerate(words) if i > 2 and low(word) in ABOUT - {"of", "for"}), len(words))
        return _said(" ".join(words[2:end]), " ".join(words[end:]), loosely, over_time=holds)
    owner = " ".join(words[:at])
    possessive = re.fullmatch(r"(.+?)(?:['’]s|(?<=s)['’])(?: [a-z-]+){0,2}", owner)
    following = low(words[at + 1]) if at + 1 < len(words) else ""
    if possessive:
        return _said(possessive[1], " ".join(words[at + 1 :]), loosely, over_time=holds)
    if owner and low(words[0]) not in FILLERS and (not following or following in ABOUT | RELATIONS | {"when", "after"}):
        return _said(owner, " ".join(words[at + 1 :]), over_time=holds, tentative=True)
    return None


def _sides(plain: str) -> Found | None:
    """“Has X changed his mind about Y”, “is X for or against Y”."""
    changed = _CHANGED_MIND.fullmatch(plain)
    if changed:
        return _said(changed["speaker"], changed["rest"], over_time=True)
    sides = _TAKES_SIDES.fullmatch(plain)
    return _said(sides["speaker"], sides["rest"], loosely=True, over_time=True, tentative=True) if sides else None


def _two_part(plain: str) -> Found | None:
    """“X on Y”, as headlines and impatient people have it."""
    words = _words_of(plain)
    at = next((i for i, word in enumerate(words[:7]) if low(word) in _TOPICAL), None)
    if not at or at == len(words) - 1 or low(words[0]) in FILLERS - {"the"} | _AUXILIARIES | VERBS | _WH:
        return None
    return _said(" ".join(words[:at]), " ".join(words[at:]), tentative=True)


FORMS: tuple[Callable[[str], Found | None], ...] = (
    _according,
    _who_said,
    _sides,
    _asked_speech,
    _position,
    _clause,
    _two_part,
)


def quoting(plain: str) -> Found | None:
    """What is left of “quote X”, where no other form knows it: a speaker, if the library knows one of that name."""
    return _said(plain, "", tentative=True)


def _said(
    speaker: str, topic: str, loosely: bool = False, over_time: bool = False, tentative: bool = False
) -> Found | None:
    words = speaker.strip(' "“”,').split()
    while words and words[-1].lower() in ADVERBS | _AUXILIARIES | {"to", "like", "go", "going"}:
        words.pop()
    if len(words) > 2 and words[0].lower() in SOMEBODY and words[1].lower() in {"in", "at", "from"}:
        words = words[2:]
    if not words or len(words) > MAX_SPEAKER_WORDS or words[0].lower() in NOBODY:
        return None
    if len(words) == 1 and words[0].lower() in DETERMINERS:
        return None
    return Found("said", " ".join(words), topic, loosely, over_time, tentative)


def _without_fillers(words: Sequence[str]) -> str:
    """What a question names before its verb: the “conditions” of “what conditions did X set”."""
    first = next((i for i, word in enumerate(words) if low(word) not in FILLERS | _AUXILIARIES), len(words))
    return " ".join(words[first:]).strip(" ,")
