"""Whether a text tells where somebody works by the post that they hold: “Ada Orr, a historian at Tolm College”."""

import re
from dataclasses import dataclass

from index.terms import term_texts

_ASKED = re.compile(
    r"\W*(?i:where|(?:for |at )?(?:who|whom|what|which)\b[^?]{0,40}?) (?:does|do|did|is|are) "
    r"(?P<who>(?:[A-Z][\w'’.-]*\s){1,4})(?P<verb>work|works|teach|working|teaching|employed)\b"
    r"(?:\s+(?:for|at|in|now|today|currently))?\W*\Z"
)
_POST = (
    r"(?:historian|professor|lecturer|teacher|economist|scientist|scholar|researcher|analyst|expert|fellow|engineer"
    r"|director|head|chief|chair(?:man|woman)?|president|dean|manager|officer|executive|secretary|editor|reporter"
    r"|correspondent|spokes(?:man|woman|person)|adviser|advisor|lawyer|doctor|nurse)"
)
"""Of whom somebody is a friend or a critic, and where they were seen, tells nothing of their work."""
_OF_POST = (
    rf"(?:[\w'’-]{{1,40}} ){{0,5}}?{_POST}(?: (?:of|in|for|and) [a-z][\w'’-]{{0,40}}){{0,2}} "
    r"(?:at|of|for|with) (?:the )?[A-Z]"
)
_BODY = (
    r"(?:[A-Z][\w'’&-]{0,40} ){0,5}(?:Institut|Colleg|Universit|School|Bank|Cent(?:er|re)\b|Council|Foundation|Corp"
    r"|Minist|Department|Agency|Commission|Academy|Hospital|Association|Society)"
)
"""“Ada Orr of the Tolm Institute” works there; “Ada Orr of Tolm” may live there."""


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
        rf"|\b{name} of (?:the )?{_BODY}"
        rf"|\b{_OF_POST}[^,.;]{{0,60}}, (?:[A-Z][\w'’.-]* ){{0,3}}{name}\b"
    )
    return Post(term_texts(found["verb"])[0], re.compile(told))
