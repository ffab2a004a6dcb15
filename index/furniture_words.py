"""How furniture is worded: buttons, forms and headings of link lists, English first, then other languages.

Sure wordings are a page's and nobody else's. Unsure ones are as well the subheading of an article, an entry of a
glossary or a line of a table, so they count only in the company of sure ones.
"""

import re


def _table(wordings: str) -> frozenset[str]:
    """The wordings between bars and line ends."""
    return frozenset(wording.strip() for line in wordings.split("\n") for wording in line.split("|")) - {""}


ANNOUNCING = _table(
    """
    related articles|related posts|related stories|related news|related content|related links|related coverage
    related videos|recommended for you|recommended stories|recommended articles
    you may also like|you might also like|you may be interested in|you may also be interested in
    you might be interested in
    das könnte sie auch interessieren|mehr zum thema|auch interessant|verwandte artikel
    à lire aussi|sur le même sujet|articles similaires|vous aimerez aussi
    te puede interesar|noticias relacionadas|artículos relacionados|lea también|lee también
    leia também|notícias relacionadas
    """
)
"""Whole blocks, in small letters and without signs at their ends, below which headlines of other articles stand."""

CLOSING = _table(
    """
    leave a reply|leave a comment|post a comment|add a comment|view comments|join the conversation|source link
    back to top|back to top button|scroll to top|cancel reply|post comment
    kommentar schreiben|nach oben|laisser un commentaire|haut de page|retour en haut
    deja un comentario|deja una respuesta|volver arriba|deixe um comentário
    """
)
"""Whole blocks behind which an article hardly ever goes on."""

BUTTONS = (
    ANNOUNCING
    | CLOSING
    | _table(
        """
        share|share this|share this article|share this story|share this post|share article|share via|tweet|copy link
        share on facebook|share on twitter|share on x|share on linkedin|share on whatsapp|share this on whatsapp
        email this|email this article|print this|print this article|link copied|pin it|save article|follow us
        subscribe now|sign in|log in|show comments|hide comments|load comments|no comments|next post|previous post
        comments are closed|next article|previous article|read more|load more|see more|view more|view all|see all
        permalink|advertisement|advertisements|sponsored content|promoted stories|sponsored links
        continue reading the main story|skip to content|skip to main content|play video|in by|continue reading|updated
        story continues below|story continues below advertisement|article continues below advertisement
        article continues after advertisement|accept all|accept cookies
        weiterlesen|zur startseite|newsletter abonnieren|suscríbete|s'abonner|compartilhe|leia mais
        """
    )
)
"""Whole blocks that only a page has."""

SECTIONS = _table(
    """
    related|related topics|recommended|trending|trending now|trending stories|most read|most popular|popular posts
    editors' picks|editor's picks|editors’ picks|editor’s picks|more stories|more news|more to read|other stories
    other news|other articles|also read|read also|see also|latest news|latest stories|latest articles|about the author
    read next|up next|next|previous|more|top|video|gallery|source|tags|tag|topics|categories|category|comment|comments
    more from us|don't miss|don’t miss|ad|ads|sponsored|promoted
    newsletter|what do you think|updates|update|search|menu|telegram|like|play
    kommentare|anzeige|lesen sie auch|commentaires|publicité|lire aussi|voir aussi|comentarios|publicidad|más noticias
    comentários
    """
)
"""Labels that may head a part of an article."""

LABELS = SECTIONS | _table(
    """
    facebook|twitter|whatsapp|linkedin|pinterest|reddit|instagram|tumblr|messenger|flipboard|email|e-mail|x|print|save
    bookmark|follow|share on|sharing|subscribe|sign up|register|reply|submit|copied|accept|prev|show more|close|pause
    watch|listen|via|published|posted|modified|teilen|drucken|merken|partager|imprimer|compartir|imprimir|compartilhar
    """
)
"""Whole blocks that a page has, and an article too."""

LINK_LISTS = _table(
    """
    trending|trending now|trending stories|most read|popular posts|more stories|more news|other stories|other news
    other articles|latest news|latest stories|latest articles|read next|up next|also read|read also
    """
)
"""Those of the labels below which headlines are links when the page's apparatus goes on behind them."""

ADVERTISING = _table("advertisement|advertisements|sponsored content|sponsored links")
ON_ADVERTISING = re.compile(r"\b(?:ads?|adverts?|advertis\w+|sponsor\w*)\b", re.IGNORECASE)

_NETWORK = r"(?:@|facebook|twitter|x\b|instagram|linkedin|telegram|whatsapp|youtube|tiktok|threads|social\ media)"

