"""Whose statements a question means: a name in any known form, a role, or a body and those who speak for it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from index.library import Snapshot, StatementQuery
from index.terms import term_texts
from index.types import Filters, StoredStatement
from search.bearers import bearers
from search.mending import near_words
from search.names import is_name, name_forms
from search.roles import FORMER, SPOKEN_FOR, concepts, countries, head_of, heads, initials, leaders, people, wordings

_PARAGRAPHS = 400
"""So many paragraphs with a role's words are looked at for its bearers."""
_MOST_BEARERS = 4
_MOST_DOCUMENTS = 30
_RELATIVE = re.compile(r"[,\s]+(?:who|which|that)\b(?! (?:has |had )?(?:serve[sd]|work(?:s|ed)?|led|leads|is|was)\b)")
"""What stands behind “who” is told of somebody; only what they serve as is their role."""
_SPEAKS = concepts("spokesperson")
_GOVERNING = _SPEAKS | concepts("minister president premier chancellor ambassador envoy")
"""Who speaks for a country."""
_PERSONAL = frozenset(("he", "she", "mr", "mrs", "ms", "dr", "who"))
_SEVERAL = re.compile(r",? and |, ")
_SUFFIX = re.compile(r",? [JS]r\.?$")
_LEAST_LETTERS = 5
"""Shorter surnames have too many neighbours."""
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_WORDINGS = 1 << 16
"""So many wordings of sayers stay taken apart: 100,000 paragraphs of news have 20,000."""


@dataclass(frozen=True, slots=True)
class Sayers:
    """Whoever a speaker as typed may be: `own` statements, and `deputies`, those of a body's spokespeople.

    Both in the library's order, without repeats. `is_known` tells that the library knows who is meant,
    whether they said anything or not. `meant` is the name that was typed with a slip.
    """

    typed: str
    own: tuple[StoredStatement, ...]
    deputies: tuple[StoredStatement, ...] = ()
    is_known: bool = True
    meant: str | None = None

    @property
    def all(self) -> tuple[StoredStatement, ...]:
        """Own statements, then those of deputies."""
        return self.own + self.deputies


def find_sayers(snapshot: Snapshot, filters: Filters, typed: str) -> Sayers:
    """Find the statements of a speaker as typed: by name, by role, of several by each, or by a name with a slip."""
    parts = [part.strip() for part in _SEVERAL.split(typed) if part.strip()]
    each = [_find(snapshot, filters, part) for part in parts] if len(parts) > 1 else []
    # “The Ministry of Trade and Industry” is one, and neither half of it is known.
    if each and all(one.is_known for one in each):
        return Sayers(
            typed, tuple(_merged(*(one.own for one in each))), tuple(_merged(*(one.deputies for one in each)))
        )
    found = _find(snapshot, filters, typed)
    if found.is_known:
        return found
    name, comma, _ = typed.partition(", ")
    if comma and is_name(name):
        # “Orr, the harbour master”: what stands behind the comma tells more of the same person.
        return find_sayers(snapshot, filters, name)
    near = _by_initials(snapshot, filters, typed) or _by_near_name(snapshot, filters, typed)
    if near and len({one.speaker_id for one in near}) == 1:
        return Sayers(typed, _allowed(snapshot, filters, near), meant=near[0].speaker)
    return found


def learn_wordings(snapshot: Snapshot) -> None:
    """Take apart now how sayers are worded, which the first question for an acronym would wait for."""
    for mention in snapshot.mentions():
        _told(mention)


def _find(snapshot: Snapshot, filters: Filters, typed: str) -> Sayers:
    """A name before a role, a mention before an apposition elsewhere."""
    named = _by_name(snapshot, filters, typed)
    role = _Role.read(typed)
    may_be_body = all(concepts(one.speaker or "") == role.concepts and not _is_persons(one) for one in named)
    if (named and not may_be_body) or not role.concepts or role.is_anybody:
        return Sayers(typed, _allowed(snapshot, filters, named), is_known=bool(named))
    itself, speaking = _by_mention(snapshot, filters, role)
    theirs = _merged(named, itself)
    known = bool(theirs or speaking)
    if not known and role.is_person:
        names = bearers(snapshot, filters, role.concepts, role.possessor, role.terms)[:_MOST_BEARERS]
        known = bool(names)
        theirs = _merged(*(_of(snapshot, filters, name) for name in names))
    own = _allowed(snapshot, filters, theirs)
    deputies = tuple(one for one in _allowed(snapshot, filters, speaking) if one not in own)
    return Sayers(typed, own, deputies, known)


