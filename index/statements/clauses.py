"""What follows a verb of saying: a quotation, a “that” clause, or nothing that was said."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, ROLES, word_set
from index.statements.extents import until_end
from index.statements.infinitives import is_infinitive
from index.statements.nouns import Phrase
from index.statements.objects import is_said_object
from index.statements.words import (
    AUXILIARIES,
    CLAUSAL,
    CLAUSE_SUBJECTS,
    CUES,
    DETERMINERS,
    INTENT,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
    ZERO_THAT,
)

_REACH = 30
_QUESTION_WORDS = word_set("how why what whether if where when who")
_OTHER_VERBS = SAY | frozenset(word for word in CUES if word.endswith("ed")) | {"told", "wrote"}
_DEICTIC = TIME_WORDS - word_set("morning afternoon evening night week month year weekend ago then also too")
_LEAST_WORDS = 4
_ASKING = word_set(
    "ask asks asked asking warn warns warned warning urge urges urged urging beg begs begged begging "
    "advise advises advised advising encourage encourages encouraged encouraging implore implored exhort exhorted"
)
_GERUND = word_set(
    """
    suggest suggests suggested report reports reported deny denies denied propose proposes proposed admits admitted
    acknowledged recalls recalled
    """
)
_INSERTED = word_set("however though meanwhile instead too as while when referring speaking again without")
_CIRCUMSTANCES = word_set("when where who if")
_DEMONSTRATIVE = word_set("this last next")
_NOT_SAID = word_set("something nothing anything yes goodbye hello little much more less enough")
_CLAIMING = word_set("claim claims claimed")
_HEARERS = word_set(
    "crowd audience newspaper cnn reuters network jury tribunal hearing panel inquiry rally conference magazine"
)
_NO_ADDRESSEE = (PREPOSITIONS - {"of"}) | TIME_WORDS | _QUESTION_WORDS | word_set("that not he she they we i it")
_TALES = word_set("joke jokes story stories tale tales lie lies truth fortune time")
"""What is told, and nobody it is told to."""
_SETTING = word_set("in on at during after before aboard from via following")
"""Prepositions of where and when something was said."""
_ARTICLES = word_set("the a an his her their its")
_NO_SUBJECT = DETERMINERS | PREPOSITIONS | word_set("and or but , to")
"""What no finite verb follows whose subject stands before: “added sugar to it and stirred”."""
_OFTEN = word_set("often once twice again every each so too")
_LEAST_QUOTED = 3
_WORKS = word_set(
    """
    book novel memoir film movie documentary play musical song single album poem painting exhibition show series episode
    podcast sequel autobiography biography trilogy opera ballet comedy drama thriller track
    """
)
"""What a quotation right behind is the title of."""


def content_after(row: Sequence[Token], cue: int, end: int, is_subordinate: bool = False) -> Phrase | None:
    """The tokens that say what was said, after the verb at `cue` in a sentence that ends before `end`.

    `is_subordinate` where the verb's own clause is one (“A day after X said …, Y”): it ends at a comma.
    None when the verb reports nothing here (“said a few words”, “called him”).
    """
    verb = row[cue].low
    if verb in ("point", "points", "pointed") and cue + 1 < end and row[cue + 1].low == "out":
        cue += 1
    i = _after_addressee(row, cue + 1, end) if verb in TELL | _ASKING else cue + 1
    if i >= end:
        return None
    if verb in TELL and any(token.low in _TALES for token in row[cue + 1 : i]):
        return None
    if i > cue + 1 and (row[i].low == "to" or (row[i].low == "not" and row[i + 1 : i + 2] and row[i + 1].low == "to")):
        return until_end(row, cue, i, end)
    start = _past_adverbials(row, i, end)
    if start < end:
        begin = _clause_start(row, cue, start, end)
        if begin is not None:
            return until_end(row, cue, begin, _end_of_subordinate(row, begin, end) if is_subordinate else end)
    if is_subordinate:
        end = _end_of_subordinate(row, cue, end)
    return _about(row, cue, end) if verb not in SAY and verb not in ("read", "reads") else None


def _end_of_subordinate(row: Sequence[Token], begin: int, end: int) -> int:
    return next((i for i in range(begin + 1, end) if row[i].text == "," and row[i].kind == "mark"), end)


def _clause_start(row: Sequence[Token], cue: int, i: int, end: int) -> int | None:
    """Where what was said starts, if it does at `i`: a quotation, or a clause that the verb takes."""
    if row[i].kind == "quote":
        # who reads “Some Book” says nothing; a letter that reads: “…” does
        return i if row[cue].low not in ("read", "reads") and not _is_work(row, i) else None
    if row[i].text in (":", ",", "—") and i + 1 < end and row[i + 1].kind == "quote":
        return i + 1 if row[i].text != "," or not _is_work(row, i + 1) else None
    return i if row[i].kind == "word" and _takes_clause(row, row[cue].low, i, end) else None


def _is_work(row: Sequence[Token], quote: int) -> bool:
    """“talked about her next book, “Low Water””: a title."""
    return row[quote - 2 if row[quote - 1].text == "," else quote - 1].low in _WORKS


def _takes_clause(row: Sequence[Token], verb: str, i: int, end: int) -> bool:
    """Whether the verb takes what stands at `i` for what was said."""
    low = row[i].low
    if low == "that":
        return (verb in CLAUSAL or verb == "out") and i + 1 < end
    if low in _QUESTION_WORDS and verb in CLAUSAL:
        return (low not in _CIRCUMSTANCES or verb in SAY | TELL | _ASKING) and _has_verb(row, i + 1, end)
    if _takes_phrase(row, verb, i, end):
        return True
    if verb in PARTICIPLES and verb in CLAUSAL and low in PRONOUNS:
        return _has_verb(row, i + 1, end)
    is_free = (verb in ZERO_THAT or verb == "out") and (verb not in PARTICIPLES or verb in SAY)
    return is_free and _opens_clause(row, verb, i, end)


def _takes_phrase(row: Sequence[Token], verb: str, i: int, end: int) -> bool:
    """“vowed to go”, “suggested waiting”, “warned of a flood”, “called for a vote”: what was said, without its verb."""
    low = row[i].low
    if low == "to":
        # who agreed to a pause has done so, and said nothing that could be shown
        return verb in INTENT | _CLAIMING and is_infinitive(row, i, end)
    if low in ("of", "against"):
        return verb.startswith("warn")
    if low.endswith("ing") and len(low) > 4:
        return verb in _GERUND
    return is_said_object(row, verb, i, end)


def _opens_clause(row: Sequence[Token], verb: str, i: int, end: int) -> bool:
    token = row[i]
    if token.low == "it" and i + 1 < end and row[i + 1].low in PREPOSITIONS | _OFTEN:
        # “says it every morning”: what, was told before
        return False
    if token.low.partition("'")[0] in CLAUSE_SUBJECTS or token.low in ("if", "when", "while", "because"):
        return True
    if token.low in PREPOSITIONS or token.low in SUBORDINATORS:
        return False
    if token.low in AUXILIARIES and "'" not in token.low and not token.is_capitalised:
        # “a bridge that she says is safe”: what was said began before
        return False
    if verb in SAY and end - i > _LEAST_WORDS and not (token.low.endswith("ly") or token.low in TIME_WORDS):
        return token.kind == "word" and token.low not in _NOT_SAID
    return (end - i >= _LEAST_WORDS or _has_quote(row, i, end)) and _has_verb(row, i + 1, end)


def _has_quote(row: Sequence[Token], first: int, end: int) -> bool:
    return any(row[i].kind == "quote" for i in range(first, end))


def _has_verb(row: Sequence[Token], first: int, end: int) -> bool:
    for i in range(first, min(end, first + 16)):
        token = row[i]
        if (
            token.kind == "quote"
            or token.low in AUXILIARIES
            or (token.text and token.kind == "word" and "'" in token.low and not token.low.endswith("'s"))
        ):
            return True
        is_finite = (
            token.low.endswith("ed") or (token.low.endswith("es") and _has_singular(row, i)) or token.low in CUES
        )
        if token.kind == "word" and token.text[0].islower() and is_finite and row[i - 1].low not in _NO_SUBJECT:
            return True
    return False


def _has_singular(row: Sequence[Token], verb: int) -> bool:
    """Whether a word in -es can be a verb: behind a name or a pronoun, not behind a noun as in “the job losses”."""
    return row[verb - 1].is_capitalised or row[verb - 1].low in PRONOUNS | {"that", "which"}


def _after_addressee(row: Sequence[Token], i: int, end: int) -> int:
    """Past whom it was told: “told reporters”, “told Fox News’s X”, “told a Senate committee”, “told me”."""
    if i >= end or row[i].kind != "word" or row[i].low in PREPOSITIONS | {"that", "not"}:
        return i
    if row[i].low in ("me", "him", "her", "us", "them", "you", "it"):
        return i + 1
    first = i
    while i < min(end, first + 10) and row[i].kind == "word" and not _ends_addressee(row, i, first):
        i += 1
        if row[i - 1].low in GROUPS | _HEARERS:
            break
    return i


def _ends_addressee(row: Sequence[Token], i: int, first: int) -> bool:
    token, before = row[i], row[i - 1]
    if token.low in _NO_ADDRESSEE or token.low in AUXILIARIES:
        return True
    if i > first and token.low in DETERMINERS and before.low not in PREPOSITIONS:
        # “told the council the bridge was safe”
        return True
    if i == first or token.is_capitalised or not before.is_capitalised or token.low in ROLES | {"of", "and"}:
        return False
    is_named = row[first].low in ("a", "an", "the") and token.low in BODY_NOUNS | GROUPS | _HEARERS
    return not is_named and not (row[first].low in ("a", "an") and i == first + 2)


def _past_adverbials(row: Sequence[Token], i: int, end: int) -> int:
    """Past when and where it was said: “on Monday”, “in an interview with X”, up to what was said."""
    limit = min(end, i + _REACH)
    while i < limit:
        token = row[i]
        if token.low in _DEMONSTRATIVE and not (i + 1 < limit and row[i + 1].low in TIME_WORDS):
            return i
        if token.low in TIME_WORDS:
            i += 1
        elif token.low in ("on", "in", "late", "early") and i + 1 < limit and row[i + 1].low in TIME_WORDS:
            i += 2
        elif token.low in PREPOSITIONS or token.low == "as":
            following = _past_prepositional(row, i + 1, limit)
            if following is None:
                return i
            i = following
        elif (
            token.kind == "mark" and token.text in (",", "—", "–") and i + 1 < limit and _is_inserted(row, i + 1, limit)
        ):
            following = _next_comma(row, i + 1, limit)
            if following is None:
                return i
            i = following + 1
        else:
            return i
    return i


def _is_inserted(row: Sequence[Token], i: int, limit: int) -> bool:
    return row[i].kind == "word" and (row[i].low in PREPOSITIONS | TIME_WORDS | _INSERTED) and i < limit


def _next_comma(row: Sequence[Token], i: int, limit: int) -> int | None:
    for j in range(i, min(limit, i + 14)):
        if row[j].text in (",", "—", "–"):
            return j
        if row[j].kind != "word":
            return None
    return None


def _past_prepositional(row: Sequence[Token], i: int, limit: int) -> int | None:
    """The index of “that”, of a quotation's mark or of a pronoun subject after a phrase with a preposition."""
    for j in range(i, limit):
        token = row[j]
        if token.kind == "quote" and j + 1 < limit and row[j + 1].low == "that":
            continue
        if token.low == "that" or token.kind == "quote":
            return j
        if token.text in "’'":
            continue
        if token.text in (":", ",") and j + 1 < len(row) and row[j + 1].kind == "quote":
            return j
        if token.low in CLAUSE_SUBJECTS - {"this", "these", "those", "it", "you"}:
            return j
        if (token.low in AUXILIARIES and token.text != "May") or token.kind != "word" or token.low in SAY | TELL:
            return None
        if j > i and (_begins_clause(row, i, j, limit) or _ends_in_time(row, j, limit)):
            return j
    return None


