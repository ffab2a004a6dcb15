"""Mails: single ones (.eml) and boxes of them (.mbox)."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from hashlib import sha256
from typing import BinaryIO

from index.errors import ReadError
from index.readers.dates import from_datetime, normalise_date, undated
from index.readers.encoding import clean, decode, refuse_binary
from index.readers.html import read_html
from index.readers.repeats import Repeats
from index.readers.streams import lines
from index.settings import IndexSettings
from index.types import Document, Rejected, Span

_EXPECTED_HEADERS = ("From", "Subject", "Date", "To", "Message-ID", "Received")
# What the standard library's header parser raises on odd headers, besides its own errors.
_ODD_HEADER = (ValueError, IndexError, AttributeError, TypeError, KeyError, LookupError, RecursionError)
_ANGLES = re.compile(r"<([^<>]*)>")
_WROTE = re.compile(r".{0,300}\b(?:wrote|writes|schrieb|a écrit|escribió|написала?)\b[^\n]{0,80}:\s*")
_ORIGINAL = re.compile(r"-{3,}\s*(?:original message|ursprüngliche nachricht)\s*-{3,}", re.IGNORECASE)
_TEASER_CHARS = 300


def read_mail(data: bytes, uri: str, digest: str) -> Document:
    """A mail's body; quoted replies and the signature are furniture, attachments are named in `meta`.

    The plain text part is preferred to the HTML one. Raises ReadError for what is no mail or has no text.
    """
    message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    if not any(name in message for name in _EXPECTED_HEADERS):
        raise ReadError("not a mail: it has no header such as From, Subject or Date")
    text, furniture = _body(message, uri, digest)
    if not text.strip():
        raise ReadError("the mail holds no text; leave it out, or index what is attached to it")
    meta: dict[str, object] = {}
    if identity := _message_id(message):
        meta["message_id"] = identity
    if names := _attachments(message):
        meta["attachments"] = names
    stated = _header(message, "Date")
    published = _date(message, stated)
    return Document(
        uri=uri,
        sha256=digest,
        text=text,
        title=_header(message, "Subject"),
        author=_author(message),
        published=published,
        source=_source(message),
        meta=meta | undated(stated, published),
        furniture=furniture,
    )


def read_mbox(stream: BinaryIO, uri: str, settings: IndexSettings) -> Iterator[Document | Rejected]:
    """A document for each mail of a box, or a Rejected that names it by number.

    A Message-ID that came among the last mails is rejected. Memory is bounded by `settings.max_record_bytes`.
    Raises ReadError when it is no mbox.
    """
    repeats = Repeats(uri)
    for number, data in enumerate(_messages(stream, settings.max_record_bytes), start=1):
        if data is None:
            yield Rejected(uri, f"mail {number}: longer than {settings.max_record_bytes:,} bytes")
            continue
        try:
            digest = sha256(data).hexdigest()
            message = message_from_bytes(
                data.partition(b"\n\n")[0] + b"\n\n", _class=EmailMessage, policy=policy.default
            )
            identity = _message_id(message)
            name = f"id={identity}" if identity else f"sha={digest[:16]}"
            yield repeats.checked_mail(read_mail(data, f"{uri}#{name}", digest), number)
        except ReadError as error:
            yield Rejected(uri, f"mail {number}: {error.reason}")
        except Exception as error:  # noqa: BLE001 -- one mail that breaks the parser must not cost the others
            yield Rejected(uri, f"mail {number}: broken ({type(error).__name__}: {error})")


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The bytes of each mail, `>From ` unescaped; None for one that is longer than `limit`."""
    held: list[bytes] | None = None
    size = 0
    after_blank = True
    for _, line in lines(stream, limit):
        if line is not None and after_blank and line.startswith(b"From "):
            if held is not None:
                yield b"".join(held) if size <= limit else None
            held, size = [], 0
        elif held is None:
            refuse_binary((line or b"")[:4096])
            if line is None or line.strip():
                raise ReadError("not an mbox: it does not begin with a line 'From …'")
        else:
            size += len(line) if line is not None else limit + 1
            if size > limit:
                held.clear()
            elif line is not None:
                held.append(line[1:] if re.match(rb">+From ", line) else line)
        after_blank = line is not None and not line.strip()
    if held is not None:
        yield b"".join(held) if size <= limit else None


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        return (" ".join(clean(str(value)).split()) or None) if value is not None else None
    except _ODD_HEADER:
        return None


