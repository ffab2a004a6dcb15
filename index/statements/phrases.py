"""Who stands beside a verb of saying: the noun phrase before or after it."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, ROLES, TITLES, WRITINGS, word_set
from index.statements.words import (
    AUXILIARIES,
    BASE_FORMS,
    BEFORE_CUE,
    CUES,
    DETERMINERS,
    NEGATIONS,
    OPENERS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)

Phrase = tuple[int, int]
"""Half-open range of token indices."""

_REACH = 40
_BE = word_set("is are was were be been being am he's she's")
_JOINING = word_set("of for at from with in on to")
_GOVERNING = PREPOSITIONS - {"after", "before", "since", "until"}
"""A noun phrase right after one of these is no subject."""
_POSTPOSED = word_set("close familiar loyal opposed linked involved briefed present allied aligned")
_VERBS = word_set(
    """
    went came got made took gave began met asked told said says won lost saw held ran left spoke according
    became appeared seemed wants wanted believes thinks think believe know knows knew
    """
)
_OUTSIDE = (AUXILIARIES | SUBORDINATORS | PREPOSITIONS | PRONOUNS | _VERBS) | (CUES - ROLES)
_NOT_CAPITAL = OPENERS | PREPOSITIONS | SUBORDINATORS | TIME_WORDS
_SPEAKING = ROLES | GROUPS | BODY_NOUNS | WRITINGS | TITLES
_NOMINAL = ROLES | GROUPS | BODY_NOUNS | WRITINGS | _POSTPOSED
_PERSONAL = PRONOUNS - {"who"}
_SPEECH = CUES - ROLES
_CLOSING = AUXILIARIES | SUBORDINATORS | PREPOSITIONS | PRONOUNS | TIME_WORDS | _SPEECH | frozenset(("recently",))
_APPOSED = SUBORDINATORS - {"as", "when", "while", "and"}


def subject_before(row: Sequence[Token], cue: int, first: int) -> Phrase | None:
    """The subject of the verb at `cue`, looking left no further than `first`; None when there is no clear one."""
    i = cue - 1
    skipped = []
    while i >= first and row[i].kind == "word" and _may_precede_cue(row, i, first) and row[i].low not in PRONOUNS:
        skipped.append(row[i].low)
        i -= 1
    if i < first or not _is_finite(row, cue, i, skipped):
        return None
    is_helped = any(word in AUXILIARIES or word == "to" for word in skipped)
    is_base = row[cue].low in BASE_FORMS and not is_helped
    if row[i].low in PRONOUNS:
        return (i, i + 1) if not is_base or row[i].low in ("they", "we", "i", "you", "who") else None
    phrase = _across_apposition(row, i, first) if row[i].text in (",", "—", "–", ")") else _ending_at(row, i, first)
    if phrase is None or not can_say(row, phrase) or (phrase[0] > first and row[phrase[0] - 1].low in _GOVERNING):
        return None
    return None if is_base and not _is_plural(row, phrase) else phrase


def _is_finite(row: Sequence[Token], cue: int, last: int, skipped: Sequence[str]) -> bool:
    """Whether the verb asserts that something was said: not denied, no bare infinitive, no passive, no noun."""
    if row[last].low in NEGATIONS or ("to" in skipped and "went" not in skipped):
        return False
    if row[cue].low not in PARTICIPLES and any(word in _BE for word in skipped):
        return False
    is_possessive = row[last].low.endswith("'s") or (row[last].text in "'’" and row[last - 1].low.endswith("s"))
    return not is_possessive


def _may_precede_cue(row: Sequence[Token], i: int, first: int) -> bool:
    low = row[i].low
    if low in NEGATIONS:
        return False
    if low in PRONOUNS:
        return True
    if low in BEFORE_CUE or (low.endswith("ly") and not row[i].is_capitalised and len(low) > 4):
        return True
    if low in TIME_WORDS:
        return not row[i].is_capitalised or i > first
    return low in ("on", "in") and i > first and i + 1 < len(row) and row[i + 1].low in TIME_WORDS


def _ending_at(row: Sequence[Token], last: int, first: int) -> Phrase | None:
    """The noun phrase whose last word is at `last`."""
    begin = last + 1
    i = last
    while i >= max(first, last - _REACH) and _belongs(row, i, first, last):
        begin = i
        i -= 1
        if row[i + 1].low in DETERMINERS and not (i > first and row[i].low in _JOINING and _is_nominal(row[i - 1])):
            break
    while begin <= last and (row[begin].low in _JOINING or row[begin].low in OPENERS or row[begin].text in ("'", "’")):
        begin += 1
    return (begin, last + 1) if begin <= last else None


def _belongs(row: Sequence[Token], i: int, first: int, last: int) -> bool:
    token = row[i]
    if token.kind != "word":
        return token.text in ("&", "’", "'") or (token.text == "-" and i > first)
    if token.low in ("and", "or"):
        return first < i < last and _may_coordinate(row[i - 1], row[i + 1])
    if token.low in _JOINING:
        return i > first and i < last and _is_nominal(row[i - 1])
    if token.is_capitalised:
        return token.low not in _NOT_CAPITAL
    return token.low not in _OUTSIDE


def _may_coordinate(left: Token, right: Token) -> bool:
    if left.kind != "word" or right.kind != "word" or right.low in DETERMINERS:
        return False
    return left.is_capitalised == right.is_capitalised or right.low in GROUPS


def _is_nominal(token: Token) -> bool:
    if token.kind != "word":
        return False
    return (token.is_capitalised and token.low not in PREPOSITIONS | OPENERS) or token.low in _NOMINAL


def _across_apposition(row: Sequence[Token], mark: int, first: int) -> Phrase | None:
    """“Z, the chief of W, said”: from the head that the last insertions hang on."""
    lowest = max(first, mark - _REACH)
    commas = [i for i in range(lowest, mark) if row[i].text in (",", "—", "–", "(") or row[i].kind == "quote"]
    if not commas:
        return None
    starts = [first, *(i + 1 for i in commas)] if lowest == first else [i + 1 for i in commas]
    for begin, end in zip(starts, [*commas, mark], strict=False):
        if end == mark or begin >= end or row[begin].kind == "quote":
            continue
        head = _ending_at(row, end - 1, begin)
        if head is None or not can_say(row, head) or not _is_only_opened(row, begin, head[0]):
            continue
        if any(row[i].kind == "quote" for i in range(end, mark)) or not _is_insertion(row, end + 1, mark):
            continue
        return (head[0], mark)
    return None


def _is_only_opened(row: Sequence[Token], begin: int, head: int) -> bool:
    """Whether nothing but a conjunction or “that” stands before the head in its clause."""
    return all(row[i].low in OPENERS or row[i].low in ("that", "and", "but") for i in range(begin, head))


def _is_insertion(row: Sequence[Token], begin: int, end: int) -> bool:
    """An apposition, a relative clause or a participle: no finite verb of its own outside of a relative."""
    if begin >= end:
        return False
    if row[begin].low in (
        "who",
        "whose",
        "which",
        "in",
        "at",
        "on",
        "like",
        "during",
        "after",
        "when",
        "whom",
        "for",
        "with",
    ):
        return True
    if row[begin].low in PRONOUNS or row[begin].low in _APPOSED:
        return False
    relative = False
    for i in range(begin, end):
        relative = relative or row[i].low in ("who", "which", "whose", "that", "whom")
        if not relative and row[i].low in AUXILIARIES:
            return False
    return True


def can_say(row: Sequence[Token], phrase: Phrase) -> bool:
    """Whether the head of a noun phrase is somebody or something that speaks."""
    head = _head(row, phrase)
    token = row[head]
    if token.kind != "word" or token.low in TIME_WORDS or token.text[0].isdigit():
        return False
    if any(row[i].low in AUXILIARIES for i in range(phrase[0], head + 1)):
        return False
    return (
        token.is_capitalised
        or token.low in _SPEAKING
        or token.low.endswith(("ers", "ors", "ists", "ians", "man", "woman"))
    )


def _head(row: Sequence[Token], phrase: Phrase) -> int:
    """The index of a phrase's head: its last word before a comma or a preposition."""
    head = phrase[0]
    for i in range(*phrase):
        if row[i].text in (",", "(", "—", "–") or (i > phrase[0] and row[i].low in PREPOSITIONS):
            break
        head = head if row[i].low in _POSTPOSED and i > phrase[0] else i
    return head


