"""Whose verb it is: the noun phrase before a verb of saying."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import BODY_NOUNS, GROUPS, ROLES, WRITINGS, word_set
from index.statements.nouns import POSTPOSED, Phrase, can_say, is_plural
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
    UTTER,
    ZERO_THAT,
)

_REACH = 40
_LONGEST_RELATIVE = 16
_THINKING = word_set(
    "think thinks thought believe believes believed hope hopes hoped feel feels felt suspect suspected"
)
"""“Those who believe Reck said so”: there what follows “who” takes Reck's clause."""
_MODALS = frozenset(("could", "would", "might", "can"))
"""Who “could only say: “…”” did; who “would say so” did not."""
_LONGEST_TITLE, _YEAR = 40, 4
_BE = word_set("is are was were be been being am he's she's")
_JOINING = word_set("of for at from with in on to")
_BEFORE_NUMBERS = frozenset(("the", "these", "those", "all"))
_GOVERNING = PREPOSITIONS - {"after", "before", "since", "until"}
"""A noun phrase right after one of these is no subject."""
_VERBS = word_set(
    """
    went came got made took gave began met asked told said says won lost saw held ran left spoke according
    became appeared seemed wants wanted believes thinks think believe know knows knew
    """
)
_ASIDE_WORDS = word_set("however though too meanwhile instead again finally also then therefore nevertheless")
_NOUN_OR_VERB = word_set(
    "report reports claim claims estimate estimates comment comments post posts state answer promise charge tweet blog"
)
_OUTSIDE = (AUXILIARIES | SUBORDINATORS | PREPOSITIONS | PRONOUNS | _VERBS) | (CUES - ROLES)
_NOT_CAPITAL = OPENERS | PREPOSITIONS | SUBORDINATORS | TIME_WORDS
_NOMINAL = ROLES | GROUPS | BODY_NOUNS | WRITINGS | POSTPOSED
_CLAUSAL = (AUXILIARIES | SUBORDINATORS | PRONOUNS | _VERBS | (CUES - ROLES)) - {"and", "or"}
_GOING_ON = word_set("went continue continues continued continuing began begins begun")
_INSERTED = word_set("who whose which in at on like during after when whom for with")
_WRITTEN = WRITINGS | frozenset(f"{noun}s" for noun in WRITINGS) | word_set("assessment assessments data records files")
_APPOSED = SUBORDINATORS - {"as", "when", "while", "and"}


def subject_before(row: Sequence[Token], cue: int, first: int) -> Phrase | None:
    """The subject of the verb at `cue`, looking left no further than `first`; None when there is no clear one."""
    contracted = _contracted_pronoun(row, cue, first)
    if contracted is not None:
        return contracted
    i = cue - 1
    skipped = []
    quotes = cue + 2 < len(row) and row[cue + 1].text in (",", ":") and row[cue + 2].kind == "quote"
    while i >= first and row[i].kind == "word" and row[i].low not in PRONOUNS:
        if not (_may_precede_cue(row, i, first) or (quotes and row[i].low in _MODALS)):
            break
        skipped.append(row[i].low)
        i -= 1
    i = _before_inserted_word(row, i, first)
    if i > first and row[i].low == "that" and row[i - 1].low in _WRITTEN and not skipped:
        # “assessments that said it was safe”
        return _writing_before(row, i - 1, first)
    if i < first or not _is_finite(row, cue, i, skipped):
        return None
    is_helped = any(word in AUXILIARIES or word == "to" for word in skipped)
    is_base = row[cue].low in BASE_FORMS and not is_helped
    if row[i].low in PRONOUNS:
        return (i, i + 1) if not is_base or row[i].low in ("they", "we", "i", "you", "who") else None
    is_uttered = row[cue].low in UTTER
    related = _before_relative(row, cue, i, first)
    phrase = related or (
        _across_apposition(row, i, first) if row[i].text in (",", "—", "–", ")") else _ending_at(row, i, first)
    )
    if related is None and (phrase is None or not can_say(row, phrase, is_uttered) or _is_governed(row, phrase, first)):
        phrase = _long_subject(row, i, first) if is_uttered else None
    if phrase is None:
        return None
    return None if is_base and not is_plural(row, phrase) else phrase


def _writing_before(row: Sequence[Token], last: int, first: int) -> Phrase | None:
    """The noun phrase of a writing, without an infinitive: “to weigh and publicly share reports that said”."""
    phrase = _ending_at(row, last, first)
    if phrase is None or phrase[0] == first or row[phrase[0] - 1].low != "to":
        return phrase
    verb = next((i + 1 for i in range(last, phrase[0], -1) if row[i].low in ("and", "or")), last)
    while verb < last and row[verb].low.endswith("ly"):
        verb += 1
    return (verb + 1, last + 1) if verb < last else phrase


