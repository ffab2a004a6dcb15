"""How furniture is worded: buttons, forms and headings of link lists, English first, then other languages."""

import re


def _table(wordings: str) -> frozenset[str]:
    """The wordings between bars and line ends; the empty one too, which is a line of signs alone."""
    return frozenset(wording.strip() for line in wordings.split("\n") for wording in line.split("|"))


BUTTONS = _table(
    """
    share|share this|share this article|share this story|share this post|share article|share on|share via|sharing
    share on facebook|share on twitter|share on x|share on linkedin|share on whatsapp|share this on whatsapp
    facebook|twitter|whatsapp|linkedin|telegram|pinterest|reddit|instagram|tumblr|messenger|flipboard|email|e-mail
    email this|email this article|print|print this|print this article|copy link|copied|link copied|tweet
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
    """
)
"""Whole blocks, in small letters and without signs at their ends. English first, then German, French, Spanish,
Portuguese."""

ENDINGS = _table(
    """
    leave a reply|leave a comment|post a comment|related articles|related posts|related stories|related news|related
    related content|related links|you may also like|you might also like|source link|back to top|back to top button
    recommended for you|comments|view comments|about the author|das könnte sie auch interessieren|mehr zum thema
    laisser un commentaire|articles similaires|artículos relacionados|deja un comentario|deja una respuesta
    noticias relacionadas|kommentar schreiben|verwandte artikel|deixe um comentário|notícias relacionadas|tags
    trending|trending now|most read|most popular|more stories|recommended|read next|up next|see also
    """
)
"""Those of the above behind which an article hardly ever goes on."""

SAYINGS = re.compile(
    r"""
    (?: your\ e-?mail\ address\ will\ not\ be\ published | required\ fields\ are\ marked
      | (?:we|this\ (?:web)?site)\ uses?\ cookies\b
      | by\ (?:continuing|clicking)\b.*\b(?:cookies|privacy\ policy|terms\ of\ (?:use|service))\b
      | (?:all\ rights\ reserved|©|copyright\ (?:©|\(c\)|\d{4}))
      | you\ (?:must|need\ to)\ be\ logged\ in\b | save\ my\ name,?\ e-?mail | please\ enable\ javascript\b
      | (?:sign\ up|subscribe|register\ (?:for|to))\b.*\b(?:newsletters?|inbox|e-?mails?|alerts|updates|channel)\b
      | get\ (?:the|our|all)\b.*\b(?:newsletters?|inbox)\b
      | (?:like|enjoyed?)\ this\ (?:story|article|post)\?
      | click\ here\ (?:to|for)\b | (?:follow|like|join|find)\ us\ (?:on|at)\b
      | have\ a\ (?:news\ )?tip\b | got\ a\ (?:news\ )?tip\b
      | share\ (?:this|it)\ (?:with|on|via|article|story|post)\b
      | (?:read|see|watch|learn|find\ out)\ (?:more|also|next)\ ?[:|»→] | (?:related|see\ also|don['’]t\ miss)\ ?:
      | also\ (?:read|see)\ ?: | also\ on\ [\w-]+\.(?:com|org|net|news|tv|info|co|de|fr|es)\b
      | more\ (?:on|from)\ this\ (?:story|topic)\b
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

LEFTOVERS = re.compile(
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

MORE = re.compile(
    r"(?:other|more|further|latest|top|related|recommended) (?:[\w’']+ ){0,3}"
    r"(?:stories|news|articles|posts|coverage|reading|headlines|links|interest|videos)(?: (?:for you|from us|today))?"
)
"""Whole blocks that announce links to other articles."""

HEADINGS = frozenset(
    saying for saying in BUTTONS if re.match(r"relat|other|more |recommend|trend|you m|don.t miss", saying)
)
"""Those of the buttons that announce links to other articles."""