def _is_plural(row: Sequence[Token], phrase: Phrase) -> bool:
    words = [row[i].low for i in range(*phrase)]
    if words[0] in ("a", "an", "his", "her", "its", "this", "that"):
        return False
    last = row[_head(row, phrase)]
    is_plain = last.low.endswith("s") and (last.text[0].islower() or words[0] == "the")
    return is_plain or any(word in GROUPS or word == "and" for word in words)


def phrase_after(row: Sequence[Token], first: int, limit: int) -> Phrase | None:
    """The noun phrase that starts at `first`: “said X”, “according to X”; with its apposition if that is short."""
    if first >= limit or row[first].kind != "word":
        return None
    if row[first].low in _PERSONAL:
        return (first, first + 1)
    end = _core_after(row, first, limit)
    if end == first or not can_say(row, (first, end)):
        return None
    return (first, _with_apposition(row, first, end, limit))


def _core_after(row: Sequence[Token], first: int, limit: int) -> int:
    i = first
    while i < min(limit, first + 18):
        token = row[i]
        if token.kind != "word":
            if token.text not in ("&", "’", "'", "-"):
                break
        elif token.low in ("of", "for") or (token.low in ("and", "or") and i + 1 < limit):
            if i + 1 >= limit or row[i + 1].kind != "word" or row[i + 1].low in PRONOUNS:
                break
        elif token.low in ("at", "in", "with", "from"):
            if (
                row[i - 1].is_capitalised
                or i + 1 >= limit
                or not (row[i + 1].is_capitalised or row[i + 1].low == "the")
            ):
                break
        elif i > first and _closes_phrase(token):
            break
        i += 1
    while i > first and (row[i - 1].low in ("and", "or", "of", "for", "at", "in") or row[i - 1].kind != "word"):
        i -= 1
    return i


def _closes_phrase(token: Token) -> bool:
    low = token.low
    return low in _CLOSING or (low.endswith("ly") and token.text[0].islower())


def _with_apposition(row: Sequence[Token], first: int, end: int, limit: int) -> int:
    """“said Sergey R., a historian at X”: the apposition up to its comma or the sentence's end."""
    if end + 2 >= limit or row[end].text != ",":
        return end
    if not (row[end + 1].low in ("a", "an", "the") or row[end + 1].low in ROLES or row[end + 1].is_capitalised):
        return end
    for i in range(end + 1, min(limit, first + 19)):
        token = row[i]
        if token.kind == "quote" or token.low in AUXILIARIES or token.low in _SPEECH or token.low in ("that", "who"):
            return end
        if token.kind == "mark" and token.text not in ("’", "'", "-", "&"):
            has_role = any(row[j].low in ROLES or row[j].low in TITLES for j in range(end + 1, i))
            return i if has_role else end
    return end
