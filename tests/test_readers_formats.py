"""PDF, Word, EPUB and mail: text, title, author, date, source, pages, furniture."""

import io
import re
import zipfile
from hashlib import sha256

import docx
import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from index.types import Document, PageStart, Rejected
from tests.reading import URI, document, marked, read, reason


def pdf(*pages: list[str], encrypt: pdfencrypt.StandardEncryption | None = None) -> bytes:
    """A PDF with a header, lines (an empty one is a gap) and a footer on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), encrypt=encrypt, invariant=True)
    canvas.setAuthor("Ana Holt")
    for number, lines in enumerate(pages, start=1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 570, f"The Bay Post, issue 12, sheet {number}")
        canvas.drawString(200, 20, f"Page {number} of {len(pages)}")
        canvas.setFont("Helvetica", 11)
        for row, line in enumerate(lines):
            canvas.drawString(40, 520 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


FIRST = [
    "The ferry ran aground on Friday evening, its cap-",
    "tain said. He is a well-known man in the har-",
    "bour.",
    "",
    "Nobody was hurt, and the well-",
    "known man went home.",
]


def test_pdf_lines_become_paragraphs_and_pages_are_kept() -> None:
    """Lines join, broken words are made whole, hyphens that belong stay, headers and footers are furniture."""
    item = document(pdf(FIRST, ["A second page with words."]), "a.pdf")
    assert item.text.split("\n\n") == [
        "The Bay Post, issue 12, sheet 1",
        "The ferry ran aground on Friday evening, its captain said. He is a well-known man in the harbour.",
        "Nobody was hurt, and the well-known man went home.",
        "Page 1 of 2",
        "The Bay Post, issue 12, sheet 2",
        "A second page with words.",
        "Page 2 of 2",
    ]
    assert item.pages == (PageStart(0, 1), PageStart(item.text.index("The Bay Post, issue 12, sheet 2"), 2))
    assert len(marked(item)) == 4
    assert all("Page" in text or "Post" in text for text in marked(item))
    assert item.author == "Ana Holt"


def test_pdfs_that_cannot_be_read_say_what_to_do() -> None:
    """Encrypted, truncated, broken and scanned ones each have their own reason."""
    whole = pdf(FIRST)
    locked = pdf(FIRST, encrypt=pdfencrypt.StandardEncryption("secret"))
    empty = io.BytesIO()
    canvas = Canvas(empty)
    canvas.rect(10, 10, 100, 100, fill=1)
    canvas.save()
    assert "needs a password" in reason(locked, "a.pdf")
    assert "truncated" in reason(whole[: len(whole) // 2], "a.pdf")
    assert "broken PDF" in reason(b"Just words, no PDF.", "a.pdf")
    assert "OCR" in reason(empty.getvalue(), "a.pdf")
    assert document(pdf(FIRST, encrypt=pdfencrypt.StandardEncryption("", "owner")), "a.pdf").text


def word(title: str | None = "Ferry aground") -> bytes:
    """A Word document with a heading, a table, a tracked insertion and a text behind it."""
    made = docx.Document()
    made.core_properties.title = title or ""
    made.core_properties.author = "Ana Holt"
    made.add_heading("The ferry ran aground", level=1)
    paragraph = made.add_paragraph("It was ")
    paragraph.add_run("dark").bold = True
    paragraph.add_run(".")
    table = made.add_table(rows=2, cols=2)
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"cell {row}{column}"
    made.add_paragraph("Nobody was hurt.")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_docx_keeps_paragraphs_and_tables_in_order() -> None:
    """A row is a line; properties give title and author, else the first heading the title."""
    item = document(word(), "a.docx")
    assert (
        item.text == "The ferry ran aground\n\nIt was dark.\n\ncell 00 | cell 01\ncell 10 | cell 11\n\nNobody was hurt."
    )
    assert (item.title, item.author) == ("Ferry aground", "Ana Holt")
    assert document(word(None), "a.docx").title == "The ferry ran aground"


def test_docx_that_is_broken_says_so() -> None:
    """Truncated files, archives that are no Word files and old encrypted ones are told apart."""
    whole = word()
    assert "broken DOCX" in reason(whole[: len(whole) // 2], "a.docx")
    assert "broken DOCX" in reason(book({"x.txt": "words"}), "a.docx")
    assert "password" in reason(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "a.docx")


def book(files: dict[str, str]) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


BOOK = {
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/b.opf"/></rootfiles></container>',
    "OEBPS/b.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    "<dc:title>The Ferry</dc:title><dc:creator>Ana Holt</dc:creator><dc:creator>Bo Li</dc:creator>"
    "<dc:publisher>Bay Press</dc:publisher><dc:date>2031-03-03</dc:date><dc:language>en-GB</dc:language></metadata>"
    '<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="one" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="n"/><itemref idref="two"/><itemref idref="one"/></spine></package>',
    "OEBPS/nav.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>'
    '<li><a href="text/two.xhtml#x">Storm</a></li></ol></nav></body></html>',
    "OEBPS/text/one a.xhtml": "<html><head><title>no</title></head><body><h2>Calm &amp; sun</h2>"
    "<p>It was\n <b>bri</b>ght.<br/>Very.</p><script>no</script></body></html>",
    "OEBPS/text/two.xhtml": "<html><body><div>It was <p>dark.</p> So dark.</div></body></html>",
}


def test_epub_chapters_come_in_reading_order_with_their_titles() -> None:
    """Chapters are pages, by the contents or their heading; the contents themselves are furniture."""
    item = document(book(BOOK), "a.epub")
    assert item.text == "Storm\n\nIt was\n\ndark.\n\nSo dark.\n\nCalm & sun\n\nIt was bright.\nVery."
    titles = [(item.text[page.start :][:6], page.page) for page in item.pages]
    assert titles == [("Storm\n", "Section 1"), ("It was", "Storm"), ("Calm &", "Calm & sun")]
    assert marked(item) == ["Storm"]
    assert (item.title, item.author, item.source) == ("The Ferry", "Ana Holt, Bo Li", "Bay Press")
    assert (item.published, item.language) == ("2031-03-03", "en")


@pytest.mark.parametrize(
    ("stated", "published", "meta"),
    [("2031-03-03", "2031-03-03", {}), ("2031", None, {"published": "2031"}), ("", None, {})],
)
def test_dates_of_books_that_name_no_day_stay_as_they_stand(
    stated: str, published: str | None, meta: dict[str, str]
) -> None:
    """A day is the book's date, a year alone goes to `meta`, and of no date nothing is kept."""
    package = BOOK["OEBPS/b.opf"].replace("2031-03-03", stated)
    item = document(book({**BOOK, "OEBPS/b.opf": package}), "a.epub")
    assert (item.published, item.meta) == (published, meta)


