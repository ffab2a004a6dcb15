"""What schemathesis is told of requests that a JSON schema cannot: it takes all that the schema allows for right."""

from typing import Any

import schemathesis

WORDS = ("q", "query", "about", "question")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Mend what is right by the schema alone; a case that was meant to be wrong is judged by what is left of it."""
    for values in (case.query, case.body):
        if isinstance(values, dict):
            _mend(values)


def _mend(values: dict[str, Any]) -> None:
    for name in WORDS:
        word = values.get(name)
        if isinstance(word, str) and not any(char.isalnum() for char in word):
            values[name] = word + "x"
    after, before = values.get("after"), values.get("before")
    if isinstance(after, str) and isinstance(before, str) and after > before:
        values["after"], values["before"] = before, after
    # A cursor belongs to the list that gave it.
    values.pop("cursor", None)
