"""Given names that news write in several ways of which no rule of sounds tells: ee for i makes Colin of Colleen, too.

Names whole, so that Stephen is Steven and Stephenson is not Stevenson. Each line is one name, never its forms in other
languages or its short ones; what the rules of `variants.py` tell (Hassan, Hasan; Philip, Phillip) needs no line.
"""

from functools import cache

from index.terms import term_texts

_LEAST = 5
"""Stems that are shorter are those of other words, too: Waleed's is that of Wales."""
_SPELLINGS = """
abdullah abdallah abdulla
catherine katherine katharine kathryn
christopher kristopher
dmitri dimitri
elizabeth elisabeth
faisal faysal feisal
frederick fredrick frederic
geoffrey jeffrey jeffery
gamal jamal
hussein hussain husayn husein husain hossein
ibrahim ebrahim
jonathan jonathon
karim kareem
khaled khalid
lawrence laurence
leila layla laila leyla
mariam maryam
masoud massoud masood masud
muammar moammar
mustafa mostafa
nabil nabeel
nasser naser nasir
rachel rachael
rashid rasheed
salim saleem
sharif shareef
shaun shawn
stephen steven
suleiman sulaiman suleyman soleiman
tariq tarek tareq
yusuf yousef youssef yusef yousuf
zachary zackary zachery
zainab zaynab zeinab
"""


def other_spellings(term: str) -> tuple[str, ...]:
    """The terms that are the same given name as this term, spelled otherwise; none of what is no name here."""
    return tuple(other for other in _spelled().get(term, ()) if other != term)


@cache
def _spelled() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in _SPELLINGS.strip().splitlines():
        terms = tuple(dict.fromkeys(term for term in term_texts(line) if len(term) >= _LEAST))
        found |= dict.fromkeys(terms, terms)
    return found
