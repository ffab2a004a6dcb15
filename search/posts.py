"""Whether a text tells where somebody works by the post that they hold: “Ada Orr, a historian at Tolm College”."""

import re
from dataclasses import dataclass

from index.terms import term_texts

_ASKED = re.compile(
    r"\W*(?i:where|(?:for |at )?(?:who|whom|what|which)\b[^?]{0,40}?) (?:does|do|did|is|are) "
    r"(?P<who>(?:[A-Z][\w'’.-]*\s){1,4})(?P<verb>work|works|teach|working|teaching|employed)\b"
    r"(?:\s+(?:for|at|in|now|today|currently))?\W*\Z"
)
_KIN = (
    "son|daughter|wife|husband|widow|widower|brother|sister|father|mother|child|friend|native|resident|member|fan|part"
    "|city|town|village|country|river|company|group"
)
"""Of whom or where they are is told by these, too, but not where they work."""
_OF_POST = rf"(?:(?!(?:{_KIN})\b)[\w'’-]+ ){{1,6}}?(?:at|of|for|with) (?:the )?[A-Z]"


@dataclass(frozen=True, slots=True)
class Post:
    """Whose place of work a question asks for: `verb` is the term of “work”."""

    verb: str
    _told: re.Pattern[str]

    def is_told_by(self, text: str) -> bool:
        """Whether a text tells a post of theirs; linear."""
        return self._told.search(text) is not None


def post(question: str) -> Post | None:
    """Whose place of work an English question asks for; None for other questions."""
    found = _ASKED.match(question)
    if found is None:
        return None
    name = re.escape(found["who"].split()[-1])
    told = (
        rf"\b{name}(?:,(?: who (?:is|was|works as))?| is| was) (?:an? |the |now )?{_OF_POST}"
        rf"|\b{name} of (?:the )?[A-Z]"
        rf"|\b{_OF_POST}[^,.;]{{0,60}}, (?:[A-Z][\w'’.-]* ){{0,3}}{name}\b"
    )
    return Post(term_texts(found["verb"])[0], re.compile(told))
