"""Objects of verbs that judge, answer and offer: which of them are what was said, and which were only dealt with."""

from collections.abc import Sequence

from index.speakers.tokens import Token
from index.speakers.words import GROUPS, ROLES, word_set
from index.statements.words import AUXILIARIES, DETERMINERS, OBJECTS, PREPOSITIONS, TIME_WORDS

_LEAST_WORDS = 4
_REACH = 24
_OBJECT_PRONOUNS = word_set("him her them it us me")
_CLAIMS = word_set(
    """
    notion notions idea ideas suggestion suggestions claim claims allegation allegations accusation accusations charge
    charges criticism criticisms assertion assertions argument arguments report reports rumor rumors rumour rumours
    speculation talk characterization comparison comparisons contention concern concerns fear fears question questions
    complaint complaints warning warnings calls call theory theories possibility remark remarks comment comments
    statement statements version account narrative insinuation insinuations implication wrongdoing involvement
    knowledge responsibility guilt blame link links connection connections existence intention interest
    count counts offence offences offense offenses
    """
)
"""What is denied, dismissed or rejected in words; a motion, a bill or an aide is so in deed."""
_DEEDS = word_set(
    """
    decision decisions record role plan plans policy policies position positions stance handling use action actions
    choice approach conduct behaviour behavior commitment response strategy endorsement support right rights vote
    wisdom motive motives legality value fairness fitness ability honesty judgment judgement timing process move
    proposal words strikes measures measure law tactics practice practices reforms
    """
)
"""What is defended or questioned in words; a title, a goal or a suspect is so in deed."""
_QUALIFYING = word_set("for as over of that to whose")
_POSSESSIVES = word_set("his her their its our my your")
_INDEFINITE = (DETERMINERS - {"the", "this", "that", "these", "those"}) | word_set("plans new")
_NAMING = word_set("a an the one another no not too very so nothing")
_PARTICLES = word_set("off up out back in on over to again down away forth together upon for home")
_ADJECTIVAL = ("al", "ful", "less", "ous", "ive", "ic", "able", "ible", "ish", "ary", "fair", "ing", "ed", "ent", "ant")
_ADJECTIVES = word_set(
    """
    wrong false fake weak sad bad good great dead crazy stupid dumb corrupt crooked racist sexist absurd unjust untrue
    illegal late premature necessary unnecessary lazy silly ugly nasty dirty cheap mad insane unwise unusual perfect
    """
)
_PREDICATE_ENDS = word_set("and but because for in given as when while after if that to by on at")

_CALL = word_set("call calls called calling")
_DESCRIBE = word_set("describe describes described")
_ACCUSE = word_set("accuse accuses accused")
_ANSWER = word_set(
    "reject rejects rejected rejecting dismiss dismisses dismissed deny denies denied denying dispute disputes disputed"
)
_STAND_FOR = word_set("defend defends defended question questions questioned")
_JUDGE = word_set(
    """
    criticize criticizes criticized criticise criticises criticised denounce denounces denounced condemn condemns
    condemned praise praises praised
    """
)
_STRESS = word_set(
    """
    reiterate reiterates reiterated stress stresses stressed emphasize emphasizes emphasized emphasise emphasised
    express expresses expressed underscore underscores underscored
    """
)
_OFFER = word_set(
    """
    announce announces announced announcing propose proposes proposed proposing predict predicts predicted demand
    demands demanded demanding
    """
)


def is_said_object(row: Sequence[Token], verb: str, i: int, end: int) -> bool:
    """Whether the object at `i` of a verb of `OBJECTS` tells what was said: “him a liar”, and not “the police”.

    With a quotation in it, it does. Otherwise the frame decides: one calls somebody something, accuses of, describes
    as, dismisses a claim, praises for; announces what is new or told more of.
    """
    if verb not in OBJECTS or end - i <= _LEAST_WORDS:
        return False
    low = row[i].low
    if low in ("for", "on"):
        return verb in _CALL and (low == "for" or any(token.low in ("to", "for") for token in row[i : i + _REACH]))
    is_phrase = low in DETERMINERS | _OBJECT_PRONOUNS or row[i].is_capitalised
    clause = row[i : _clause_end(row, i, end)]
    if is_phrase and any(token.kind == "quote" for token in row[i : min(end, i + _REACH)]):
        return True
    if verb in _ANSWER:
        return _is_claim(clause, _CLAIMS) or (is_phrase and any(token.low == "as" for token in clause))
    if not is_phrase and not (verb in _OFFER and low[0].isdigit()):
        return False
    return _fits(verb, clause)


