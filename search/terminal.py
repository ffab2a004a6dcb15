"""Results as text for people at a terminal; every function takes a shape and returns lines."""

import csv
import io
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

from index.types import IndexReport, Ref, Status, VerifyReport
from search.controls import on_one_line
from search.counts import counted
from search.shapes import encode
from search.types import (
    AskResult,
    Citation,
    DocumentView,
    Passage,
    Refusal,
    SearchResult,
    SpeakerMention,
    SpeakersPage,
    StatementCopy,
    StatementsPage,
    StatementView,
)

if TYPE_CHECKING:
    from index.store.identity import Correction

_WIDTH = 100
_PASSAGES_AFTER_ANSWER = 3


def answer(result: AskResult) -> str:
    """The answer with its citations, or the refusal; then the first passages."""
    if result.refusal:
        return "\n".join(_refusal(result.refusal))
    lines: list[str] = []
    if result.answer:
        lines += [_wrapped(result.answer.text), ""]
        lines += [line for one in result.answer.citations for line in _citation_lines(one, result.statements)]
    shown = result.passages[:_PASSAGES_AFTER_ANSWER]
    return "\n".join([*lines, "", "Passages", *_passage_lines(shown)] if shown else lines)


def _citation_lines(cited: Citation, statements: Iterable[StatementView]) -> Iterator[str]:
    """Who said it, where and when; then the address of the very words."""
    said = (one for one in statements if _overlap(cited, one) or any(_overlap(cited, copy) for copy in one.also_in))
    names = dict.fromkeys(one.speaker.name for one in said if one.speaker and one.speaker.name)
    yield f"[{cited.marker}] {' · '.join((*names, _origin(cited.document, cited.page)))}"
    yield f"    {on_one_line(cited.document.uri)} {cited.start}–{cited.end}"


def _overlap(cited: Citation, said: StatementView | StatementCopy) -> bool:
    return said.document.id == cited.document.id and said.start < cited.end and cited.start < said.end


def _refusal(refusal: Refusal) -> Iterator[str]:
    yield _wrapped(f"No answer: {refusal.reason}")
    nearest = [one for one in refusal.nearest if isinstance(one, Passage)]
    if nearest:
        yield "\nNearest"
        yield from _passage_lines(nearest)
    for one in refusal.nearest:
        if isinstance(one, StatementView):
            yield statement(one)


def passages(result: SearchResult) -> str:
    """Ranked passages, one below the other."""
    return "\n".join(_passage_lines(result.passages)) or "No passages."


def _passage_lines(found: Iterable[Passage]) -> Iterator[str]:
    for number, passage in enumerate(found, start=1):
        folded = f"  (+{len(passage.duplicates)} alike)" if passage.duplicates else ""
        yield f"{number:>3}. {passage.score:.4f}  {_origin(passage.document, passage.page)}{folded}"
        yield _wrapped(" ".join(passage.text.split()), indent="     ")
        yield f"     {passage.id}"
        for copy in passage.duplicates:
            yield f"     alike: {_origin(copy.document, None)}  {copy.id}"


def statements(page: StatementsPage) -> str:
    """One block a statement: date, speaker, words, where."""
    return "\n".join(statement(one) for one in page.statements) or "No statements."


def statement(one: StatementView) -> str:
    """One statement: date, speaker, words, where."""
    also = f"  also in {len(one.also_in)} more" if one.also_in else ""
    head = f"{one.document.published or '    –     '}  {_sayer(one)}  [{one.kind}, {one.confidence:.2f}]{also}"
    return f"{head}\n{_wrapped(said(one), indent='    ')}\n    {_origin(one.document, None)}  {one.id}"


def _sayer(one: StatementView) -> str:
    """The name; without one the document's own wording, marked as such."""
    if one.speaker is None:
        return "(unattributed)"
    return one.speaker.name or f"“{one.speaker.mention}”"


def said(one: StatementView) -> str:
    """The spans of a statement, verbatim, joined by an ellipsis where something lies between."""
    return " … ".join(one.text[start - one.start : end - one.start] for start, end in one.spans)


def statements_jsonl(page: StatementsPage) -> str:
    """One JSON object a line."""
    return "\n".join(encode(one).decode() for one in page.statements)


def statements_csv(page: StatementsPage) -> str:
    """A table that another tool can cite from."""
    columns = ["id", "published", "speaker_id", "speaker", "mention", "mention_start", "mention_end", "relayed_by"]
    columns += ["kind", "confidence", "said", "text", "start", "end", "spans", "cue", "cue_start", "cue_end"]
    columns += ["document", "uri", "title", "source", "generation"]
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(columns)
    for one in page.statements:
        found = one.document
        by = astuple(one.speaker) if one.speaker else (None,) * len(fields(SpeakerMention))
        spans = " ".join(f"{start}-{end}" for start, end in one.spans)
        words = (said(one), one.text, one.start, one.end, spans, one.cue, one.cue_start, one.cue_end)
        where = (found.id, found.uri, found.title, found.source, page.generation)
        rows.writerow([one.id, found.published, *by, one.relayed_by, one.kind, one.confidence, *words, *where])
    return out.getvalue()


def speakers(page: SpeakersPage) -> str:
    """One line a speaker, with the wordings they are mentioned by."""
    lines = []
    for one in page.speakers:
        period = " to ".join(dict.fromkeys(date for date in (one.first, one.last) if date))
        said = counted(one.statements, "statement")
        lines.append(f"{said:>16} in {counted(one.documents, 'document')}  {one.name}  {period}  {one.id}")
        lines.append(_wrapped(", ".join(f"{m.text} ({m.count})" for m in one.mentions), indent="      "))
    return "\n".join(lines) or "No speakers."