def _message_id(message: EmailMessage) -> str | None:
    value = _header(message, "Message-ID")
    match = _ANGLES.search(value) if value else None
    return ("".join(match[1].split()) or None) if match else None


def _date(message: EmailMessage, stated: str | None) -> str | None:
    try:
        return from_datetime(message["Date"].datetime)
    except _ODD_HEADER:
        return normalise_date(stated) if stated else None


def _author(message: EmailMessage) -> str | None:
    """The sender's name, else the address."""
    try:
        sender = message["From"].addresses[0]
        return " ".join(clean(sender.display_name or sender.addr_spec).split()) or None
    except _ODD_HEADER:
        return _header(message, "From")


def _source(message: EmailMessage) -> str | None:
    """The mailing list's name, else the sender's domain."""
    listed = _header(message, "List-Id")
    if listed:
        name = _ANGLES.sub("", listed).strip(' "')
        match = _ANGLES.search(listed)
        return name or (match[1] if match else None) or None
    try:
        return clean(message["From"].addresses[0].domain).strip() or None
    except _ODD_HEADER:
        return None


def _attachments(message: EmailMessage) -> list[str]:
    try:
        names = [part.get_filename() for part in message.iter_attachments()]
    except _ODD_HEADER:
        return []
    return [clean(name) for name in names if name]


def _body(message: EmailMessage, uri: str, digest: str) -> tuple[str, tuple[Span, ...]]:
    plain = _plain(message)
    if len(plain.strip()) < _TEASER_CHARS:
        # "This mail needs an HTML reader" and empty parts: the HTML has the article.
        try:
            rich = _rich(message, uri, digest)
        except ReadError:
            # Then the plain text is all there is; without any, this is the reason.
            if not plain.strip():
                raise
            rich = None
        if rich is not None and len(rich[0]) > 3 * len(plain.strip()):
            return rich
    return plain, _quoted(plain)


def _plain(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    if part is None:
        return ""
    text = _content(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflow(text, joins_bare=str(part.get_param("delsp", "")).lower() == "yes")
    return text.strip("\n")


def _content(part: MIMEPart) -> str:
    try:
        content = part.get_content()
        if isinstance(content, str) and "\ufffd" not in content:
            return clean(content)
    except _ODD_HEADER:
        pass
    payload = part.get_payload(decode=True)
    return clean(decode(payload)) if isinstance(payload, bytes) else ""


def _unflow(text: str, joins_bare: bool) -> str:
    """RFC 3676: a line that ends in a space runs on in the next; `-- ` before a signature does not."""
    result: list[str] = []
    runs_on = False
    for line in text.split("\n"):
        stuffed = line.removeprefix(" ")
        if runs_on and not stuffed.startswith(">") and stuffed != "-- ":
            result[-1] = (result[-1][:-1] if joins_bare else result[-1]) + stuffed
        else:
            result.append(stuffed)
        runs_on = stuffed.endswith(" ") and stuffed != "-- " and not stuffed.startswith(">")
    return "\n".join(result)


def _rich(message: EmailMessage, uri: str, digest: str) -> tuple[str, tuple[Span, ...]] | None:
    part = message.get_body(preferencelist=("html",))
    if part is None:
        return None
    page = read_html(_content(part).encode(), uri, digest)
    return page.text, page.furniture


def _quoted(text: str) -> tuple[Span, ...]:
    """What is quoted from other mails, with the line that says whose it is, and the signature.

    Nothing when nothing else would remain: a mail that is all quotation passes an article on.
    """
    spans = list(_quoted_spans(text))
    rest, last = "", 0
    for start, end in spans:
        rest, last = rest + text[last:start], end
    return tuple(spans) if (rest + text[last:]).strip() else ()


def _quoted_spans(text: str) -> Iterator[Span]:
    start = 0
    opened = closed = introduced = -1
    for line in text.split("\n"):
        bare = line.strip()
        if line == "-- " or _ORIGINAL.fullmatch(bare):
            yield (opened if opened >= 0 else start, len(text))
            return
        if bare.startswith(">"):
            opened = opened if opened >= 0 else introduced if introduced >= 0 else start
            closed = start + len(line)
        elif bare:
            if opened >= 0:
                yield opened, closed
            opened = -1
            introduced = start if _WROTE.fullmatch(bare) else -1
        start += len(line) + 1
    if opened >= 0:
        yield opened, closed
