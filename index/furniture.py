"""What around an article is not the article: share buttons, related links, comment forms, tag lines.

A block is marked on evidence that article text does not give: its whole wording is that of a button or a form,
it says again what was just said, or it stands behind the place where such wording ends the article. When
unsure, a block is body.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Block, Document, Span

FURNITURE_VERSION: int = 1

_WRAPPED = 120
"""Characters a line; text that is wrapped by hand has no longer lines, so these are paragraphs of their own."""
_SAYING_LIMIT = 300
"""Characters; a longer block is never marked for its wording."""
_HEADLINE_WORDS = 25
_PROSE_WORDS = 25

_BUTTONS = frozenset(
    """
    share|share this|share this article|share this story|share this post|share article|share on|share via|sharing
    share on facebook|share on twitter|share on x|share on linkedin|share on whatsapp|share this on whatsapp
    facebook|twitter|whatsapp|linkedin|telegram|pinterest|reddit|instagram|tumblr|messenger|flipboard|email|e-mail
    email this|email this article|print|print this|print this article|copy link|copied|link copied|get short url|tweet
    pin it|save|save article|bookmark|like|follow|follow us|subscribe|subscribe now|sign up|sign in|log in|register
    comment|comments|view comments|show comments|hide comments|load comments|add a comment|post a comment|no comments
    join the conversation|reply|cancel reply|leave a reply|leave a comment|post comment|submit|what do you think
    back to top|back to top button|scroll to top|top|next|previous|next post|previous post|next article
    previous article|prev|read more|read next|up next|more|show more|load more|see more|view more|view all|see all
    advertisement|advertisements|ad|ads|sponsored|sponsored content|promoted|promoted stories|sponsored links
    skip to content|skip to main content|menu|search|close|play|pause|play video|watch|video|listen|gallery
    source link|source|via|permalink|tags|tag|topics|categories|category|related|related articles|related posts
    related stories|related news|related topics|related content|related links|related coverage|related videos
    recommended|recommended for you|recommended stories|recommended articles|trending|trending now|trending stories
    most read|most popular|popular posts|editors' picks|editor's picks|more stories|more news|more from us|more to read
    other stories|other news|other articles|you might be interested in|don't miss|don’t miss
    editors’ picks|editor’s picks|also read|see also|latest news|latest stories|latest articles|about the author
    you may also like|you might also like|you may be interested in|you may also be interested in|read also|in by
    continue reading|story continues below|story continues below advertisement|article continues below advertisement
    article continues after advertisement|continue reading the main story|newsletter|accept|accept all|accept cookies
    teilen|drucken|kommentare|kommentar schreiben|anzeige|mehr zum thema|das könnte sie auch interessieren|nach oben
    lesen sie auch|auch interessant|verwandte artikel|weiterlesen|merken|zur startseite|newsletter abonnieren
    partager|imprimer|commentaires|publicité|à lire aussi|lire aussi|sur le même sujet|articles similaires
    laisser un commentaire|haut de page|retour en haut|s'abonner|vous aimerez aussi|voir aussi
    compartir|imprimir|comentarios|publicidad|lea también|lee también|te puede interesar|noticias relacionadas
    artículos relacionados|deja un comentario|deja una respuesta|volver arriba|suscríbete|más noticias
    compartilhar|compartilhe|comentários|leia também|leia mais|notícias relacionadas|deixe um comentário
    """.replace("\n", "|").replace("    ", "").split("|")
)  # fmt: skip
"""Whole blocks, in small letters and without signs at their ends. English first, then German, French, Spanish,
Portuguese."""

_ENDINGS = frozenset(
    """
    leave a reply|leave a comment|post a comment|related articles|related posts|related stories|related news|related
    related content|related links|you may also like|you might also like|source link|back to top|back to top button
    recommended for you|comments|view comments|about the author|das könnte sie auch interessieren|mehr zum thema
    laisser un commentaire|articles similaires|artículos relacionados|deja un comentario|deja una respuesta
    noticias relacionadas|kommentar schreiben|verwandte artikel|deixe um comentário|notícias relacionadas|tags
    trending|trending now|most read|most popular|more stories|recommended|read next|up next|see also
    """.replace("\n", "|").replace("    ", "").split("|")
)  # fmt: skip
"""Those of the above behind which an article hardly ever goes on."""

_SAYINGS = re.compile(
    r"""
    (?: your\ e-?mail\ address\ will\ not\ be\ published | required\ fields\ are\ marked
      | (?:we|this\ (?:web)?site)\ uses?\ cookies\b | by\ (?:continuing|clicking)\b.*\b(?:cookies|privacy\ policy|terms\ of\ (?:use|service))\b
      | (?:all\ rights\ reserved|©|copyright\ (?:©|\(c\)|\d{4}))
      | you\ (?:must|need\ to)\ be\ logged\ in\b | save\ my\ name,?\ e-?mail | please\ enable\ javascript\b
      | (?:sign\ up|subscribe|register\ (?:for|to))\b.*\b(?:newsletters?|inbox|e-?mails?|alerts|updates|channel)\b
      | get\ (?:the|our|all)\b.*\b(?:newsletters?|inbox)\b
      | (?:like|enjoyed?)\ this\ (?:story|article|post)\?
      | click\ here\ (?:to|for)\b | (?:follow|like|join|find)\ us\ (?:on|at)\b
      | have\ a\ (?:news\ )?tip\b | got\ a\ (?:news\ )?tip\b
      | share\ (?:this|it)\ (?:with|on|via|article|story|post)\b
      | (?:read|see|watch|learn|find\ out)\ (?:more|also|next)\ ?[:|»→] | (?:related|see\ also|don['’]t\ miss)\ ?:
      | also\ (?:read|see)\ ?: | also\ on\ [\w-]+\.(?:com|org|net|news|tv|info|co|de|fr|es)\b | more\ (?:on|from)\ this\ (?:story|topic)\b
      | (?:tags?|topics?|filed\ under|posted\ (?:in|under)|categor(?:y|ies)|trends|keywords|labels)\ ?:
      | (?:filed|posted)\ (?:under|in)\b[^.]*\Z
      | (?:lesen\ sie\ auch|mehr\ dazu|(?:à\ )?lire\ aussi|lea\ también|lee\ también|leia\ também|leia\ mais)\ ?:
      | diese\ website\ verwendet\ cookies | ce\ site\ utilise\ des\ cookies | este\ sitio\ (?:web\ )?utiliza\ cookies
      | ihre\ e-mail-adresse\ wird\ nicht\ veröffentlicht | votre\ adresse\ e-?mail\ ne\ sera\ pas
      | (?:tu|su)\ dirección\ de\ correo\ electrónico\ no\ será )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How blocks begin that no article's paragraph begins with."""

_LEFTOVERS = re.compile(
    r"""
    (?: (?:last\ )?(?:updated?|published|posted|modified)\ ?(?:on|at|:)?\ ?[\d:/.,\ -]*(?:[ap]\.?m\.?)?(?:\ [a-z]{2,4})?
      | \d{1,2}:\d\d(?::\d\d)?(?:\ ?/\ ?\d{1,2}:\d\d)? | (?:image|photo|slide|page)\ \d+\ of\ \d+
      | (?:written|posted|published)\ by:?\ (?:admin\w*|staff|editor|webmaster)
      | \d+\ (?:comments?|shares?|likes?|views?|min(?:ute)?s?\ read) | (?:comments?|shares?|views?)\ ?[:(]?\ ?\d+\)?
      | in|by|on|from|at|to|share: )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Whole blocks of a page's apparatus: times without a word, counts, and joining words that lost their links."""

_MORE = re.compile(
    r"(?:other|more|further|latest|top|related|recommended) (?:[\w’']+ ){0,3}"
    r"(?:stories|news|articles|posts|coverage|reading|headlines|links|interest|videos)(?: (?:for you|from us|today))?"
)
"""Whole blocks that announce links to other articles."""
_FOLLOW = re.compile(r"\bfollow (?:us|me|him|her|them|@)", re.IGNORECASE)
_NETWORK = re.compile(r"twitter|facebook|instagram|(?<!\w)@\w", re.IGNORECASE)
_CREDIT = re.compile(
    r"\((?:[^()]{0,80}/[^()]{1,80}|[^()]{0,80}\b(?:via|photo|getty|reuters|afp|ap|epa|dpa)\b[^()]{0,80})\)",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\n]+")
_TAGS = re.compile(r"#\w[\w-]*(?:[\s,]+#\w[\w-]*)+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'’”»)\]]*\Z")
_EDGES = ' \t\r\n\u200b.:;,!?…*|»›«‹→←↑↓•·+-–—()[]"“”'


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block before it is judged; `text` is its own with single spaces (of a long one, its ends), `saying` its wording to look up."""

    start: int
    end: int
    text: str
    saying: str
    marked: bool

    @property
    def is_short(self) -> bool:
        """Whether `text` is all of it, and short enough to be judged by its wording."""
        return len(self.text) <= _SAYING_LIMIT

    @property
    def is_prose(self) -> bool:
        """Whether it can only be a paragraph of an article."""
        return len(self.text.split()) >= _PROSE_WORDS and _SENTENCE_END.search(self.text[-8:]) is not None


def blocks(document: Document) -> list[Block]:
    """Split `document.text` at empty lines, and tell the article from what is around it.

    Blocks are in order and disjoint, have no white space at their ends, and together hold every character that is
    not white space. Lines that are paragraphs of their own become a block each.
    """
    units = list(_units(document))
    marked = [unit.marked or _is_worded_as_furniture(unit) for unit in units]
    _mark_repeats(units, marked, document.title)
    _mark_tail(units, marked)
    _mark_headlines(units, marked)
    return [
        Block(unit.start, unit.end, "furniture" if mark else "body") for unit, mark in zip(units, marked, strict=True)
    ]


def _units(document: Document) -> Iterator[_Unit]:
    text = document.text
    spans = sorted(document.furniture)
    at = 0
    for start, end in _paragraphs(text):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        cursor, inner = start, at
        while cursor < end:
            inside = inner < len(spans) and spans[inner][0] <= cursor
            stop = min(end, spans[inner][1 if inside else 0]) if inner < len(spans) else end
            if unit := _unit(text, cursor, stop, inside):
                yield unit
            cursor = max(stop, cursor)
            while inner < len(spans) and spans[inner][1] <= cursor:
                inner += 1


def _unit(text: str, start: int, end: int, marked: bool) -> _Unit | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    # Only how a long block starts and ends is looked at, so that one huge line costs nothing.
    shown = text[start:end] if end - start <= 4000 else f"{text[start : start + 2000]} {text[end - 2000 : end]}"
    shown = " ".join(shown.split())
    return _Unit(start, end, shown, shown.strip(_EDGES).casefold(), marked)


def _paragraphs(text: str) -> Iterator[Span]:
    """Runs of lines between empty ones; cut into lines where those are paragraphs themselves."""
    run: list[Span] = []
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        if run and text.count("\n", run[-1][1], line.start()) > 1:
            yield from _cut(text, run)
            run = []
        run.append(line.span())
    yield from _cut(text, run)


def _cut(text: str, run: list[Span]) -> Iterator[Span]:
    """A run of lines as one block, as a block a line, or with furniture at its ends cut off."""
    if not run:
        return
    lengths = [end - start for start, end in run]
    if sum(length for length in lengths if length > _WRAPPED) * 2 >= sum(lengths):
        yield from run
        return
    first, last = 0, len(run)
    while first < last and _is_furniture_line(text, run[first]):
        first += 1
    while last > first and _is_furniture_line(text, run[last - 1]):
        last -= 1
    yield from run[:first]
    if first < last:
        yield run[first][0], run[last - 1][1]
    yield from run[last:]


def _is_furniture_line(text: str, line: Span) -> bool:
    unit = _unit(text, *line, marked=False)
    return unit is not None and _is_worded_as_furniture(unit)


def _is_worded_as_furniture(unit: _Unit) -> bool:
    if _TAGS.fullmatch(unit.text):
        return True
    if not unit.is_short or unit.text[0] in "“\"‘'«„":
        return False
    if unit.saying in _BUTTONS or _LEFTOVERS.fullmatch(unit.saying) or _MORE.fullmatch(unit.saying):
        return True
    if _SAYINGS.match(unit.text):
        return True
    return bool(_FOLLOW.search(unit.text) and len(_NETWORK.findall(unit.text)) > 1)


def _mark_repeats(units: list[_Unit], marked: list[bool], title: str | None) -> None:
    """What says again what was just said: the headline below itself, a caption and its credit."""
    headline = title.strip(_EDGES).casefold() if title else None
    seen: dict[str, int] = {}
    for index, unit in enumerate(units):
        if not unit.is_short and len(unit.text) > 4 * _SAYING_LIMIT:
            continue
        saying = unit.saying
        earlier = seen.get(saying)
        is_headline = saying == headline or earlier == 0
        is_near = earlier is not None and (index - earlier == 1 or bool(_CREDIT.search(unit.text)))
        if _is_doubled(unit.text) or (earlier is not None and len(saying) >= 20 and (is_headline or is_near)):
            marked[index] = True
        seen.setdefault(saying, index)


def _is_doubled(text: str) -> bool:
    """Whether the text starts by saying a whole phrase of five words or more twice, as captions do."""
    again = text.find(text[:24], 24)
    if again < 0 or len(text) < 60:
        return False
    phrase = text[:again].strip()
    return len(phrase.split()) >= 5 and text[again : again + len(phrase)] == phrase


def _mark_tail(units: list[_Unit], marked: list[bool]) -> None:
    """Everything behind the first sign of an end that no more prose follows."""
    start = len(units)
    for index in range(len(units) - 1, -1, -1):
        if not marked[index] and units[index].is_prose:
            break
        if marked[index] and units[index].saying in _ENDINGS:
            start = index
    for index in range(start, len(units)):
        marked[index] = marked[index] or _is_headline(units[index])


def _mark_headlines(units: list[_Unit], marked: list[bool]) -> None:
    """The first lines below a heading such as 'Related articles' inside an article, as long as they are no sentences."""
    under = False
    for index, unit in enumerate(units):
        if marked[index]:
            under = unit.saying in _HEADINGS or _MORE.fullmatch(unit.saying) is not None
        elif under and _is_headline(unit):
            marked[index] = True
        else:
            under = False


def _is_headline(unit: _Unit) -> bool:
    return len(unit.text.split()) <= _HEADLINE_WORDS and _SENTENCE_END.search(unit.text[-8:]) is None


_HEADINGS = frozenset(
    saying for saying in _BUTTONS if re.match(r"relat|other|more |recommend|trend|you m|don.t miss", saying)
)
"""Those of the buttons that announce links to other articles."""