def _before_relative(row: Sequence[Token], cue: int, last: int, first: int) -> Phrase | None:
    """“A man who knew Reck said”: the noun phrase that the relative clause belongs to, clause included."""
    if row[cue].low not in UTTER - PARTICIPLES - BASE_FORMS or row[last].kind != "word":
        return None
    for who in range(last - 1, max(first, last - _LONGEST_RELATIVE), -1):
        token = row[who]
        if token.kind != "word" or token.low in SUBORDINATORS - {"and", "or"} or token.low in PRONOUNS - {"who"}:
            return None
        if token.low == "who":
            verb, head = row[who + 1], _ending_at(row, who - 1, first)
            is_verb = (
                verb.kind == "word" and verb.text.islower() and verb.low not in DETERMINERS | ZERO_THAT | _THINKING
            )
            is_head = head is not None and can_say(row, head, is_uttered=True) and not _is_governed(row, head, first)
            return (head[0], last + 1) if head is not None and is_head and is_verb else None
    return None


def _before_inserted_word(row: Sequence[Token], i: int, first: int) -> int:
    """Past one word in commas: “The two, however, say …”."""
    is_inserted = i > first + 1 and row[i].text == "," and row[i - 2].text == "," and row[i - 1].low in _ASIDE_WORDS
    return i - 3 if is_inserted else i


def _contracted_pronoun(row: Sequence[Token], cue: int, first: int) -> Phrase | None:
    """“She’s saying …” and “they’ve also said …”: the pronoun is part of the auxiliary."""
    i = cue - 1
    while i > first and (row[i].low in ("also", "now", "just", "already") or row[i].low.endswith("ly")):
        i -= 1
    if i < first or row[cue].low not in UTTER:
        return None
    pronoun, apostrophe, ending = row[i].low.partition("'")
    is_active = row[cue].low in PARTICIPLES if ending in ("s", "re", "m") else ending in ("ve", "d", "ll")
    is_said = ending == "s" and row[cue].low in ("said", "argued", "warned", "insisted")
    return (i, i + 1) if apostrophe and pronoun in PRONOUNS - {"who"} and (is_active or is_said) else None


def _is_governed(row: Sequence[Token], phrase: Phrase, first: int) -> bool:
    return phrase[0] > first and row[phrase[0] - 1].low in _GOVERNING


def _long_subject(row: Sequence[Token], last: int, first: int) -> Phrase | None:
    """“A letter from the council obtained by the Courier says”: a noun phrase from its clause's start on."""
    begin = last + 1
    while begin > max(first, last - _REACH) and (
        _is_in_long_subject(row[begin - 1]) or _is_noun_here(row, begin - 1, first)
    ):
        begin -= 1
    if begin > first and not (row[begin - 1].text in ",—–;" or row[begin - 1].low in SUBORDINATORS):
        return None
    while begin <= last and (row[begin].low in OPENERS or row[begin].low in ("and", "or")):
        begin += 1
    if begin >= last or row[begin].low in PREPOSITIONS or row[begin].kind != "word" or row[begin].low.endswith("ing"):
        return None
    participle = next((i for i in range(begin + 1, last) if row[i].low.endswith(("ing", "ed"))), last + 1)
    return (begin, last + 1) if can_say(row, (begin, participle), is_uttered=participle <= last) else None


def _is_in_long_subject(token: Token) -> bool:
    if token.kind != "word":
        return token.text in "&'’()"
    return token.low not in _CLAUSAL


def _is_finite(row: Sequence[Token], cue: int, last: int, skipped: Sequence[str]) -> bool:
    """Whether the verb asserts that something was said: not denied, no bare infinitive, no passive, no noun."""
    if row[last].low in NEGATIONS or ("to" in skipped and not _GOING_ON & set(skipped)):
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
    if low in ("on", "in"):
        return i > first and i + 1 < len(row) and _is_date(row, i + 1)
    return (low in TIME_WORDS and not row[i].is_capitalised) or (i > first and _is_date(row, i))


def _is_date(row: Sequence[Token], i: int) -> bool:
    """A day, a month or a year: “May” and a number only behind a preposition."""
    is_told = row[i].text == "May" or (row[i].text.isdigit() and len(row[i].text) == _YEAR)
    return row[i].low in TIME_WORDS or (is_told and i > 0 and row[i - 1].low in ("in", "late", "early", "last"))