def _by_initials(snapshot: Snapshot, filters: Filters, typed: str) -> list[StoredStatement]:
    """“RFK Jr.” for Robert F. Kennedy Jr."""
    short = typed.removesuffix(" Jr.").removesuffix(" Jr").lower()
    if not _ACRONYM.fullmatch(short.upper()) or not typed.startswith(short.upper()):
        return []
    called = [identity for identity, name in snapshot.people().items() if short in initials(_SUFFIX.sub("", name))]
    said = (theirs for identity in called if (theirs := _of(snapshot, filters, identity)))
    # Two are enough to tell that it may be anybody.
    return [one for theirs in islice(said, 2) for one in theirs]


def _by_near_name(snapshot: Snapshot, filters: Filters, typed: str) -> list[StoredStatement]:
    """A person whose surname was typed with a slip, and is nowhere in the library as it was typed."""
    before, _, last = typed.rpartition(" ")
    form = term_texts(last)
    if len(last) < _LEAST_LETTERS or len(form) != 1:
        return []
    found: list[StoredStatement] = []
    for word in near_words(snapshot, last, form[0]):
        found += _by_name(snapshot, filters, f"{before} {word}".strip()) if word[:1].isupper() else []
    return [one for one in found if one.speaker]


@lru_cache(maxsize=_WORDINGS)
def _told(mention: str) -> frozenset[str]:
    """The concepts of a mention, without what is told of its bearer behind “who”."""
    return concepts(_RELATIVE.split(mention, maxsplit=1)[0])


@dataclass(frozen=True, slots=True)
class _Role:
    """A role or body as typed, by its concepts; `possessor` are those of “Biden's” in “Biden's adviser”."""

    typed: str
    concepts: frozenset[str]
    possessor: frozenset[str]
    head: str
    """What it is above all: the “minister” of “Italy's foreign minister”."""
    acronyms: tuple[tuple[str, frozenset[str]], ...]
    """The words in capitals, each with its concept: “NSC” may be spelled out."""

    @classmethod
    def read(cls, typed: str) -> "_Role":
        owner, of, _ = typed.replace("’", "'").partition("'s ")
        possessor = concepts(owner) - countries() if of else frozenset[str]()
        acronyms = tuple((word, concepts(word)) for word in _ACRONYM.findall(typed))
        return cls(typed, concepts(typed), possessor, head_of(typed), acronyms)

    @property
    def is_person(self) -> bool:
        """Whether somebody is that: “the foreign minister”, “US officials”; and no body."""
        return self.head in people()

    @property
    def is_anybody(self) -> bool:
        """“The president”, and no more: that may be anybody's."""
        return self.concepts <= leaders()

    @property
    def terms(self) -> tuple[str, ...]:
        """What the lexical index knows its wordings by."""
        words = [word for concept in sorted(self.concepts) for word in wordings(concept)]
        return tuple(dict.fromkeys([*term_texts(self.typed), *(term for word in words for term in term_texts(word))]))

    def names(self, mention: str) -> bool:
        """Whether a mention is of this role: all of its concepts are in it; any leader is “the leader”.

        It is the role itself, not somebody's who works for it, and not that of another time.
        """
        found = _told(mention)
        missing = self.concepts - found
        if len(missing) > 1 or (missing and missing != {"leader"} and not self._shortens(missing, mention)):
            return False
        told = _RELATIVE.split(mention, maxsplit=1)[0]
        if self.is_person and not (self.head in heads(told) or (self.head == "leader" and heads(told) & leaders())):
            return False
        if FORMER.search(told) and not FORMER.search(self.typed):
            return False
        if missing == {"leader"}:
            return not found.isdisjoint(leaders()) or self._shortens(missing, mention)
        return True

    def _shortens(self, missing: frozenset[str], mention: str) -> bool:
        for short, concept in self.acronyms:
            if concept == missing:
                # Most mentions lack one of the letters.
                return all(letter in mention for letter in short) and short.lower() in initials(mention)
        return False

    def is_itself(self, mention: str) -> bool:
        """Whether a mention is of the body, its officials, or what it gives out, and of nobody else."""
        rest = concepts(mention) - self.concepts
        return rest <= SPOKEN_FOR - _SPEAKS or self._is_spelled(mention)

    def _is_spelled(self, mention: str) -> bool:
        return self.typed.removeprefix("the ").lower() in initials(mention) and concepts(mention).isdisjoint(people())


