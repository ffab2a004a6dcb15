"""Questions and judgements as files hold them: JSON lines, TREC qrels, tables with a header."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search.errors import EvaluationInputError


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with what is known of its answer.

    `answers` are accepted strings, None where answers are not judged; `relevant` are document ids
    with their grade; `files` are names of files, any document of which answers.
    """

    id: str
    text: str
    answers: tuple[str, ...] | None = None
    unanswerable: bool = False
    relevant: dict[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def read_questions(path: Path) -> list[JudgedQuestion]:
    """Read JSON lines, gzipped or not: `{"_id", "question" or "text", "answers"?, "paragraph_id"?, "documents"?}`.

    Raises EvaluationInputError naming the line.
    """
    questions: list[JudgedQuestion] = []
    seen: set[str] = set()
    for number, line in _lines(path):
        if not line.strip():
            continue
        question = _question(path, number, line)
        if question.id in seen:
            raise EvaluationInputError(str(path), number, f"the _id {question.id!r} occurs twice")
        seen.add(question.id)
        questions.append(question)
    if not questions:
        raise EvaluationInputError(str(path), 1, "there is no question in this file")
    return questions


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Read judgements, question → document → grade: TREC's four columns, or three below a header.

    Raises EvaluationInputError naming the line.
    """
    judged: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        columns = [column.strip() for column in columns]
        if not any(columns) or (number == 1 and len(columns) == 3 and not _is_grade(columns[2])):
            continue
        if len(columns) not in {3, 4} or not _is_grade(columns[-1]):
            reason = "expected `question 0 document grade`, or `question document grade` below a header"
            raise EvaluationInputError(str(path), number, reason)
        judged.setdefault(columns[0], {})[columns[-2]] = int(columns[-1])
    if not judged:
        raise EvaluationInputError(str(path), 1, "there is no judgement in this file")
    return judged


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield number, line
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        reason = f"cannot be read ({error.strerror}); check the path and the right to read it"
        raise EvaluationInputError(str(path), None, reason) from error
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise EvaluationInputError(str(path), number + 1, f"cannot be read ({error})") from error


def _question(path: Path, number: int, line: str) -> JudgedQuestion:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise EvaluationInputError(str(path), number, f"not JSON ({error})") from error
    if not isinstance(record, dict):
        raise EvaluationInputError(str(path), number, "not a JSON object")
    text = record.get("question", record.get("text"))
    identity = record.get("_id", record.get("id"))
    if not isinstance(text, str) or not text.strip():
        raise EvaluationInputError(str(path), number, "no `question` or `text`")
    if not isinstance(identity, str | int):
        raise EvaluationInputError(str(path), number, "no `_id`")
    answers = _strings(path, number, record, "answers")
    paragraph = record.get("paragraph_id")
    return JudgedQuestion(
        id=str(identity),
        text=text,
        answers=answers,
        unanswerable="paragraph_id" in record and paragraph is None,
        relevant={str(paragraph): 1} if paragraph is not None else {},
        files=_strings(path, number, record, "documents") or (),
    )


def _strings(path: Path, number: int, record: dict[str, Any], name: str) -> tuple[str, ...] | None:
    values = record.get(name)
    if values is None:
        return None
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise EvaluationInputError(str(path), number, f"`{name}` is not a list of strings")
    return tuple(values)


def _is_grade(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and text.isascii()
