"""Words that two translators or two outlets give for one: canonical forms, for comparing statements alone.

Only words that can replace each other in what somebody says, without saying something else. They
are never used to search: there, the user's word is meant.
"""

from functools import cache

from index.terms import term_texts

_GROUPS = """
ready willing prepared
talk talks negotiate negotiation negotiating negotiations dialogue discussions
aim goal objective purpose
aid help assistance
many numerous
time times occasion occasions
incessant ceaseless unceasing constant continuous nonstop
withdraw pull
force forces troop troops
soldier soldiers serviceman servicemen
wish wishes want wants wanted desire desires
start begin commence
end finish conclude
stop halt cease
rise increase grow
fall drop decrease decline
buy purchase
big large
huge enormous immense
small little
quick quickly fast swift swiftly rapid rapidly
happen occur
possible conceivable
course path way road
choose pick
attempt try effort
chance opportunity
currently presently now moment
deserve merit
answer reply response respond
important significant
clear obvious evident
difficult hard
mistake error
wrong incorrect
true correct
sure certain
last final
foe enemy adversary
ally partner
border frontier
city town
nation country
people folk
child children kid kids
ship ships vessel vessels
hospital clinic
house home
job work
money funds
cost price
damage harm hurt
destroy demolish
kill murder
protect defend safeguard
attack assault strike
missile rocket
weapon weapons arms
murderer killer
fight struggle battle
victory triumph
prevent avert
continue proceed
remain stay
return back
demand insist
permit allow let
require need
obtain receive
give provide supply
send dispatch
speak talk
tell say
show demonstrate indicate
believe think
know understand
hope expect
fear worry concern
unhappy disgruntled dissatisfied discontented
regret sorry
glad happy pleased
angry furious
terrible awful dreadful horrible
great tremendous
whole entire
nearly almost
immediately instantly once
autumn fall
port harbour harbor
fisherman fishermen fisher fishers
us usa america american americans
lawmaker lawmakers legislator legislators parliamentarian
"""
_IRREGULAR = """
keep kept; leave left; lose lost; win won; buy bought; bring brought; think thought; teach taught; seek sought; catch
caught; fight fought; build built; send sent; spend spent; lend lent; bend bent; hold held; sell sold; tell told; say
said; pay paid; hear heard; make made; mean meant; meet met; feed fed; lead led; feel felt; find found; stand stood;
understand understood; begin began begun; drink drank drunk; sink sank sunk; swim swam; sing sang sung; ring rang
rung; run ran; come came; become became; give gave given; take took taken; break broke broken; speak spoke spoken;
steal stole stolen; choose chose chosen; freeze froze frozen; wake woke woken; write wrote written; ride rode ridden;
drive drove driven; rise rose risen; fall fell fallen; see saw seen; know knew known; grow grew grown; throw threw
thrown; draw drew drawn; fly flew flown; show shown; eat ate eaten; forget forgot forgotten; forgive forgave forgiven;
hide hid hidden; bite bit bitten; wear wore worn; tear tore torn; swear swore sworn; shake shook shaken; withdraw
withdrew withdrawn; sit sat; get got gotten; dig dug; strike struck; stick stuck; sleep slept; sweep swept; deal
dealt; shoot shot; flee fled; do did done
"""
"""Verbs whose forms no stemmer brings together."""
_OTHER_WORDS = frozenset(term_texts("left saw found felt rose"))
"""Forms that are other words as well: the left bank, a saw."""
LIGHT = frozenset(
    term_texts("go goes going gone get gets got take takes took make makes made hold holds keep keeps long")
)
"""Verbs that carry no meaning of their own: “take part”, “hold talks”, “going to”."""


@cache
def canonical(term: str) -> str:
    """What a term (folded and stemmed, as `index.terms` gives it) is compared by."""
    return _classes().get(term, term)


@cache
def irregular_forms() -> frozenset[str]:
    """Past forms of irregular verbs, as they are written."""
    groups = (line.split() for line in " ".join(_IRREGULAR.split()).split(";"))
    return frozenset(word for group in groups for word in group[1:])


@cache
def irregular_terms() -> dict[str, frozenset[str]]:
    """The terms of each form of an irregular verb → those of its other forms."""
    groups = [frozenset(term_texts(line)) - _OTHER_WORDS for line in " ".join(_IRREGULAR.split()).split(";")]
    return {term: group - {term} for group in groups for term in group}


@cache
def _classes() -> dict[str, str]:
    """Each term of a group → the group's first; a term of two groups belongs to the first one."""
    classes: dict[str, str] = {}
    irregular = " ".join(_IRREGULAR.split()).split(";")
    for line in (*_GROUPS.strip().splitlines(), *irregular):
        terms = term_texts(line)
        name = classes.get(terms[0], terms[0])
        for term in terms:
            classes.setdefault(term, name)
    return classes