def noun_before(row: Sequence[Token], cue: int, first: int) -> Phrase | None:
    """What a participle describes: “a hat reading …”, “the voice saying …”."""
    phrase = _ending_at(row, cue - 1, first)
    if phrase is not None and row[phrase[0]].low.endswith("ing") and phrase[1] - phrase[0] > 1:
        # “waving signs saying …”
        phrase = (phrase[0] + 1, phrase[1])
    return phrase if phrase is not None and can_say(row, phrase, is_uttered=True) else None


def with_subject(row: Sequence[Token], cue: int, first: int) -> Phrase | None:
    """“…, with Reck noting that …”: the subject of a participle."""
    last = cue - 1
    while last > first and (row[last].low.endswith("ly") or row[last].low in TIME_WORDS | {"recently", "also"}):
        last -= 1
    phrase = _ending_at(row, last, first)
    is_apart = phrase is not None and phrase[0] > first and row[phrase[0] - 1].low == "with"
    return phrase if phrase is not None and is_apart and can_say(row, phrase) else None


def _ending_at(row: Sequence[Token], last: int, first: int) -> Phrase | None:
    """The noun phrase whose last word is at `last`."""
    begin = last + 1
    i = last
    while i >= max(first, last - _REACH) and _belongs(row, i, first, last):
        begin = i
        i -= 1
        joins = i > first and row[i].low in _JOINING and _is_nominal(row[i - 1])
        if row[i + 1].low in DETERMINERS and not joins and not (i >= first and row[i].low in _BEFORE_NUMBERS):
            break
    while begin <= last and (row[begin].low in _JOINING or row[begin].low in OPENERS or row[begin].text in ("'", "’")):
        begin += 1
    return (begin, last + 1) if begin <= last else None


def _is_noun_here(row: Sequence[Token], i: int, first: int) -> bool:
    """A verb of saying that is a noun where it stands: “a report”, “the Quinnipiac poll claims”."""
    before = row[i - 1] if i > first else None
    if before is None or row[i].low not in _NOUN_OR_VERB or before.kind != "word":
        return False
    return before.low in DETERMINERS or before.low.endswith(("'s", "er", "nt", "al", "ed")) or before.is_capitalised


def _belongs(row: Sequence[Token], i: int, first: int, last: int) -> bool:
    token = row[i]
    if i < last + 1 and _is_noun_here(row, i, first):
        return True
    if token.kind != "word":
        return token.text in ("&", "’", "'", "%") or (token.text == "-" and i > first)
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
    commas = [i for i in range(lowest, mark) if row[i].text in (",", "—", "–", "(") or _is_long_quote(row[i])]
    if not commas:
        return None
    starts = [first, *(i + 1 for i in commas)] if lowest == first else [i + 1 for i in commas]
    for begin, end in zip(starts, [*commas, mark], strict=False):
        if end == mark or begin >= end or row[begin].kind == "quote":
            continue
        head = _ending_at(row, end - 1, begin)
        if head is None or not can_say(row, head) or not _is_only_opened(row, begin, head[0]):
            continue
        if any(_is_long_quote(row[i]) for i in range(end, mark)) or not _is_insertion(row, end + 1, mark):
            continue
        return (head[0], mark)
    return None


def _is_long_quote(token: Token) -> bool:
    """A quotation that is no title: “the author of “Low Water,” said”."""
    return token.kind == "quote" and (token.end - token.start > _LONGEST_TITLE or token.text in ".?!")


def _is_only_opened(row: Sequence[Token], begin: int, head: int) -> bool:
    """Whether nothing but a conjunction or “that” stands before the head in its clause."""
    return all(row[i].low in OPENERS or row[i].low in ("that", "and", "but") for i in range(begin, head))


def _is_insertion(row: Sequence[Token], begin: int, end: int) -> bool:
    """An apposition, a relative clause or a participle: no finite verb of its own outside of a relative."""
    if begin >= end:
        return False
    if row[begin - 1].text == "(":
        closing = next((i for i in range(begin, end) if row[i].text == ")"), end)
        return closing + 1 >= end or (row[closing + 1].kind == "mark" and _is_insertion(row, closing + 2, end))
    is_clause = row[begin].low in (PRONOUNS | _APPOSED) - _INSERTED
    if is_clause or any(_is_own_verb(row, i) for i in range(begin + 1, end)):
        return False
    if row[begin].low in _INSERTED:
        return True
    relative = False
    for i in range(begin, end):
        relative = relative or row[i].low in ("who", "which", "whose", "that", "whom")
        if not relative and row[i].low in AUXILIARIES:
            return False
    return True


def _is_own_verb(row: Sequence[Token], i: int) -> bool:
    """“X, who left, said he would run, called …”: behind a comma a verb of saying is the sentence's own."""
    return row[i - 1].text == "," and row[i].low in UTTER - PARTICIPLES - BASE_FORMS and row[i].text.islower()