def _fits(verb: str, clause: Sequence[Token]) -> bool:
    """Whether an object has what its verb needs beside it."""
    if verb in _CALL:
        return _is_named(clause)
    if verb in _DESCRIBE | _ACCUSE:
        needed = "as" if verb in _DESCRIBE else "of"
        return any(token.low == needed for token in clause)
    if verb in _STAND_FOR:
        return _is_claim(clause, _CLAIMS | _DEEDS) or any(token.low == "as" for token in clause)
    if verb in _OFFER and (clause[0].low in _INDEFINITE or clause[0].low[0].isdigit()):
        return True
    return verb not in _JUDGE | _OFFER | _STRESS or _is_qualified(clause)


def _clause_end(row: Sequence[Token], i: int, end: int) -> int:
    """Where the object's clause ends, at most: a semicolon, a dash, or the reach."""
    limit = min(end, i + _REACH)
    return next((j for j in range(i + 1, limit) if row[j].text in ";—–"), limit)


def _is_claim(clause: Sequence[Token], nouns: frozenset[str]) -> bool:
    """Whether one of the nouns heads the object: it stands before what the object's first preposition opens."""
    for at, token in enumerate(clause):
        if token.low in nouns:
            return True
        if token.kind != "word" or (at and token.low in (PREPOSITIONS | TIME_WORDS | {"to", "that", "who"}) - {"of"}):
            return False
    return False


def _is_qualified(clause: Sequence[Token]) -> bool:
    """Whether more than somebody's name is told: whose it is, what for, that it is so."""
    if clause[0].low in _POSSESSIVES or any(token.low.endswith("'s") for token in clause[:-1]):
        return True
    heads = ((clause[i - 1].low, clause[i].low) for i in range(1, len(clause)))
    return any(low in _QUALIFYING and not (low == "of" and _is_person(head)) for head, low in heads)


def _is_person(low: str) -> bool:
    return low in ROLES | GROUPS or low.endswith(("men", "man", "ers", "ors"))


def _is_named(clause: Sequence[Token]) -> bool:
    """“him a liar”, “the closing of the quay a mistake”, “the toll unfair”: somebody or something, and as what."""
    is_owner = clause[0].low == "her" and clause[1].low in ROLES | GROUPS
    if clause[0].low in _OBJECT_PRONOUNS | {"this", "that"} and not is_owner:
        after = clause[1]
        is_free = after.low not in PREPOSITIONS | TIME_WORDS | _PARTICLES and not after.low.endswith("ly")
        return after.kind == "word" and after.low not in ("and", "or", "but") and (is_free and not _is_time(clause, 1))
    for at in range(1, len(clause) - 1):
        token, before = clause[at], clause[at - 1]
        if token.kind != "word" or token.low in AUXILIARIES | TIME_WORDS | {"to", "who", "that", "which"}:
            return False
        if before.low in PREPOSITIONS | DETERMINERS | {"and", "or", "to"}:
            continue
        if token.low in _NAMING and not _is_time(clause, at):
            return True
        following = clause[at + 1]
        is_last = following.kind != "word" or following.low in _PREDICATE_ENDS
        if is_last and (token.low in _ADJECTIVES or (token.low.endswith(_ADJECTIVAL) and len(token.low) > 4)):
            return token.text.islower() and (clause[0].low in DETERMINERS or clause[0].low.endswith("'s")) and at > 1
    return False


def _is_time(clause: Sequence[Token], at: int) -> bool:
    """“the next day”, “a week ago”: when it was."""
    return any(token.low in TIME_WORDS or token.low in ("day", "hour", "time") for token in clause[at : at + 3])
