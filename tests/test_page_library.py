"""The page in a real browser, over a real library: statements, speakers, duplicates, what can be taken along."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from search import terminal
from search.types import StatementsPage
from tests.browsing import MARKS, ask
from tests.page_library import COURIER, HOSTILE, HOSTILE_TITLE, SLUICE

START = COURIER.index(SLUICE)
END = START + len(SLUICE)
QUESTION = "What did Irsa Tolvane say about the sluice gates?"

pytest_plugins = "tests.browser_fixtures"
pytestmark = MARKS


def open_speaker(page: Page, name: str = "Irsa Tolvane") -> None:
    """Go to a speaker's page by way of the list of all speakers."""
    page.goto("/?speakers")
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_other_outlets_unfold_with_their_dates_and_words(reader: Page) -> None:
    """Each has its outlet, its date and its exact wording; the words that differ are marked."""
    ask(reader, QUESTION)
    card = reader.get_by_role("article").filter(has_text="Also in 2 outlets")
    copies = card.get_by_role("listitem")
    expect(copies.first).to_be_hidden()
    card.get_by_text("Also in 2 outlets").click()
    expect(copies).to_have_count(2)
    same, reworded = copies.filter(has_text="Quill Wire"), copies.filter(has_text="Sarn Post")
    expect(same).to_contain_text("2031-03-12")
    expect(same.locator("blockquote")).to_have_text(SLUICE)
    expect(same.locator("mark")).to_have_count(0)
    expect(reworded.locator("mark")).to_have_text(["are going to"])
    reworded.get_by_role("link", name="Gates to open").click()
    expect(reader.locator(".text mark")).to_contain_text("“We are going to open the sluice gates")


def test_duplicates_unfold_and_open_at_their_paragraph(reader: Page) -> None:
    """A folded near-duplicate is counted, and leads to the very paragraph."""
    ask(reader, "Who voted to end the ferry service to Verrin?")
    folded = reader.get_by_text("Much the same in 1 document")
    card = reader.get_by_role("article").filter(has=folded)
    expect(card.get_by_role("listitem")).to_be_hidden()
    folded.click()
    card.get_by_role("listitem").get_by_role("link").click()
    expect(reader.locator(".text mark")).to_contain_text("harbour board of Tolm voted")


def test_a_document_tells_who_said_the_marked_words(reader: Page) -> None:
    """The speaker stands beside them, and in the citation; furniture is greyed."""
    ask(reader, QUESTION)
    reader.get_by_role("link", name="River rises").first.click()
    expect(reader.locator("main")).to_contain_text("Said by Irsa Tolvane")
    expect(reader.locator(".furniture")).to_contain_text("Share this article")
    reader.get_by_role("button", name="Copy citation").click()
    expect(reader.get_by_role("status")).to_have_text("Citation copied.")
    assert "Irsa Tolvane." in reader.evaluate("navigator.clipboard.readText()")


def test_a_citation_is_copied_with_all_it_takes_to_find_it(reader: Page, library_address: str) -> None:
    """Words, speaker, title, source, date, address, offsets, and a link that opens at the words."""
    ask(reader, QUESTION)
    card = reader.get_by_role("article").filter(has_text="Also in 2 outlets")
    card.get_by_role("button", name="Copy citation").click()
    expect(reader.get_by_role("status")).to_have_text("Citation copied.")
    words, source, place, link = reader.evaluate("navigator.clipboard.readText()").split("\n")
    assert words == SLUICE
    assert source == "Irsa Tolvane. River rises. Vell Courier, 2031-03-11."
    assert place == f"https://news.example/courier, characters {START}–{END}"
    assert link.startswith(f"{library_address}/?doc=courier&start={START}&end={END}&")
    reader.goto(link)
    expect(reader.locator(".text mark")).to_have_text(SLUICE)


def test_a_browser_without_a_clipboard_shows_what_to_copy(reader: Page, library_address: str) -> None:
    """Over plain http from elsewhere there is none: the text is selected, to be copied by hand."""
    reader.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    reader.goto("/?q=sluice")
    reader.get_by_role("button", name="Copy link").first.click()
    box = reader.get_by_label("Link, to be copied by hand")
    expect(box).to_be_focused()
    assert box.input_value().startswith(library_address + "/?doc=")