def test_epubs_that_cannot_be_read_say_why() -> None:
    """Copy protection, damage, missing parts and bombs each have a reason; obfuscated fonts are none."""
    method = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
        '<e:EncryptionMethod Algorithm="{}"/></e:EncryptedData></encryption>'
    )
    locked = method.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    fonts = method.format("http://www.idpf.org/2008/embedding")
    assert "DRM" in reason(book({**BOOK, "META-INF/encryption.xml": locked}), "a.epub")
    assert document(book({**BOOK, "META-INF/encryption.xml": fonts}), "a.epub").text
    assert "broken EPUB" in reason(book(BOOK)[:300], "a.epub")
    assert "container.xml" in reason(book({"x": "y"}), "a.epub")
    assert "bomb" in reason(book({**BOOK, "big": "0" * (70 << 20)}), "a.epub")


MAIL = b"""From: =?utf-8?q?Ana_H=C3=B6lt?= <ana@bay.example>
Subject: The ferry\r
Date: Thu, 05 Jun 2031 23:15:00 -0300
Message-ID: <1@bay.example>
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

It was d\xe4rk.

On Wed, Bo Li wrote:
> Was it dark?
> Or not?

Very.
--\x20
Ana
"""


def test_mail_headers_and_body() -> None:
    """Headers give title, author, date and source; quoted replies and the signature are furniture."""
    item = document(MAIL, "a.eml")
    assert item.text.startswith("It was därk.\n\nOn Wed")
    assert (item.title, item.author, item.published) == ("The ferry", "Ana Hölt", "2031-06-06")
    assert (item.source, item.meta) == ("bay.example", {"message_id": "1@bay.example"})
    assert marked(item) == ["On Wed, Bo Li wrote:\n> Was it dark?\n> Or not?", "-- \nAna"]


