"""What follows a verb of saying: a quotation, a “that” clause, or nothing that was said."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import GROUPS, ROLES, word_set
from index.statements.nouns import Phrase
from index.statements.phrases import subject_before
from index.statements.words import (
    AUXILIARIES,
    BASE_FORMS,
    CLAUSAL,
    CLAUSE_SUBJECTS,
    CONTINUES,
    CUES,
    DETERMINERS,
    INTENT,
    OBJECTS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
    UTTER,
    ZERO_THAT,
)

_REACH = 30
_QUESTION_WORDS = word_set("how why what whether if where when who")
_OTHER_VERBS = SAY | frozenset(word for word in CUES if word.endswith("ed")) | {"told", "wrote"}
_DEICTIC = TIME_WORDS - word_set("morning afternoon evening night week month year weekend ago then also too")
_LEAST_WORDS = 4
_ASKING = word_set("ask asks asked asking warn warns warned warning urge urges urged urging beg begs begged begging")
_GERUND = word_set(
    "suggest suggests suggested report reports reported deny denies denied propose proposes proposed admitted"
)
_INSERTED = word_set("however though meanwhile instead too as while when referring speaking again without")
_DECLINING = word_set("declined refused declines refuses")
_CIRCUMSTANCES = word_set("when where who if")
_DEMONSTRATIVE = word_set("this last next")
_NOT_SAID = word_set("something nothing anything yes goodbye hello little much more less enough")
_CLAIMING = word_set("claim claims claimed")
_OBJECT_PRONOUNS = word_set("him her them it us me")
_LEAST_QUOTED = 3
_NEAREST_VERB = 6


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
    if i > cue + 1 and row[i].low == "to":
        return _until_end(row, cue, i, end)
    start = _past_adverbials(row, i, end)
    if start < end:
        begin = _clause_start(row, cue, start, end)
        if begin is not None:
            return _until_end(row, cue, begin, _end_of_subordinate(row, begin, end) if is_subordinate else end)
    if is_subordinate:
        end = _end_of_subordinate(row, cue, end)
    return _about(row, cue, end) if verb not in SAY and verb not in ("read", "reads") else None


def _end_of_subordinate(row: Sequence[Token], begin: int, end: int) -> int:
    return next((i for i in range(begin + 1, end) if row[i].text == "," and row[i].kind == "mark"), end)


def _clause_start(row: Sequence[Token], cue: int, i: int, end: int) -> int | None:
    """Where what was said starts, if it does at `i`: a quotation, or a clause that the verb takes."""
    if row[i].kind == "quote":
        # who reads “Some Book” says nothing; a letter that reads: “…” does
        return i if row[cue].low not in ("read", "reads") else None
    if row[i].text in (":", ",", "—") and i + 1 < end and row[i + 1].kind == "quote":
        return i + 1
    return i if row[i].kind == "word" and _takes_clause(row, row[cue].low, i, end) else None


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
        return verb in INTENT | _CLAIMING
    if low in ("of", "against"):
        return verb.startswith("warn")
    if low.endswith("ing") and len(low) > 4:
        return verb in _GERUND
    is_object = low in DETERMINERS | _OBJECT_PRONOUNS or row[i].is_capitalised or low in ("for", "on")
    return verb in OBJECTS and is_object and end - i > _LEAST_WORDS


def _opens_clause(row: Sequence[Token], verb: str, i: int, end: int) -> bool:
    token = row[i]
    if token.low.partition("'")[0] in CLAUSE_SUBJECTS or token.low in ("if", "when", "while", "because"):
        return True
    if token.low in PREPOSITIONS or token.low in SUBORDINATORS:
        return False
    if verb in SAY and end - i > _LEAST_WORDS and not (token.low.endswith("ly") or token.low in TIME_WORDS):
        return token.kind == "word" and token.low not in _NOT_SAID
    return (end - i >= _LEAST_WORDS or _has_quote(row, i, end)) and _has_verb(row, i + 1, end)


def _has_quote(row: Sequence[Token], first: int, end: int) -> bool:
    return any(row[i].kind == "quote" for i in range(first, end))


def _has_verb(row: Sequence[Token], first: int, end: int) -> bool:
    for token in row[first : min(end, first + 16)]:
        if (
            token.kind == "quote"
            or token.low in AUXILIARIES
            or (token.text and token.kind == "word" and "'" in token.low and not token.low.endswith("'s"))
        ):
            return True
        if token.kind == "word" and token.text[0].islower() and (token.low.endswith(("ed", "es")) or token.low in CUES):
            return True
    return False


def _after_addressee(row: Sequence[Token], i: int, end: int) -> int:
    """Past whom it was told: “told reporters”, “told Fox News’s X”, “told me”."""
    if i >= end or row[i].kind != "word" or row[i].low == "that" or row[i].low in PREPOSITIONS:
        return i
    if row[i].low in ("me", "him", "her", "us", "them", "you", "it"):
        return i + 1
    first = i
    while (
        i < min(end, first + 10)
        and row[i].kind == "word"
        and row[i].low not in ("that", "he", "she", "they", "it", "we", "i")
    ):
        capital = row[i].is_capitalised and row[i].low not in TIME_WORDS
        if i > first and not capital and row[i - 1].is_capitalised and row[i].low not in ROLES | {"of", "and"}:
            break
        if row[i].low in PREPOSITIONS - {"of"} or row[i].low in TIME_WORDS or row[i].low in AUXILIARIES:
            break
        i += 1
        if row[i - 1].low in GROUPS or (
            row[i - 1].low in ("crowd", "audience", "newspaper", "cnn", "reuters", "network")
        ):
            break
    return i


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
        if j > i and token.low in _DEICTIC and row[j - 1].low not in PREPOSITIONS | DETERMINERS and j + 1 < limit:
            return j
    return None


def _until_end(row: Sequence[Token], cue: int, begin: int, end: int) -> Phrase | None:
    """From the content's first token to where it stops: the sentence's end, or another voice before it."""
    stop = begin
    while stop < end and not (stop > begin and _stops(row, cue, begin, stop, end)):
        stop += 1
    while stop > begin and row[stop - 1].kind == "mark" and row[stop - 1].text not in ")]%$":
        stop -= 1
    words = sum(row[i].kind == "word" for i in range(begin, stop))
    has_quote = any(row[i].kind == "quote" for i in range(begin, stop))
    return (begin, stop) if has_quote or words >= _LEAST_WORDS else None


def _stops(row: Sequence[Token], cue: int, begin: int, i: int, end: int) -> bool:
    """Whether what was said ends before the token at `i`."""
    before, token = row[i - 1], row[i]
    if before.kind == "quote":
        if before.text in (".", "?", "!") and i - 1 == begin:
            return True
        if before.text == "," and not (token.low in CONTINUES or token.kind == "quote"):
            return True
    if token.kind == "mark":
        return token.text in (",", ";", "—", "–") and i + 1 < end and _stops_at_mark(row, cue, i, end)
    if token.low not in ("and", "but") or i + 2 >= end:
        return False
    is_joined = before.kind == "quote" or row[cue].low in OBJECTS
    return _speaks_on(row, cue, i + 1, end) or (is_joined and _new_voice(row, i + 1, end))


def _stops_at_mark(row: Sequence[Token], cue: int, mark: int, end: int) -> bool:
    following = row[mark + 1]
    if row[mark].text == ";" or following.low == "according" or following.low in PARTICIPLES:
        return True
    if _turns(row, mark + 1, end) or _interrupts(row, mark + 1, end):
        return True
    is_joined = following.low in ("and", "but", "while", "though", "although")
    return is_joined and (_new_voice(row, mark + 2, end) or _speaks_on(row, cue, mark + 2, end))


def _interrupts(row: Sequence[Token], i: int, end: int) -> bool:
    """“… who call it a tide, Reck said, “…””: a sayer and a verb before the next quotation; or a verb right away."""
    if row[i].low in UTTER - PARTICIPLES - BASE_FORMS and row[i].text.islower():
        return True
    for cue in range(i + 1, min(end - 2, i + _NEAREST_VERB)):
        if row[cue].kind != "word" or row[i].low in ("but", "and"):
            return False
        if row[cue].low in UTTER - PARTICIPLES:
            return row[cue + 1].text in (",", ":") and row[cue + 2].kind == "quote"
    return False


def _speaks_on(row: Sequence[Token], cue: int, i: int, end: int) -> bool:
    """Whether the sayer's next verb of saying stands at `i`, in the tense of the one before: “… and called it …”."""
    while i < end and (row[i].low.endswith("ly") or row[i].low in ("also", "then", "later")):
        i += 1
    if i + 1 < end and row[i].low in _DECLINING:
        return True
    if i + 1 >= end or row[i].low not in CUES or row[i].low in BASE_FORMS or not row[i].text[0].islower():
        return False
    return row[i].low.endswith("s") == row[cue].low.endswith("s") and row[i].low not in PARTICIPLES


def _turns(row: Sequence[Token], i: int, end: int) -> bool:
    """Whether the reporter goes on in a main clause of their own: “…, but he sounded …”, “…, and she walked out”."""
    if i + 1 >= end:
        return False
    following = row[i + 1]
    if row[i].low == "and":
        return following.low in ("he", "she", "the", "they") or following.is_capitalised
    return row[i].low == "but" and (following.is_capitalised or following.low in PRONOUNS | DETERMINERS)


def _new_voice(row: Sequence[Token], first: int, end: int) -> bool:
    """Whether a new sayer with a verb of saying starts here."""
    for i in range(first, min(end, first + 9)):
        if row[i].low in SAY or row[i].low in TELL or row[i].low in ("added", "argued", "insisted", "noted"):
            return i == first or subject_before(row, i, first) is not None
        if row[i].kind != "word" or row[i].low in AUXILIARIES:
            return False
    return False


def _about(row: Sequence[Token], cue: int, end: int) -> Phrase | None:
    """“called it “a trap””: the quotation among a verb's objects, if it has words enough to be one."""
    for i in range(cue + 1, min(end, cue + _REACH)):
        token = row[i]
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