def test_the_statements_shown_are_saved_as_csv(reader: Page, tmp_path: Path) -> None:
    """The columns are those of the command line, and a link."""
    open_speaker(reader)
    with reader.expect_download() as saving:
        reader.get_by_role("button", name="Save as CSV").click()
    assert saving.value.suggested_filename == "statements.csv"
    saving.value.save_as(tmp_path / "statements.csv")
    with (tmp_path / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
        columns, *rows = csv.reader(file)
    assert columns == [*terminal.statements_csv(StatementsPage(1, 0, None, ())).strip().split(","), "link"]
    table = [dict(zip(columns, row, strict=True)) for row in rows]
    assert [row["published"] for row in table] == ["2031-03-11", "2031-03-11", "2031-07-02", "2031-11-20"]
    assert (table[0]["said"], table[0]["start"], table[0]["end"]) == (SLUICE, str(START), str(END))


def test_a_spreadsheet_runs_nothing_that_a_document_brings(reader: Page) -> None:
    """A cell that would be a formula begins with an apostrophe."""
    titles = ["=1+1", "+1", "-1", "@x", "\tx", "\rx"]
    reader.goto("/")
    written = reader.evaluate(
        """async (titles) => {
          const { csv } = await import("/page/csv.js");
          const documents = titles.map((title) => ({ id: "d", uri: "u", title, source: 'a "b", c' }));
          const said = { id: "s", text: "x", start: 0, end: 1, spans: [[0, 1]] };
          return csv(documents.map((document) => ({ ...said, document })), 1);
        }""",
        titles,
    )
    columns, *rows = csv.reader(io.StringIO(written, newline=""))
    assert [row[columns.index("title")] for row in rows] == ["'" + title for title in titles]
    assert {row[columns.index("source")] for row in rows} == {'a "b", c'}


def test_a_speaker_has_names_counts_and_a_timeline(reader: Page) -> None:
    """A bar tells its period and count, and leads to the statements of that period."""
    open_speaker(reader)
    facts = reader.locator("main dl")
    expect(facts).to_contain_text("6 in 5 documents")
    expect(facts).to_contain_text("2031-03-11 to 2031-11-20")
    expect(facts).to_contain_text("Irsa Tolvane, the water minister of Halm (1)")
    bars = reader.get_by_role("group", name="Statements by week").get_by_role("link")
    expect(bars).to_have_count(3)
    expect(bars.first).to_have_accessible_name("Week of 10 March 2031: 2 statements")
    expect(reader.get_by_role("article")).to_have_count(4)
    bars.nth(1).click()
    expect(reader.get_by_role("article")).to_have_count(1)
    expect(reader.get_by_role("article")).to_contain_text("before the autumn")
    assert reader.evaluate("location.search").endswith("after=2031-06-30&before=2031-07-06")
    reader.get_by_role("link", name="show all").click()
    expect(reader.get_by_role("article")).to_have_count(4)


def test_two_statements_stand_side_by_side(reader: Page) -> None:
    """Chosen by their boxes, in the order of their dates, with the words that differ marked."""
    open_speaker(reader)
    boxes = reader.get_by_role("checkbox", name="Compare")
    boxes.nth(2).check()
    boxes.nth(0).check()
    beside = reader.get_by_role("region", name="Side by side")
    expect(beside).to_be_focused()
    expect(beside.locator("b")).to_have_text(["2031-03-11", "2031-07-02"])
    expect(beside.locator("blockquote").nth(0).locator("mark")).to_have_text(["on Friday morning"])
    expect(beside.locator("blockquote").nth(1).locator("mark")).to_have_text(["not", "before the autumn"])
    expect(beside).to_contain_text("10 of 14 words the same")
    boxes.nth(3).check()
    expect(boxes.nth(2)).not_to_be_checked()
    expect(beside.locator("b")).to_have_text(["2031-03-11", "2031-11-20"])
    beside.get_by_role("button", name="Close").click()
    expect(beside).to_be_hidden()


def test_what_was_said_on_a_topic_stands_beside_what_was_said_next(reader: Page) -> None:
    """The topic box narrows the list; each statement is then laid beside the one that follows it."""
    open_speaker(reader)
    reader.get_by_label("What they said about").fill("sluice gates")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("article")).to_have_count(2)
    reader.get_by_role("button", name="Each beside the next").click()
    expect(reader.get_by_role("region", name="Side by side").locator("b")).to_have_text(["2031-03-11", "2031-07-02"])
    reader.reload()
    expect(reader.get_by_label("What they said about")).to_have_value("sluice gates")
    expect(reader.get_by_role("article")).to_have_count(2)
    reader.get_by_label("How").select_option("in other words")
    reader.get_by_role("button", name="Show").click()
    expect(reader.locator("main")).to_contain_text("No statement matches.")


def test_a_name_that_several_go_by_shows_them_all(reader: Page) -> None:
    """And one that nobody goes by says so."""
    reader.goto("/?speaker=Ostrel")
    expect(reader.get_by_role("heading", level=1)).to_have_text("2 speakers go by “Ostrel”")
    reader.get_by_role("link", name="Oda Ostrel").click()
    expect(reader.get_by_role("article")).to_contain_text("forty years")
    reader.goto("/?speaker=Nobody")
    expect(reader.get_by_role("heading", level=1)).to_have_text("No speaker goes by “Nobody”")


def test_nothing_in_a_document_is_run(reader: Page) -> None:
    """Title, source, text, speaker: every view shows their markup as text."""
    ask(reader, "Who said the flood was none of ours?")
    expect(reader.locator("main")).to_contain_text("<svg onload='window.hacked = 4'>")
    expect(reader.locator("main")).to_contain_text("<i onclick='window.hacked = 5'>Odd</i>")
    reader.get_by_role("link", name="window.hacked = 1").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HOSTILE_TITLE)
    assert reader.locator(".text").text_content() == HOSTILE
    for element in ("h1", ".text", ".text mark"):
        reader.locator(element).click()
    open_speaker(reader, "Bodil")
    reader.get_by_role("checkbox", name="Compare").check()
    assert reader.evaluate("window.hacked") is None
    assert reader.locator("main :is(script, img, b, i, svg[onload], a[href^='javascript'])").count() == 0


def test_thousands_of_statements_are_not_compared_each_with_each(reader: Page) -> None:
    """Folding them would take the server long: they are listed as they are, and the page says so."""
    many: dict[str, object] = {"id": "s_1", "name": "Irsa Tolvane", "description": None, "mentions": [], "documents": 9}
    many |= {"statements": 3000, "first": "2031-01-01", "last": "2031-12-31"}
    reader.route("**/speakers?*", lambda route: route.fulfill(json={"generation": 1, "total": 1, "speakers": [many]}))
    found: dict[str, object] = {"generation": 1, "total": 3000, "next": None, "statements": []}
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url) if "/statements?" in request.url else None)
    reader.route("**/statements?*", lambda route: route.fulfill(json=found))
    reader.goto("/?speaker=Irsa Tolvane")
    expect(reader.get_by_role("status")).to_have_text("3,000 statements; too many to see which of them are the same.")
    assert not [url for url in asked if "collapse=true" in url]
