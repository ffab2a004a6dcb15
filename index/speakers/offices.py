"""The roles that stand beside a name: their nouns, what qualifies them, and whom they make a relative."""

from collections.abc import Sequence

from index.speakers.namings import ADJECTIVES, Naming
from index.speakers.tokens import Token
from index.speakers.words import NOT_NAMES, RELATIVES, ROLES, TITLES, VERB_FORMS

_ROLE_REACH = 12
UNDER = frozenset(("deputy", "vice", "assistant", "former", "acting", "elect", "interim", "then"))
"""What makes another role of a role: “the governor” is not the deputy governor."""
_STARTS = (("ex-", "former"), ("then-", "former"), ("vice-", "vice"), ("co-", "co"))
_NO_ROLES = NOT_NAMES - {"former"} | VERB_FORMS
_HEADS = {
    "spokesman": "spokesperson", "spokeswoman": "spokesperson", "chairman": "chair", "chairwoman": "chair",
    "advisor": "adviser", "sen": "senator", "gov": "governor", "rep": "representative", "pres": "president",
    "congressman": "representative", "congresswoman": "representative", "gen": "general", "candidate": "nominee",
}  # fmt: skip


def head_of(role: str) -> str:
    """A role's noun in the form under which spokesmen and spokeswomen meet."""
    plain = role.rstrip(".")
    return _HEADS.get(plain, plain)


def office_of(role: str) -> tuple[str, frozenset[str]]:
    """A role's noun, and what its own ends make of it: “ex-mayor” is a former one, “mayor-elect” not one yet."""
    for start, mod in _STARTS:
        if role.startswith(start):
            return head_of(role.removeprefix(start)), frozenset((mod,))
    if role.endswith("-elect"):
        return head_of(role.removesuffix("-elect")), frozenset(("elect",))
    return head_of(role), frozenset()


def is_office(low: str) -> bool:
    """Whether a small-lettered word names what one person is: “spokesman”, “ex-senator”."""
    if low in ROLES or low in TITLES - ADJECTIVES:
        return True
    return office_of(low)[0] in ROLES and bool(office_of(low)[1])


def is_aged(following: Sequence[Token]) -> bool:
    """“Orla Venn, 33,”."""
    if len(following) < 3 or following[0].text != "," or following[2].text not in ",.":
        return False
    return following[1].text.isdecimal() and 10 <= int(following[1].text[:4]) <= 110


def is_relative(words: Sequence[Token], first: int) -> bool:
    """Whether the word right before a name, or before the comma in front of it, makes a relative: “his wife, Orla”."""
    before = first - 2 if first and words[first - 1].text == "," else first - 1
    return before >= 0 and words[before].low in RELATIVES


def roles_beside(words: Sequence[Token], first: int, end: int, naming: Naming) -> list[tuple[str, frozenset[str], int]]:
    """The roles that the words around a name give it."""
    found: list[tuple[str, frozenset[str], int]] = []
    before = [word for word in words[first:end] if word.end <= naming.start]
    i = first - 1
    while i >= 0 and first - i <= 6 and words[i].kind == "word" and not _parts(words, i):
        before.insert(0, words[i])
        i -= 1
    if first >= 1 and words[first - 1].text == ",":
        before += _apposition(words, range(first - 2, max(-1, first - 2 - _ROLE_REACH), -1))
    after: list[Token] = []
    if end < len(words) and words[end].text == ",":
        after = _apposition(words, range(end + 1, min(len(words), end + 1 + _ROLE_REACH)))
    elif end + 1 < len(words) and words[end].low == "is" and words[end + 1].low in ("the", "a", "an"):
        after = _apposition(words, range(end + 2, min(len(words), end + 2 + _ROLE_REACH)))
    for side in (before, after):
        heads = [word for word in side if is_office(word.low) or word.low in RELATIVES]
        if heads:
            head = heads[-1] if side is before else _first_head(side, heads)
            noun, own = office_of(head.low)
            mods = frozenset(word.low.removesuffix("'s") for word in side if word is not head)
            found.append((noun, mods | own, naming.start))
    return found


def _parts(words: Sequence[Token], i: int) -> bool:
    """Whether a word parts a name from what stands before it: “Mayor Venn praised Governor Reck”."""
    is_verb = words[i].low.endswith("ed") and i > 0 and words[i - 1].is_capitalised and words[i - 1].low not in TITLES
    return words[i].low in _NO_ROLES or (is_verb and words[i - 1].low not in NOT_NAMES)


def _first_head(side: Sequence[Token], heads: Sequence[Token]) -> Token:
    """What somebody is by the words behind them: of “the mayor’s son” the son."""
    owners = [word.start for word in side if word.low.endswith("'s")]
    return next((head for head in heads if not owners or head.start > owners[-1]), heads[0])


def _apposition(words: Sequence[Token], reach: range) -> list[Token]:
    taken: list[Token] = []
    for i in reach:
        if words[i].kind != "word" or words[i].low in ("who", "which", "said", "says", "was", "is", "has", "had"):
            break
        taken.append(words[i])
    return sorted(taken) if reach.step < 0 else taken
