"""Where what was said stops: at the sentence's end, or where another voice or the reporter goes on before it."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import word_set
from index.statements.nouns import Phrase
from index.statements.subjects import subject_before
from index.statements.words import (
    ABOUT,
    AUXILIARIES,
    BASE_FORMS,
    CLAUSAL,
    CLAUSE_SUBJECTS,
    CONTINUES,
    CUES,
    DETERMINERS,
    NEGATIONS,
    OBJECTS,
    PARTICIPLES,
    PLAIN,
    PREPOSITIONS,
    PRONOUNS,
    SAY,
    SUBORDINATORS,
    TELL,
    TIME_WORDS,
    UTTER,
)

_LEAST_WORDS, _LEAST_CLAUSE, _LEAST_INFINITIVE = 4, 2, 3
_ELLIPTIC = word_set(
    """
    so too it that this him her them then again otherwise much to nothing something anything often once twice always
    now every each day night time year
    """
)
_NEAREST_VERB = 6
_BACKSHIFTED = word_set("would could might should")
_PAST = word_set("gave went took made left told came got put sent saw ran drove walked kept rose sat stood held met")
_VOICES = SAY | TELL | ((PLAIN | ABOUT) - PARTICIPLES - BASE_FORMS)
_DECLINING = word_set("declined refused declines refuses")


def until_end(row: Sequence[Token], cue: int, begin: int, end: int) -> Phrase | None:
    """From the content's first token to where it stops: the sentence's end, or another voice before it."""
    stop = begin
    while stop < end and not (stop > begin and _stops(row, cue, begin, stop, end)):
        stop += 1
    while stop > begin and row[stop - 1].kind == "mark" and row[stop - 1].text not in ")]%$":
        stop -= 1
    words = sum(row[i].kind == "word" for i in range(begin, stop))
    has_quote = any(row[i].kind == "quote" for i in range(begin, stop))
    is_infinitive = words == _LEAST_INFINITIVE and row[begin].low == "to" and begin > cue + 1
    is_infinitive = is_infinitive and row[begin + 1].low not in DETERMINERS and row[stop - 1].low not in _ELLIPTIC
    is_clausal = row[cue].low in SAY | TELL | CLAUSAL - OBJECTS
    is_short = is_infinitive or (is_clausal and is_short_clause(row, begin, stop))
    return (begin, stop) if has_quote or is_short or words >= _LEAST_WORDS else None


def is_short_clause(row: Sequence[Token], begin: int, end: int) -> bool:
    """“he lied”, “that it rained”: two or three words with a subject and a verb that tells more than “he did”."""
    words = row[begin + 1 if row[begin].low == "that" else begin : end]
    if len(words) < _LEAST_CLAUSE or any(word.kind != "word" for word in words):
        return False
    verbs = [word.low for word in words[1:]]
    if all(low in AUXILIARIES | NEGATIONS | PRONOUNS | _ELLIPTIC for low in verbs):
        return False
    if words[0].low.partition("'")[0] in CLAUSE_SUBJECTS:
        return True
    opening = words[0].low
    is_subject = opening in DETERMINERS or (words[0].is_capitalised and opening not in PREPOSITIONS | SUBORDINATORS)
    return is_subject and any(low in AUXILIARIES or low.endswith("ed") for low in verbs)


def _stops(row: Sequence[Token], cue: int, begin: int, i: int, end: int) -> bool:
    """Whether what was said ends before the token at `i`."""
    before, token = row[i - 1], row[i]
    if before.kind == "quote":
        if before.text in (".", "?", "!") and i - 1 == begin:
            return True
        if before.text == "," and not (token.low in CONTINUES or token.kind == "quote"):
            return True
    if token.kind == "mark":
        if token.text == "," and i + 1 < end and (_resumes(row, begin, i) or _turns_back(row, begin, i, end)):
            return True
        return token.text in (",", ";", "—", "–") and i + 1 < end and _stops_at_mark(row, cue, i, end)
    if token.low not in ("and", "but") or i + 2 >= end:
        return False
    is_joined = before.kind == "quote" or row[cue].low in OBJECTS
    is_another = _new_voice if is_joined else _new_teller
    return _speaks_on(row, cue, i + 1, end) or is_another(row, i + 1, end)


def _stops_at_mark(row: Sequence[Token], cue: int, mark: int, end: int) -> bool:
    following = row[mark + 1]
    if row[mark].text == ";" or following.low == "according" or following.low in PARTICIPLES:
        return True
    if _turns(row, mark + 1, end) or _interrupts(row, mark + 1, end) or _is_signed(row, mark + 1, end):
        return True
    is_joined = following.low in ("and", "but", "while", "though", "although")
    return is_joined and (_new_voice(row, mark + 2, end) or _speaks_on(row, cue, mark + 2, end))


def _resumes(row: Sequence[Token], begin: int, comma: int) -> bool:
    """“…, who said she would run, had called him”: behind its first comma a verb that belongs to the reporter."""
    following = row[comma + 1]
    is_verb = following.low in AUXILIARIES or (following.low in CUES - PARTICIPLES - BASE_FORMS)
    if not is_verb or not following.text.islower() or "'" in following.low:
        return False
    opening = row[begin + 1 if row[begin].low == "that" else begin].low
    if opening in PREPOSITIONS or opening in SUBORDINATORS:
        # “that before the flood, requests were made”
        return False
    return not any(row[i].text in (",", "—", "–", "(") for i in range(begin, comma))


def _turns_back(row: Sequence[Token], begin: int, comma: int, end: int) -> bool:
    """“…, she would think about it, and gave him soup”: a plain past behind “would” is the reporter's verb."""
    if comma + 2 >= end or row[comma + 1].low != "and":
        return False
    low = row[comma + 2].low
    is_past = low in _PAST or (low.endswith("ed") and row[comma + 2].text.islower())
    return is_past and any(row[i].low in _BACKSHIFTED for i in range(begin, comma))


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


def _is_signed(row: Sequence[Token], i: int, end: int) -> bool:
    """“…, the Ash Courier reported.”: who passes it on, at the sentence's end."""
    for cue in range(i + 1, min(end, i + _NEAREST_VERB)):
        if row[cue].kind != "word" or row[cue].low in AUXILIARIES:
            return False
        if row[cue].low in UTTER - PARTICIPLES - BASE_FORMS and row[cue].text.islower():
            is_last = all(row[j].kind == "mark" or row[j].low in TIME_WORDS | {"on"} for j in range(cue + 1, end))
            return is_last and subject_before(row, cue, i) == (i, cue)
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


def _new_teller(row: Sequence[Token], first: int, end: int) -> bool:
    """“… and a source said”: without a comma only the plainest verbs, and a subject right behind “and”."""
    cue = next((i for i in range(first + 1, min(end, first + 9)) if row[i].low in SAY | TELL), None)
    if (
        cue is None
        or row[first].low in PRONOUNS
        or any(row[i].kind != "word" or row[i].low in AUXILIARIES for i in range(first, cue))
    ):
        return False
    subject = subject_before(row, cue, first)
    return subject is not None and subject[0] == first


def _new_voice(row: Sequence[Token], first: int, end: int) -> bool:
    """Whether a new sayer with a verb of saying starts here."""
    for i in range(first, min(end, first + 9)):
        if row[i].low in _VOICES and row[i].text.islower():
            return i == first or subject_before(row, i, first) is not None
        if row[i].kind != "word" or row[i].low in AUXILIARIES:
            return False
    return False
