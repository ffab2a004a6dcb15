"""What stands before a wire report's first words and is its publisher's: who wrote it, and where it came in."""

import re

_BYLINE = re.compile(r"\s*by\s[^\n]{1,80}\n", re.IGNORECASE)
_DATELINE = re.compile(r"\s*(?P<place>[^\W\d_][^\n()–—]{0,60}?)\s*(?P<agency>\([^()\n]{1,40}\)\s*)?(?:--|[–—]|\s-)\s")
"""At most 60 characters are tried as the end of the place, so that time is bounded whatever the text."""


def body_start(text: str) -> int:
    """Where the report itself begins, in code points: behind `By NAME` on a line of its own, and `PLACE (AGENCY) -`.

    A place is in capitals, or its agency in brackets tells that it is one; else 0.
    """
    byline = _BYLINE.match(text)
    start = byline.end() if byline else 0
    dateline = _DATELINE.match(text, start)
    if dateline and (dateline["agency"] or dateline["place"].partition(",")[0].isupper()):
        return dateline.end()
    return start