def test_mail_with_html_alone_is_read_as_a_page() -> None:
    """The HTML part speaks where there is no plain one, or only a line that points to it."""
    page = "<html><body><article>" + "<p>The ferry ran aground on Friday, the company said in Pell.</p>" * 12
    head = b'Subject: Ferry\nList-Id: "Bay letter" <l.bay.example>\nContent-Type: multipart/alternative; boundary=B\n\n'
    plain = b"--B\nContent-Type: text/plain\n\nPlease use a reader that shows HTML.\n"
    rich = b"--B\nContent-Type: text/html; charset=utf-8\n\n" + page.encode() + b"</article></body></html>\n--B--\n"
    item = document(head + plain + rich, "a.eml")
    assert "The ferry ran aground on Friday" in item.text
    assert "<p>" not in item.text
    assert item.source == "Bay letter"


def test_mail_whose_page_is_too_large_says_so_unless_there_is_text() -> None:
    """The HTML part has the limit of a page; a short plain part is taken in its place."""
    head = b"Subject: Ferry\nContent-Type: multipart/alternative; boundary=B\n\n"
    plain = b"--B\nContent-Type: text/plain\n\nIt was dark.\n"
    rich = b"--B\nContent-Type: text/html; charset=utf-8\n\n" + b"<b>" * 1_000_001 + b"\n--B--\n"
    assert "tags" in reason(head + rich, "a.eml")
    assert document(head + plain + rich, "a.eml").text == "It was dark."


def test_mail_without_headers_or_text_is_rejected() -> None:
    """Any bytes parse as a mail, so it takes a known header and words to be one."""
    assert "not a mail" in reason(b"Just some words\nand more\n", "a.eml")
    assert "no text" in reason(b"Subject: nothing\n\n\n", "a.eml")


def test_mbox_is_read_mail_by_mail() -> None:
    """Each mail is a document of its own URI and hash; a bad one costs no other."""
    second = b"Subject: Two\nDate: not one\n\n>From the start it was dark.\n"
    box = b"From a@b Thu Jun  5\n" + MAIL + b"\nFrom b@c Fri\n" + second + b"\nFrom c@d Sat\nno headers\n"
    items = read(box, "a.mbox")
    assert [type(item) for item in items] == [Document, Document, Rejected]
    one, two, bad = items
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert isinstance(bad, Rejected)
    assert (one.uri, one.title) == (f"{URI}#id=1@bay.example", "The ferry")
    assert two.text == "From the start it was dark."
    assert two.sha256 == sha256(b"Subject: Two\nDate: not one\n\nFrom the start it was dark.\n\n").hexdigest()
    assert (two.uri, two.published, two.meta) == (f"{URI}#sha={two.sha256[:16]}", None, {"published": "not one"})
    assert bad.reason.startswith("mail 3:")
    assert "not an mbox" in reason(b"Subject: One\n\nwords\n", "a.mbox")


def test_a_mail_that_stands_twice_in_a_box_is_rejected_with_the_number_of_the_first() -> None:
    """Lists and direct copies leave the same Message-ID twice; mails without one are the same by their bytes."""
    first = b"Subject: One\nMessage-ID: <1@bay.example>\n\nIt was dark.\n"
    other = b"Subject: Two\n\nIt was light.\n"
    box = b"".join(b"From a@b Thu\n" + mail + b"\n" for mail in (first, other, first + b"Very.\n", other))
    items = read(box, "a.mbox")
    assert [item.title for item in items if isinstance(item, Document)] == ["One", "Two"]
    assert [item.reason for item in items if isinstance(item, Rejected)] == [
        "mail 3: its Message-ID 1@bay.example was given by mail 1 already; they must differ",
        "mail 4: the same as mail 2",
    ]


def test_properties_that_are_no_date_cost_no_document() -> None:
    """Of a PDF or a Word document they stay in `meta` as they stand."""
    data = pdf(["The ferry ran aground on Friday evening."])
    assert document(data, "a.pdf").published == "2000-01-01"
    item = document(data.replace(b"(D:20000101", b"(D:20000231"), "a.pdf")
    assert (item.published, item.meta) == (None, {"published": "D:20000231000000+00'00'"})
    out, changed = io.BytesIO(), io.BytesIO()
    written = docx.Document()
    written.add_paragraph("The ferry ran aground on Friday evening.")
    written.core_properties.author = "Ana Holt"
    written.save(out)
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(:created[^>]*>)[^<]*", rb"\g<1>2031-02-31T10:00:00Z", old.read(name)))
    item = document(changed.getvalue(), "a.docx")
    assert (item.published, item.meta) == (None, {"published": "2031-02-31T10:00:00Z"})