SAYINGS = re.compile(
    rf"""
    (?: your\ e-?mail\ address\ will\ not\ be\ published | required\ fields\ are\ marked
      | (?:we|this\ (?:web)?site)\ uses?\ cookies\b.*\b(?:experience|(?:web)?site|traffic|content|consent|browsing)\b
      | by\ (?:continuing|clicking)\b.*\b(?:cookies|privacy\ policy|terms\ of\ (?:use|service))\b
      | © | copyright\ (?:©|\(c\)) | (?:copyright\ \d{{4}}\b.{{0,80}})?\ball\ rights\ reserved\W*\Z
      | you\ (?:must|need\ to)\ be\ logged\ in\ to\b | save\ my\ name,?\ e-?mail | please\ enable\ javascript\b
      | (?:sign\ up|subscribe|register)\b.*\b(?:our|your|us)\b.*\b(?:newsletters?|inbox|alerts|updates|channel)\b
      | sign\ up\ to\ (?:get|receive)\ (?:an?\ |our\ )?e-?mails?\b
      | get\ (?:the|our|all)\b.*\b(?:our\ newsletters?|your\ inbox)\b
      | (?:like|enjoyed?)\ this\ (?:story|article|post)\?
      | click\ here\ (?:to|for)\b | (?:follow|like|join|find)\ us\ (?:on|at)\ {_NETWORK}
      | (?:have|got)\ a\ (?:news\ )?(?:tip|story)(?:\ \w+){{0,5}}\?
      | share\ (?:this|it)\ (?:on|via)\ {_NETWORK}
      | also\ on\ [\w-]+\.(?:com|org|net|news|tv|info|co|de|fr|es)\b
      | diese\ website\ verwendet\ cookies | ce\ site\ utilise\ des\ cookies | este\ sitio\ (?:web\ )?utiliza\ cookies
      | ihre\ e-mail-adresse\ wird\ nicht\ veröffentlicht | votre\ adresse\ e-?mail\ ne\ sera\ pas
      | (?:tu|su)\ dirección\ de\ correo\ electrónico\ no\ será )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How blocks begin that no article's paragraph begins with."""

UNENDED = re.compile(
    r"""
    (?: (?:sign\ up|subscribe)\b.*\b(?:newsletters?|inbox|e-?mail\ alerts|updates|channel)\b
      | share\ this\ (?:article|story|post)\b | more\ (?:on|from)\ this\ (?:story|topic)\Z
      | tags\ ?:.*, )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""How blocks begin that are buttons if they don't end as sentences do."""

POINTING = re.compile(
    r"(?:(?:read|watch|learn|find out) (?:more|also|next)|see more|related|don['’]t miss|also read|lesen sie auch"
    r"|mehr dazu|(?:à )?lire aussi|lea también|lee también|leia também|leia mais) ?[:|»→] ?",
    re.IGNORECASE,
)
"""How a line begins that goes on with the headline of another article."""

LEFTOVERS = re.compile(
    r"""
    (?: (?:last\ )?(?:updated?|published|posted|modified)\ ?(?:on|at|:)?\ ?
        \d[\d:/.,\ -]*(?:[ap]\.?m\.?)?(?:\ [a-z]{2,4})?
      | \d{1,2}:\d\d\ ?/\ ?\d{1,2}:\d\d | (?:image|photo|slide)\ \d+\ of\ \d+
      | (?:written|posted|published)\ by:?\ (?:admin\w*|webmaster)
      | \d+\ comments? | (?:leave|post|add)\ a\ comment\ \(?\d+\)? | comments?\ ?[:(]?\ ?\d+\)? | share: )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Whole blocks of a page's apparatus: dates without a sentence, counts, counters."""

REMNANTS = re.compile(
    r"""
    (?: \d{1,2}:\d\d(?::\d\d)? | page\ \d+\ of\ \d+ | (?:written|posted|published)\ by:?\ (?:staff|editor)
      | \d+\ (?:shares?|likes?|views?|min(?:ute)?s?\ read) | (?:shares?|views?)\ ?[:(]?\ ?\d+\)?
      | (?:tags?|topics?|filed\ under|posted\ (?:in|under)|categor(?:y|ies)|trends|keywords|labels)\ ?:.{0,200}
      | (?:filed|posted)\ (?:under|in)\ [^.]{0,200} )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Whole blocks that may as well be a cell of a table, a line of verse or a note of the author's."""

INSETS = re.compile(
    r"(?:other|more|further|latest|top|related|recommended) (?:[\w’']+ ){0,3}"
    r"(?:stories|news|articles|posts|coverage|reading|headlines|links|interest|videos)(?: (?:for you|from us|today))?"
)
"""Whole blocks that may announce one headline of another article amidst this one."""

JOINING = _table("in|by|on|from|at|to")
"""Whole blocks that lost the links they joined."""
