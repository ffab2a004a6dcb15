"""The date that a web page states of itself."""

import pytest

from tests.reading import document

ARTICLE = "<article>" + "<p>The ferry ran aground on Friday, the company said in Pell.</p>" * 12 + "</article>"
STATED = '<meta property="article:published_time" content="{}">'
JSON_LD = '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>'


@pytest.mark.parametrize("head", [STATED, JSON_LD, '<meta itemprop="datePublished dateCreated" content="{}">'])
@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2031-03-11", "2031-03-11"),
        ("2031-03-11T23:30:00-05:00", "2031-03-12"),
        ("2031-02-31", None),
        ("03/04/2031", None),
        ("yesterday", None),
        ("0001-01-01T00:00:00Z", None),
    ],
)
def test_a_date_is_read_as_it_is_stated_or_not_at_all(head: str, stated: str, published: str | None) -> None:
    """It is the UTC date, never a near or a likely one; what is none stays in `meta`."""
    item = document(f"<html><head>{head.format(stated)}</head><body>{ARTICLE}</body></html>".encode(), "a.html")
    assert item.published == published
    assert item.meta == ({} if published else {"published": stated})


def test_the_first_statement_that_is_a_date_counts() -> None:
    """Publication goes before other dates, and a placeholder before nothing."""
    other = '<meta name="date" content="2031-05-05"><meta property="article:modified_time" content="2031-06-06">'
    page = "<html><head>{}</head><body>" + ARTICLE + "</body></html>"
    assert document(page.format(other + STATED.format("2031-03-11")).encode(), "a.html").published == "2031-03-11"
    found = document(page.format(other + STATED.format("[date]")).encode(), "a.html")
    assert (found.published, found.meta) == ("2031-05-05", {})