def _ends_in_time(row: Sequence[Token], i: int, limit: int) -> bool:
    is_time = row[i].low in _DEICTIC and row[i - 1].low not in PREPOSITIONS | DETERMINERS
    return is_time and i + 1 < limit


def _begins_clause(row: Sequence[Token], first: int, i: int, limit: int) -> bool:
    """“aboard a ferry the tide was late”: an article right behind a noun begins what was said, if a verb follows."""
    before = row[i - 1]
    if row[i].low not in _ARTICLES or row[first - 1].low not in _SETTING:
        return False
    is_small = before.low in PREPOSITIONS | DETERMINERS | SUBORDINATORS | {"to", "as"}
    is_noun = before.kind == "word" and (before.is_capitalised or not is_small)
    return is_noun and not before.low.endswith("ing") and _has_verb(row, i + 1, limit)


def _about(row: Sequence[Token], cue: int, end: int) -> Phrase | None:
    """“called it “a trap””: the quotation among a verb's objects, if it has words enough to be one."""
    for i in range(cue + 1, min(end, cue + _REACH)):
        token = row[i]
        if token.kind == "quote" and _is_work(row, i):
            return None
        if token.kind == "quote" and (token.end - token.start > _LEAST_QUOTED * 4 or _lists_another(row, i, end)):
            last = i
            while _lists_another(row, last, end):
                last += 1 if row[last + 1].kind == "quote" else 2
            return (i, last + 1)
        if token.kind == "quote":
            return None
        is_break = token.text in (";", ":") or (
            token.text in ("—", "–") and row[i + 1 : i + 2] and row[i + 1].kind == "word"
        )
        if is_break or token.low in _OTHER_VERBS or token.low in ("he", "she", "we", "i"):
            return None
        if token.low in DETERMINERS and row[i - 1].text in (".", "!"):
            return None
    return None


def _lists_another(row: Sequence[Token], quote: int, end: int) -> bool:
    """Whether a quotation is followed by the next of a list: “a trap,” “a sham” and “a lie”."""
    if quote + 1 < end and row[quote + 1].kind == "quote":
        return True
    return quote + 2 < end and row[quote + 1].low in ("and", "or", "but", ",") and row[quote + 2].kind == "quote"
