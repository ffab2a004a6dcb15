"""Bytes of a text file to text: byte order marks, strict UTF-8, then legacy encodings by detection."""

import codecs
import re
import unicodedata

from index.errors import ReadError

EMPTY = "it is empty; put text in it or leave it out"
"""Why a file or stream without content is rejected."""
WHOLE = "replace it by the whole character or by U+FFFD"
"""What to do about a lone surrogate."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, EPUB …)"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
# What news archives are in; a wider choice makes the detection of short texts worse, not better.
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2",
    "mac_roman", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp874",
]  # fmt: skip
_DETECT_BYTES = 1 << 18
_CONTROL_SHARE = 0.02
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1b"))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(128))
_WORD = re.compile(r"[^\W\d_]{1,200}")
_NO_ASCII = re.compile(r"[^\x00-\x7f]")
_LAST_LATIN = "\u024f"
_FOREIGN_SHARE = 0.3
_STRANGE_SHARE = 0.2
_SYMBOLS = frozenset({"Sc", "So", "Sm", "No"})
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """The text of a file, line ends as they are, without a byte order mark.

    Raises ReadError for binary content and for bytes that no encoding explains.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name)
    refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(data, error)


def decode_file(data: bytes) -> str:
    """As `decode`, with CRLF and CR made LF: a document's text by the contract."""
    return unify_newlines(decode(data))


def unify_newlines(text: str) -> str:
    """CRLF and CR become LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean(text: str) -> str:
    """Text out of a parser, without control characters and with U+FFFD for lone surrogates."""
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", unify_newlines(text)))


def refuse_binary(head: bytes) -> None:
    """Raise ReadError, with what it looks like, when bytes are not text in any one-byte superset of ASCII."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ReadError("it is UTF-16; save it as UTF-8")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise ReadError(f"not text: it is {kind}; give the file its real suffix, or export it as text")
    nul = head.find(b"\x00")
    if nul >= 0:
        raise ReadError(f"not text: it is binary (a NUL at byte {nul:,}); export it as text")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _CONTROL_SHARE * len(head):
        raise ReadError(f"not text: it is binary ({controls:,} control characters); export it as text")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"not valid {encoding} at byte {error.start:,}, though its first bytes say so") from error
    if "\x00" in text:
        raise ReadError("not text: it is binary (it holds NULs); export it as text")
    return text


def _decode_legacy(data: bytes, error: UnicodeDecodeError) -> str:
    """Text in a legacy encoding; a damaged UTF-8 file is refused, not turned into mojibake."""
    if is_damaged_utf8(data):
        raise ReadError(_damaged(data, error))
    encoding = detect_encoding(data[:_DETECT_BYTES])
    if encoding is None:
        raise ReadError(_damaged(data, error))
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise ReadError(_damaged(data, error)) from error


def is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 are so by damage, not for being in another encoding."""
    sequences = sum(1 for _ in _MULTIBYTE.finditer(data))
    return sequences >= len(_MULTIBYTE.sub(b"", data).translate(None, _ASCII))


def _damaged(data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return (
        f"not valid UTF-8 at byte {error.start:,} (line {line:,}), and no other encoding fits; save it as UTF-8, "
        "for example with `iconv -c -t utf-8`"
    )


def detect_encoding(data: bytes) -> str | None:
    """The most plausible legacy encoding of bytes that are not UTF-8, as a Python codec's name."""
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data, cp_isolation=_LEGACY, enable_fallback=False))
    return next((match.encoding for match in matches if _reads_well(str(match))), None)


def _reads_well(text: str) -> bool:
    """Whether characters beyond ASCII stand where writing has them; stray bytes in an English text don't."""
    letters = [character for character in text if character.isalpha()]
    foreign = sum(character > _LAST_LATIN for character in letters)
    strange = beyond = 0
    for word in _WORD.findall(text):
        high = sum(character > "\x7f" for character in word)
        beyond += high
        # Words of Latin script have ASCII letters too, but for "à" and its like.
        is_latin = all(character <= _LAST_LATIN for character in word)
        if high == len(word) > 1 if is_latin else foreign < _FOREIGN_SHARE * len(letters):
            strange += high
    for character in _NO_ASCII.findall(text):
        if character.isalpha():
            continue
        beyond += 1
        strange += unicodedata.category(character)[0] not in "PZ" and unicodedata.category(character) not in _SYMBOLS
    return strange <= _STRANGE_SHARE * beyond