def _by_name(snapshot: Snapshot, filters: Filters, typed: str) -> list[StoredStatement]:
    for form in name_forms(typed):
        found = _of(snapshot, filters, form)
        if found:
            return found
    return []


def _is_persons(statement: StoredStatement) -> bool:
    """Whether a mention, such as “he” or “President Orr”, is a person's."""
    first = (statement.mention or "").split(" ")[0].lower().rstrip(".")
    return first in _PERSONAL or not concepts(first).isdisjoint(people() - SPOKEN_FOR)


def _of(snapshot: Snapshot, filters: Filters, speaker: str) -> list[StoredStatement]:
    return snapshot.statements(StatementQuery(replace(filters, speaker=speaker)))


def _allowed(snapshot: Snapshot, filters: Filters, found: Sequence[StoredStatement]) -> tuple[StoredStatement, ...]:
    """Those that the filter for a speaker lets through: a question may name somebody else."""
    if filters.speaker is None:
        return tuple(found)
    allowed = {one.speaker_id for one in _of(snapshot, filters, filters.speaker)}
    return tuple(one for one in found if one.speaker_id in allowed)


def _by_mention(
    snapshot: Snapshot, filters: Filters, role: _Role
) -> tuple[list[StoredStatement], list[StoredStatement]]:
    """Statements whose sayer is called so where they stand, and all others of the same speakers."""
    filters_but_speaker = replace(filters, speaker=None)
    if role.acronyms:
        # What it is short for may be spelled out: no word of it need be there.
        called = tuple(mention for mention in snapshot.mentions() if role.names(mention))
        query = StatementQuery(filters_but_speaker, mentions=called)
    else:
        hits = snapshot.lexical(role.terms, _PARAGRAPHS, filters_but_speaker)
        query = StatementQuery(filters_but_speaker, paragraphs=tuple(hit.row for hit in hits))
    near = snapshot.statements(query)
    matching = [one for one in near if one.mention and role.names(one.mention)]
    own = [one for one in matching if role.is_person or role.is_itself(one.mention or "")]
    theirs = {one.id for one in own}
    others = [one for one in matching if one.id not in theirs]
    speaking = [one for one in others if not _SPEAKS.isdisjoint(concepts(one.mention or ""))]
    if role.concepts <= countries():
        speaking = [one for one in others if not _GOVERNING.isdisjoint(heads(one.mention or ""))]
    return _with_others(snapshot, filters, own), _with_others(snapshot, filters, speaking)


def _with_others(snapshot: Snapshot, filters: Filters, found: Sequence[StoredStatement]) -> list[StoredStatement]:
    ids = tuple(dict.fromkeys(one.speaker_id for one in found if one.speaker_id))
    theirs = [one for identity in ids[:_MOST_BEARERS] for one in _of(snapshot, filters, identity)]
    nameless = [one for one in found if one.speaker_id is None]
    documents = tuple(dict.fromkeys(one.document.id for one in nameless))[:_MOST_DOCUMENTS]
    rows = tuple(p.row for document in documents for p in snapshot.document(document).paragraphs)
    inside = snapshot.statements(StatementQuery(paragraphs=rows)) if rows else []
    known = {one.id for one in nameless}
    for document in documents:
        theirs += _followers([one for one in inside if one.document.id == document], known)
    return _merged(theirs, nameless)


def _followers(statements: Sequence[StoredStatement], known: set[str]) -> Iterator[StoredStatement]:
    """“The official added” behind “a defense official says”: nameless both, one until another official comes."""
    head: frozenset[str] = frozenset()
    for one in sorted(statements, key=lambda one: one.statement.cue):
        if one.speaker_id is not None or not one.mention:
            continue
        called = concepts(one.mention)
        if one.id in known:
            head = called & (people() | _SPEAKS)
        elif head and called == head and one.mention.lower().startswith("the "):
            yield one
        elif called & head:
            head = frozenset()


def _merged(*parts: Sequence[StoredStatement]) -> list[StoredStatement]:
    by_id = {one.id: one for part in parts for one in part}
    return sorted(
        by_id.values(), key=lambda one: (one.document.published or "9999", one.document.id, one.statement.start)
    )


def is_name_like(typed: str) -> bool:
    """Whether what is typed names somebody or some body in particular: it is refused by that name if it is silent."""
    return (is_name(typed) and not typed[:1].islower()) or not concepts(typed).isdisjoint(countries())
