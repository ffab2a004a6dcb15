"""What a question asks for: statements of a speaker, the speaker of a statement, or plain facts."""

import re
from dataclasses import dataclass, replace

from search.forms import FORMS, Found, Intent, low, quoting
from search.rewordings import reworded
from search.times import When, take_time

_OCCASIONS = frozenset(["after", "before", "when", "while", "during", "since", "upon", "in", "at", "following"])
_ASKING = re.compile(
    r"(?:please )?(?:(?:can|could|would) you (?:please )?)?"
    r"(?:(?:show|give|tell|find|list|get|quote|cite|bring|remind|summari[sz]e|sum up)(?: me| us)?(?: of)?|"
    r"do (?:we|you) know|i(?: want|(?:['’]d| would) like|"
    r" need) to (?:know|see)|i wonder|is there)(?: all)?(?: about| of)? (?=\S)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r",?(?: and| or)? ?(?:(?:how|when|why) )?(?:has|have|had|did|does|do)(?: (?:it|that|this|he|she|they))? "
    r"(?:ever |since )?change[ds]?(?: over time| since)?$",
    re.IGNORECASE,
)
_AND_WHAT = re.compile(
    r",? and (?:if so,? )?(?:what|when|why|how|where)(?: exactly)? "
    r"(?:did|has|have|do|does) (?:he|she|it|they)\b[^,]{0,40}$",
    re.IGNORECASE,
)
_WHEN_ASKED = re.compile(
    r"(?P<asked>when asked (?:about|whether|if|why) [^,]+), (?P<question>(?:what|how) .+)", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")
_OPENING_SINGLE = re.compile(r"(?<!\w)['‘](?=[^\s'‘’])")
_CLOSING_SINGLE = re.compile(r"(?<=[^\s'‘’])['’](?!\w)")
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tells?|told|stat(?:es?|ed|ements?)|comment\w*|remark\w*|mention\w*|spe(?:ak|aks|ech)|spoken?|"
    r"talk(?:s|ed|ing)?|quot\w+|respon\w+|repl(?:y|ies|ied)|words?)\b",
    re.IGNORECASE,
)
_QUOTING = re.compile(r"\b(?:quote|cite)\b", re.IGNORECASE)
_COUNTING = re.compile(r"how (?:many|much)\b", re.IGNORECASE)
_PLACING = re.compile(r"(?:when|where)\b", re.IGNORECASE)
_SPEAKING = r"[^?]* (?:spe(?:ak|aks)|spoken?|talk(?:s|ed|ing)?)"
_CONVERSING = re.compile(
    rf"(?:(?:when|where)\b(?={_SPEAKING} (?:to|with)\b)|how (?:often|long|many times)\b(?={_SPEAKING}\b))"
    r"(?![^?]* (?:about|that|of)\b)"
    rf"|(?:when|where) (?:did|have|had|do) (?-i:(?:[A-Z][\w’'.-]* ){{1,4}}and (?:[A-Z][\w’'.-]* ){{1,4}})"
    r"(?:speak|spoken|talk|talked)\b",
    re.IGNORECASE,
)
"""“When did X speak to Y” and “when did X and Y talk about it” ask for a day, “how long did X talk” for a time."""
_LEAST_SINGLE = 8
"""Shorter stretches between single quotation marks, which are apostrophes as well, are no quotations."""
_LEADING = re.compile(
    r"(?:(?:anything|something|nothing|all|everything)\b\s*)?(?:"
    r"when asked (?:about|whether|if)\b|in (?:response|reaction|answer|reply) to\b|"
    r"(?:about|on|of|regarding|concerning|over|to|towards?|against|for|that|whether|if)\b)?\s*(?:why|how|whether|what|who)?\b\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `speaker` and `topic` are as typed; a topic of None means any.

    `intent` is `said` (statements by `speaker`), `who_said` (the speaker of `topic`; `speaker` is then
    a role that they must have, if any), or `plain`. `loosely` asked questions ("what did X advise Y")
    may be answered by what is told of X as well. `over_time`: a position is asked for, which may have
    changed. `tentative`: a speaker only if the library knows one of that name ("Orr on ferries").
    `quotation`: the topic is what was typed in quotation marks. `is_occasion`: the topic is when or
    where it was said ("after he lost"), and not what about. `when` is the date that it was said at ("since
    May"), which no other part holds. `mentions`: who spoke of the topic is asked for, not who said it.
    """

    text: str
    intent: Intent
    speaker: str | None = None
    topic: str | None = None
    loosely: bool = False
    over_time: bool = False
    tentative: bool = False
    quotation: str | None = None
    is_occasion: bool = False
    mentions: bool = False
    when: When | None = None

    @property
    def asks_for_words(self) -> bool:
        """Whether it asks for speech in so many words: “what did X say”, and not “what did X propose”."""
        around = self.text
        for part in (self.topic, self.speaker):
            around = around.replace(part, " ", 1) if part else around
        return self.quotation is not None or _SAYING.search(around) is not None


def parse(text: str) -> Question:
    """Read a question in English; whatever fits no form of asking for speech is plain.

    Takes time linear in the text: each form scans it a fixed number of times.
    """
    plain = " ".join(text.split()).strip(" ?!.")
    asking = _ASKING.match(plain)
    plain = plain[asking.end() :] if asking else plain
    plain, when = take_time(plain)
    plain = reworded(plain)
    changed = _CHANGED.search(plain[-60:])
    plain = plain[: len(plain) - len(changed[0])] if changed else plain
    plain = _AND_WHAT.sub("", plain)
    asked = _WHEN_ASKED.fullmatch(plain)
    plain = f"{asked['question']} {asked['asked']}" if asked else plain
    for form in FORMS:
        found = form(plain)
        if found is not None:
            question = replace(_question(text, found, changed is not None), when=when)
            # “How much has X given to Y?” asks for a figure, whoever gives it; “how many does X say …” for X's; and
            # “when did X give it” for a day. “Where does X stand” asks for what X says.
            if _CONVERSING.match(plain):
                return Question(text, "plain")
            is_fact = _COUNTING.match(plain) or (_PLACING.match(plain) and question.loosely and not question.over_time)
            return Question(text, "plain") if is_fact and not question.asks_for_words else question
    whom = quoting(plain) if asking and _QUOTING.search(asking[0]) else None
    return replace(_question(text, whom, changed is not None), when=when) if whom else Question(text, "plain")


def _question(text: str, found: Found, changed: bool) -> Question:
    topic, quotation = _topic(found.topic)
    is_occasion = topic is not None and low(topic.split()[0]) in _OCCASIONS
    if found.intent == "who_said" and not topic:
        return Question(text, "plain")
    over_time = found.over_time or changed
    return Question(
        text,
        found.intent,
        found.speaker,
        topic,
        found.loosely,
        over_time,
        found.tentative,
        quotation,
        is_occasion,
        found.mentions and not quotation,
    )


def _topic(rest: str) -> tuple[str | None, str | None]:
    """What stands behind the verb without the words that lead to it, and the quotation that most of it is."""
    rest = rest.strip(" ,:;")
    leading = _LEADING.match(rest)
    rest = rest[leading.end() :] if leading else rest
    quoted = _quoted(rest)
    # A long quotation is what was said; a short one is a word that the question sets apart.
    quotation = quoted.strip(" ,") if len(quoted) >= len(rest) / 2 else None
    return (quotation or rest.strip(" ,:;")) or None, quotation or None


def _quoted(text: str) -> str:
    """What stands between quotation marks, "" for nothing; single ones reach as far as they can, past apostrophes."""
    double = _QUOTED.search(text)
    if double:
        return double[1]
    opening = _OPENING_SINGLE.search(text)
    closing = [mark.start() for mark in _CLOSING_SINGLE.finditer(text)]
    inside = text[opening.end() : closing[-1]] if opening and closing else ""
    return inside if len(inside) >= _LEAST_SINGLE else ""
