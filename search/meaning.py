"""What a text means beside names and numbers: its words, and whether another one tells them in some form."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.spellings import shared_beginning
from index.stopwords import FUNCTION_WORDS
from index.terms import Term, content_terms, term_texts, terms
from search.kindred import are_kindred
from search.synonyms import LIGHT, canonical
from search.wordings import word_set

FRAME = frozenset(
    term_texts(
        "according passage passages document documents article articles text report reports reported reporting state "
        "states stated note notes noted add adds added explain explained mention mentions mentioned describe describes "
        "described announce announces announced statement come comes came call calls called include includes included "
        "including name named"
    )
    + [one for one in LIGHT if one != "long"]
)
"""What is told by whoever tells anything, and verbs without a meaning of their own."""
_TELLING = word_set("all every each both most only ever always more less fewer against because therefore despite above")
"""Small words that say how many, how often, why or which way: they need be told, too."""
_CONTRARY = {
    "before": "after",
    "after": "before",
    "under": "over",
    "over": "under",
    "below": "above",
    "for": "against",
}
"""Small words that are not told where only their contrary is."""
_SMALL_ELSEWHERE = word_set(
    "der die das den dem des ein eine einen einem einer eines und oder aber auch sowie dass wie als wenn weil da so er "
    "sie es ihr ihre ihren sein seine seinen man sich ist sind war waren wird werden wurde wurden hat haben hatte "
    "hatten in im am an auf aus bei bis durch für mit nach seit über um von vom vor während zu zum zur unter gegen "
    "laut le la les l un une de du des d et ou mais que qu qui dont où il elle ils elles on se s ce cet cette "
    "ces son sa "
    "ses leur leurs est sont était étaient a ont avait avaient été sera seront dans en sur sous par pour avec à au aux "
    "depuis selon comme el los las lo y e o u pero del al su sus es era eran fue fueron ha han había habían será serán "
    "con por para desde según como gli i uno una ed ma che chi cui dove lui lei loro si è erano fu furono hanno aveva "
    "avevano sarà saranno nel nella nei sul sulla da dal dalla di dei delle degli per tra fra secondo os as um uma do "
    "dos das ao à no na nos nas em e mas são foi foram tem têm het een en of maar ook dat die wie waar hij zij ze zich "
    "was waren wordt werd werden heeft hebben had op uit bij tot door voor met na sinds over om van volgens и или но "
    "что кто который которая которое которые где когда он она они оно его её их это эта этот был была было были будет "
    "будут есть в во на по из с со к ко о об от до для при за под над между после перед также как"
)
"""Words of other languages that say nothing by themselves; held to be such in texts that are not English."""
_LEAST_ENGLISH = 0.15
"""Of an English text's words at least this share are function words."""
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_SHARED, _LEAST_WHOLE = 5, 4
_ENDINGS = word_set(
    "e i y s d t n r al ial enti ion ation ition or er ar ment ness ly li ful ive ic ician iti ti ance anc ence "
    "enc ant "
    "ent able abl ible ing ed en is iz ism hood ship dom th age ag ure ur"
)
"""What forms of one word may end in behind their common beginning; not “ist” and “less”, which say something else."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Texts by their terms, to be asked whether they tell those of another.

    `exact` are all terms, `plain` those of words in small letters: what is only a name has no other forms. Texts are
    English where their small words are.
    """

    exact: frozenset[str]
    plain: frozenset[str]
    is_english: bool

    @classmethod
    def of(cls, text: str) -> "Meant":
        """One text by its terms."""
        found = terms(text)
        words = [word.lower() for word in _WORD.findall(text)]
        return cls(
            frozenset(one.text for one in found),
            frozenset(one.text for one in found if text[one.start].islower()),
            sum(word in FUNCTION_WORDS for word in words) >= _LEAST_ENGLISH * len(words),
        )

    def __or__(self, other: "Meant") -> "Meant":
        """Both texts together."""
        return Meant(self.exact | other.exact, self.plain | other.plain, self.is_english and other.is_english)

    def tells(self, term: str) -> bool:
        """Whether they tell a term in some form: as a synonym, by what tells the same, as another part of speech."""
        meant = canonical(term)
        return (
            term in self.exact
            or any(canonical(other) == meant for other in self.exact)
            or any(is_form(term, other) for other in self.plain)
            or any(are_kindred(one, other) for one in {term, meant} for other in self.plain)
        )

    def untold(self, text: str, named: Collection[int]) -> Iterator[str]:
        """Words of a text that these do not tell; those that begin at `named` are names or numbers, and left out."""
        for one in content_terms(text) + self._telling(text):
            word = text[one.start : one.end]
            is_small = one.text in FRAME if self.is_english else word.lower() in _SMALL_ELSEWHERE
            if one.start not in named and not is_small and not self.tells(one.text):
                yield word

    def _telling(self, text: str) -> list[Term]:
        found = ((one, text[one.start : one.end].lower()) for one in terms(text))
        return [one for one, word in found if word in _TELLING or _CONTRARY.get(word) in self.exact]


@lru_cache(maxsize=1 << 16)
def is_form(one: str, other: str) -> bool:
    """Whether two terms are forms of one word, by what they end in behind a common beginning."""
    same = shared_beginning(one, other)
    ends = {one[same:], other[same:]}
    if ends == {"d", "s"} and same >= _LEAST_WHOLE:
        return True  # “decide” and “decision”
    is_long = same >= _LEAST_SHARED or (same >= _LEAST_WHOLE and "" in ends)
    return is_long and all(end == "" or end in _ENDINGS for end in ends)