def document(found: DocumentView) -> str:
    """A document's head and text, furniture set off by a bar."""
    fields = ("id", "uri", "title", "author", "published", "source")
    lines = [f"{name}: {value}" for name in fields if (value := getattr(found, name))]
    lines += [f"{name}: {value}" for name, value in found.meta.items()]
    for paragraph in found.paragraphs:
        mark = "" if paragraph.kind == "body" else "│ "
        text = found.text[paragraph.start : paragraph.end]
        lines += ["", textwrap.indent(_wrapped(text) if not mark else text, mark)]
    return "\n".join(lines)


def surroundings(shown: dict[str, Any]) -> str:
    """A passage between its neighbours."""
    wanted: Passage = shown["passage"]
    every = sorted([wanted, *shown["around"]], key=lambda passage: passage.ordinal)
    lines = [_origin(wanted.document, wanted.page), f"{on_one_line(wanted.document.uri)} {wanted.start}–{wanted.end}"]
    for passage in every:
        lines += ["", _wrapped(" ".join(passage.text.split()), indent="  > " if passage is wanted else "    ")]
    return "\n".join(lines)


def index_report(report: IndexReport) -> str:
    """What a run did, and each rejected input with its reason."""
    counts = ("added", "changed", "moved", "unchanged", "removed")
    done = ", ".join(f"{getattr(report, name)} {name}" for name in counts if getattr(report, name))
    if not done:
        done = "nothing indexed" if report.rejected else "all derived again" if report.paragraphs else "nothing to do"
    lines = [
        f"Generation {report.generation}: {done}.",
        f"{counted(report.paragraphs, 'paragraph')} read ({report.furniture:,} more are furniture), "
        f"{report.embedded:,} embedded, {counted(report.statements, 'statement')} found; "
        f"{report.took_ms / 1000:.1f} s.",
    ]
    lines += [f"rejected {on_one_line(one.uri)}: {on_one_line(one.reason)}" for one in report.rejected]
    return "\n".join(lines)


def status(found: Status) -> str:
    """What a library holds."""
    rows = {
        "library": found.library,
        "generation": found.generation,
        "documents": f"{found.documents:,}",
        "paragraphs": f"{found.paragraphs:,} (and {found.furniture:,} of furniture)",
        "statements": f"{found.statements:,} by {counted(found.speakers, 'speaker')}",
        "model": f"{found.model.name}, {found.model.dim} dimensions",
        "vector index": f"{found.vector_index.kind}, recall@10 {found.vector_index.recall_at_10}, "
        f"{found.vector_index.bytes:,} bytes",
        "on disk": f"{found.bytes:,} bytes",
    }
    if found.purge_pending:
        rows["purge"] = (
            "pending: removed text is still in an index or held by a reader. `quoth verify --repair` takes it away "
            "now, else a run of `quoth index` an hour after its removal"
        )
    return "\n".join(f"{name:>13}  {value}" for name, value in rows.items())


def verify_report(report: VerifyReport) -> str:
    """What was checked, and each problem."""
    checked = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in report.checked.items())
    lines = [f"Checked: {checked}."]
    lines += [f"{'repaired' if p.repaired else 'PROBLEM'}: {p.where}: {p.what}" for p in report.problems]
    if not report.problems:
        lines.append("Everything agrees.")
    elif not report.ok:
        lines.append("`quoth verify --repair` derives again what can be derived.")
    return "\n".join(lines)


def written_to(done: dict[str, Any]) -> str:
    """Where a backup is, and its size."""
    return f"Written: {done['file']}, {done['bytes']:,} bytes"


def restored(done: dict[str, Any]) -> str:
    """Which library a backup has become."""
    return f"Restored: {done['library']}, generation {done['generation']}"


def recorded(made: "Correction") -> str:
    """What was recorded."""
    return f"Recorded: {correction(made)}"


def correction(made: "Correction") -> str:
    """One line: its number, when it was made, and what it says."""
    return f"{made.number}  {made.created}  {made.kind} {made.subject}" + (f" → {made.object}" if made.object else "")


def corrections(found: dict[str, Any]) -> str:
    """One line a correction."""
    return "\n".join(correction(one) for one in found["corrections"]) or "No corrections."


def config(shown: dict[str, Any]) -> str:
    """One line a setting: its name, its value as it would be set, and where that came from."""
    rows = [(one["name"], written(one["value"]), f"{one['origin']} {one['place']}") for one in shown["settings"]]
    name_width, value_width = (min(max(len(row[i]) for row in rows), _WIDTH // 3) for i in (0, 1))
    return "\n".join(f"{name:<{name_width}}  {value:<{value_width}}  {origin}".rstrip() for name, value, origin in rows)


def written(value: Any) -> str:
    """A setting's value as a user would write it: nothing for none, a list by commas, `true`."""
    if isinstance(value, list | tuple):
        return ", ".join(written(one) for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _origin(found: Ref, page: int | str | None) -> str:
    where = f"p. {page}" if isinstance(page, int) else page
    parts = (found.title or found.uri, found.source, found.published, where)
    return on_one_line(" · ".join(part for part in parts if part))


def _wrapped(text: str, indent: str = "") -> str:
    return "\n".join(
        textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
        for line in text.splitlines()
    )
