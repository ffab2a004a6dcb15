"""Questions and judgements as files hold them: JSON lines, TREC qrels, tables with a header."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from index.readers.twice import said_twice
from search.errors import EvaluationInputError


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with what is known of its answer, and the line of its file.

    `answers` are accepted strings, None where answers are not judged, empty where any may be given; `relevant` are
    document ids with their grade; `files` are names of files, any document of which answers.
    """

    id: str
    text: str
    line: int = 0
    answers: tuple[str, ...] | None = None
    unanswerable: bool = False
    relevant: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Whether its answer or refusal is judged."""
        return self.answers is not None or self.unanswerable

    @property
    def is_ranked(self) -> bool:
        """Whether there is a document to be found for it."""
        return any(grade > 0 for grade in self.relevant.values())

    @property
    def judgement(self) -> str:
        """A digest of what counts as right, the same in any order."""
        judged = (sorted(self.answers or ()), self.is_asked, self.unanswerable, sorted(self.relevant.items()))
        return hashlib.sha256(msgspec.json.encode(judged)).hexdigest()[:12]


def read_questions(path: Path) -> list[JudgedQuestion]:
    """Read JSON lines, gzipped or not: `{"_id", "question" or "text", "answers"?, "paragraph_id"?, "documents"?}`.

    A question is unanswerable where `paragraph_id` is null, or where `answers` is empty and neither it nor
    `documents` names anything. Raises EvaluationInputError naming the line and the field.
    """
    questions: list[JudgedQuestion] = []
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        if not line.strip():
            continue
        question = _question(path, number, line)
        if seen.setdefault(question.id, number) != number:
            first = seen[question.id]
            raise EvaluationInputError(str(path), number, f"the _id {question.id!r} is that of line {first}, too")
        questions.append(question)
    if not questions:
        raise EvaluationInputError(str(path), 1, "there is no question in this file")
    return questions


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgements, question → document → grade: TREC's four columns, or three; a header is passed over.

    Raises EvaluationInputError naming the line and the column.
    """
    judged: dict[str, dict[str, int]] = {}
    is_first = True
    for number, line in _lines(path):
        columns = [column.strip() for column in (line.rstrip().split("\t") if "\t" in line else line.split())]
        if not any(columns):
            continue
        # A column that is a number belongs to a judgement, whose grade may be what is wrong with it.
        is_numbered = any(map(str.isdecimal, columns)) or any(map(str.isdecimal, columns[-1]))
        is_header = is_first and len(columns) in {3, 4} and not is_numbered
        is_first = False
        if is_header:
            continue
        question, document, grade = _judgement(path, number, columns)
        grades = judged.setdefault(question, {})
        if grades.setdefault(document, grade) != grade:
            reason = f"document {document!r} of question {question!r} has another grade further up, {grades[document]}"
            raise EvaluationInputError(str(path), number, reason)
    if not judged:
        raise EvaluationInputError(str(path), 1, "there is no judgement in this file")
    return judged


def _judgement(path: Path, number: int, columns: list[str]) -> tuple[str, str, int]:
    if len(columns) not in {3, 4}:
        reason = f"expected `question 0 document grade` or `question document grade`, not {len(columns)} columns"
        raise EvaluationInputError(str(path), number, reason)
    question, document, grade = columns[0], columns[-2], columns[-1]
    if not question or not document:
        raise EvaluationInputError(str(path), number, f"no {'document' if question else 'question'} in this line")
    if not (grade.removeprefix("-").isdecimal() and grade.isascii() and len(grade) < 10):
        raise EvaluationInputError(
            str(path), number, f"grade: {grade[:40]!r} is not a whole number of at most nine digits"
        )
    return question, document, int(grade)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        # utf-8-sig: what a spreadsheet saved begins with a mark that is no part of the first id.
        # surrogateescape: files are decoded in blocks, and an error would be that of a block's first line.
        with (
            gzip.open(path, "rt", encoding="utf-8-sig", errors="surrogateescape")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig", errors="surrogateescape") as file
        ):
            for line in file:
                line.encode(errors="surrogateescape").decode()
                number += 1
                yield number, line
    except (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError) as error:
        reason = f"cannot be read ({error.strerror}); check the path and the right to read it"
        raise EvaluationInputError(str(path), None, reason) from error
    except UnicodeDecodeError as error:
        is_packed = number == 0 and error.object.startswith(b"\x1f\x8b")
        advice = "it is gzipped: let its name end in .gz" if is_packed else "save it as UTF-8"
        raise EvaluationInputError(str(path), number + 1, f"is not UTF-8 ({_byte(error)}); {advice}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise EvaluationInputError(str(path), number + 1, f"cannot be read ({error})") from error


def _byte(error: UnicodeDecodeError) -> str:
    return f"byte 0x{error.object[error.start]:02x} at {error.start + 1}"


def _question(path: Path, number: int, line: str) -> JudgedQuestion:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        # The library counts lines too, from this one.
        reason = f"not JSON ({error.msg.removesuffix(' at')} at character {error.pos + 1}); a question is one line"
        raise EvaluationInputError(str(path), number, reason) from error
    except (ValueError, RecursionError) as error:
        raise EvaluationInputError(str(path), number, f"not JSON ({error})") from error
    if not isinstance(record, dict):
        raise EvaluationInputError(str(path), number, "not a JSON object")
    if twice := said_twice(line):
        reason = f"the key {twice.name[:40]!r} stands twice in this line; keep one of them"
        raise EvaluationInputError(str(path), number, reason)
    if "\\u" in line and any("\ud800" <= char <= "\udfff" for char in json.dumps(record, ensure_ascii=False)):
        raise EvaluationInputError(str(path), number, "a lone surrogate, which is half of a character")
    text = record.get("question", record.get("text"))
    if not isinstance(text, str) or not any(char.isalnum() for char in text):
        raise EvaluationInputError(str(path), number, "no `question` or `text` with a letter or digit")
    if not _is_id(identity := record.get("_id", record.get("id"))):
        raise EvaluationInputError(str(path), number, "no `_id` that is a string or whole number")
    paragraph = record.get("paragraph_id")
    if not (paragraph is None or _is_id(paragraph)):
        raise EvaluationInputError(str(path), number, "`paragraph_id` is neither a string nor null")
    answers = _strings(path, number, record, "answers")
    files = _strings(path, number, record, "documents") or ()
    return JudgedQuestion(
        id=str(identity),
        text=text,
        line=number,
        answers=answers,
        unanswerable=paragraph is None and ("paragraph_id" in record or (answers == () and not files)),
        relevant={str(paragraph): 1} if paragraph is not None else dict.fromkeys(files, 1),
        files=files if paragraph is None else (),
    )


def _is_id(value: object) -> bool:
    return (isinstance(value, str) and value.strip() != "") or (isinstance(value, int) and not isinstance(value, bool))


def _strings(path: Path, number: int, record: dict[str, Any], name: str) -> tuple[str, ...] | None:
    values = record.get(name)
    if values is None:
        return None
    if not isinstance(values, list):
        raise EvaluationInputError(str(path), number, f"`{name}` is not a list of strings")
    for place, value in enumerate(values):
        # An empty string stands in every answer.
        if not isinstance(value, str) or not value.strip():
            raise EvaluationInputError(str(path), number, f"`{name}[{place}]` is not a string with text in it")
    return tuple(values)
