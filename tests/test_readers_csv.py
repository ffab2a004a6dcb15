"""CSV: columns by name, delimiters, encodings, and the line of each bad row."""

import pytest

from index.settings import IndexSettings
from index.types import Document, Rejected
from tests.reading import URI, document, read, reason


def test_csv_reads_columns_by_name_in_any_case() -> None:
    """Known columns are found whatever their case, others become `meta`, line breaks in quotes stay."""
    data = b'\xef\xbb\xbfID,Title,TEXT,Desk,Published\r\n1,Ferry,"He said ""no"".\r\nTwice.",Castrin,3 March 2031\r\n'
    item = document(data, "input.csv")
    assert (item.id, item.title, item.text) == ("1", "Ferry", 'He said "no".\r\nTwice.')
    assert (item.published, item.meta, item.uri) == ("2031-03-03", {"Desk": "Castrin"}, f"{URI}#id=1")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_takes_the_delimiter_of_its_header(delimiter: str) -> None:
    """Spreadsheets of many countries write semicolons or tabs."""
    data = f"title{delimiter}text\nHarbour{delimiter}Ships, eleven of them; all full\n"
    expected = "Ships, eleven of them; all full"
    if delimiter in ",;":
        data = data.replace(expected, f'"{expected}"')
    assert document(data.encode(), "input.csv").text == expected


def test_csv_without_a_text_column_names_what_it_found() -> None:
    """The reason lists the columns, so that the user sees which to rename."""
    assert "'headline', 'body'" in reason(b"headline,body\na,b\n", "input.csv")


def test_csv_rejects_bad_rows_and_goes_on() -> None:
    """Rows that are empty of text, too wide, too long or badly quoted are named by line."""
    rows = ["id,text", "1,good", "2,", "3,a,b,c", f"4,{'x' * 3000}", '5,"bad" quoting', "6,good"]
    items = read("\n".join(rows).encode(), "input.csv", IndexSettings(max_record_bytes=2000))
    assert [item.id for item in items if isinstance(item, Document)] == ["1", "6"]
    assert [item.reason.split(":")[0] for item in items if isinstance(item, Rejected)] == [
        f"line {number}" for number in (3, 4, 5, 6)
    ]


def test_a_bad_byte_costs_its_csv_row_alone() -> None:
    """The row is named by the line of the byte, and one of several lines is not taken apart."""
    rows = [
        b"id,text",
        b"1,good",
        b"2,bad \xff byte",
        b'3,"first',
        b"4,caf\xc3\xa9 \xfe",
        b'5,last"',
        "6,déjà".encode(),
    ]
    for filler in (0, 30_000):
        data = b"\n".join([*rows[:2], *(b"f%d,filler words" % number for number in range(filler)), *rows[2:]])
        items = read(data, "input.csv")
        good = [item.id for item in items if isinstance(item, Document) and not (item.id or "").startswith("f")]
        assert good == ["1", "6"]
        reasons = [item.reason for item in items if isinstance(item, Rejected)]
        assert [words.split(" of")[0] for words in reasons] == [
            f"line {filler + 3}: not valid UTF-8 at byte 6",
            f"line {filler + 5}: not valid UTF-8 at byte 8",
        ]


def test_csv_in_a_legacy_encoding_is_read_whole() -> None:
    """Accents of another encoding are no damage."""
    text = "Le président a déclaré vendredi que la réunion n'aurait pas lieu à Genève."
    assert document(f"id,text\n1,{text}\n".encode("cp1252"), "input.csv").text == text


def test_a_row_of_several_lines_is_named_by_its_first() -> None:
    """Only a misquoted one is named by the line where that shows."""
    rows = [
        'id,text,published', '1,"a\nb",', "", '1,"c\nd",', '2,"e\nf",,x', '3,"g\nh",soon', '4,"i\nj "k" l",',
        '5,last,', '6,"never\nclosed',
    ]  # fmt: skip
    items = read("\n".join(rows).encode(), "input.csv")
    assert [item.id for item in items if isinstance(item, Document)] == ["1", "5"]
    assert [item.reason.split(";")[0] for item in items if isinstance(item, Rejected)] == [
        "line 5: its id 1 was given on line 2 already",
        "line 7: 4 columns, but the header names 3",
        "line 9: published: 'soon' is no date",
        "line 12: ',' expected after '\"'",
        "line 14: a quotation mark is never closed, so that the file ends inside this row",
    ]
    long = 'id,text\n1,"' + "word\n" * 400 + '"\n2,good\n'
    (first, *_) = read(long.encode(), "input.csv", IndexSettings(max_record_bytes=1000))
    assert isinstance(first, Rejected)
    assert first.reason.startswith("line 2: the row is longer than 1,000 bytes")


def test_columns_of_one_name_are_refused() -> None:
    """Only one of them could be kept; columns without a name don't matter."""
    assert "two columns are named 'text'" in reason(b"id,text,TEXT\n1,a,b\n", "input.csv")
    assert "two columns are named 'Desk'" in reason(b"Desk,text,Desk\n1,a,b\n", "input.csv")
    assert document(b"text,,\na,b,c\n", "input.csv").text == "a"


def test_what_spreadsheets_add_is_understood_or_named() -> None:
    """Excel's first line that states the delimiter, and line ends of old Macs."""
    assert document(b"\xef\xbb\xbfsep=;\r\nid;text\r\n1;a, b\r\n", "input.csv").text == "a, b"
    assert "CR alone" in reason(b"id,text\r1,a\r2,b\r", "input.csv")
