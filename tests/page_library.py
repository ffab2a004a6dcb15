"""Invented articles for the page: one statement in several outlets, a speaker over months, a hostile document."""

from pathlib import Path

from search.engine import Engine
from tests.small_library import ARTICLES, article, make_engine

SLUICE = "“We will open the sluice gates on Friday morning, whatever the weather brings,”"
COURIER = f"""\
The river stood a metre below the bridge of Vell on Tuesday.

{SLUICE} said Irsa Tolvane, the water minister of Halm.

Ms. Tolvane said that the lower town would be warned by bells.

Share this article
"""
POST = """\
Halm prepares for the flood.

“We are going to open the sluice gates on Friday morning, whatever the weather brings,” Irsa Tolvane told \
reporters in Halm.
"""
WIRE = f"""\
A flood is expected in Halm by the weekend.

{SLUICE} Irsa Tolvane said.
"""
SUMMER = """\
Nobody in Halm expects rain before September.

“We will not open the sluice gates before the autumn, whatever the weather brings,” said Irsa Tolvane, \
the water minister.
"""
WINTER = """\
The committee heard its last witness.

Irsa Tolvane admitted that the bells had been sold in the spring.
"""
HOSTILE_TITLE = "<img src=x onerror='window.hacked = 1'> & <b>flood</b>"
HOSTILE = """\
<script>window.hacked = 2</script> <a href="javascript:window.hacked = 3">flood</a>

“The flood <svg onload='window.hacked = 4'> was none of ours,” said Bodil <script>Kram, the dyke reeve.
"""
FLOOD = (
    article("courier", COURIER, title="River rises", source="Vell Courier", published="2031-03-11"),
    article("post", POST, title="Gates to open", source="Sarn Post", published="2031-03-12"),
    article("wired", WIRE, title="Flood expected", source="Quill Wire", published="2031-03-12"),
    article("summer", SUMMER, title="A dry summer", source="Vell Courier", published="2031-07-02"),
    article("winter", WINTER, title="Bells sold", source="Sarn Post", published="2031-11-20"),
    article(
        "hostile", HOSTILE, title=HOSTILE_TITLE, source="<i onclick='window.hacked = 5'>Odd</i>", published="2031-08-01"
    ),
)


def make_page_engine(folder: Path) -> Engine:
    """An engine over all of it in `folder`."""
    return make_engine(folder, (*ARTICLES, *FLOOD))
