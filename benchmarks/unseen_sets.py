"""Sets to rank that nobody judged: questions made by a seed out of real texts, with what answers them.

A sentence that is asked for was taken out of its text first, and no title stands in the index where titles are asked.
What others judge is made otherwise: nobody who writes a claim, or a query, has just read the sentence.
"""

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from index.sentences import sentences
from index.stopwords import FUNCTION_WORDS


class Text(NamedTuple):
    """A document."""

    id: str
    title: str
    text: str


class Question(NamedTuple):
    """What is asked, and the ids of the documents that are right."""

    text: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Documents, and by kind the questions that are asked of them."""

    texts: list[Text]
    asked: dict[str, list[Question]] = field(default_factory=dict)


FEWEST, MOST = 7, 45
"""Words of a sentence that is asked for."""
ARTICLES, NEWS, PARAGRAPHS = 350, 80, 300
"""So many newswire articles and news articles are taken, and of so many paragraphs a sentence."""
_FIRST, _INNER = "the first sentence → its article", "a sentence → the article it was taken from"
_LAST, _MIDDLE = "the last sentence → its abstract", "a sentence in the middle → its abstract"
_ABSTRACT_END = re.compile(r" \.\s+")
"""In Cranfield full stops stand between blanks."""


def newswire(data: Path, chance: random.Random) -> Made:
    """Short articles of 1987 with their headlines; of every other one the first sentence is asked for."""
    return _articles(_newswire(data, chance), chance)


def newswire_headlines(data: Path, chance: random.Random) -> Made:
    """The same without headlines, which are asked for."""
    return _headlines(_newswire(data, chance))


def newswire_sentences(data: Path, chance: random.Random) -> Made:
    """Each paragraph by itself: the headline finds those of its article."""
    texts, asked = [], []
    for one in _newswire(data, chance):
        parts = [Text(f"{one.id}-{number}", "", part) for number, part in enumerate(one.text.split("\n\n"))]
        texts += parts
        asked.append(Question(one.title.lower(), tuple(part.id for part in parts)))
    return Made(texts, {"a headline → the paragraphs of its article, each by itself": asked})


def news(data: Path, chance: random.Random) -> Made:
    """Long articles on politics."""
    return _articles(_news(data, chance), chance)


def news_headlines(data: Path, chance: random.Random) -> Made:
    """The same without headlines, which are asked for."""
    return _headlines(_news(data, chance))


def claims(data: Path, chance: random.Random) -> Made:
    """Abstracts on aerodynamics: of half of them the last sentence was taken, of half one in the middle."""
    texts: list[Text] = []
    asked: dict[str, list[Question]] = {_LAST: [], _MIDDLE: []}
    for number, one in enumerate(_records(data / "retrieval/cranfield/corpus.jsonl.gz")):
        parts = [part for part in _ABSTRACT_END.split(one.text.strip()) if part.strip()]
        if len(parts) > 3:
            place = chance.randrange(1, len(parts) - 1)
            kind, place = (_LAST, len(parts) - 1) if number % 2 else (_MIDDLE, place)
            if _is_asked(parts[place]):
                asked[kind].append(Question(parts.pop(place).rstrip(" ."), (one.id,)))
        texts.append(one._replace(text=" . ".join(parts)))
    return Made([one for one in texts if one.text], asked)


def paragraphs(data: Path, chance: random.Random) -> Made:
    """Paragraphs of an encyclopedia below their titles: a sentence taken out, and its first ten words."""
    every = _records(data / "questions/squad2_half_dev/corpus.jsonl")
    chosen = set(chance.sample(range(len(every)), PARAGRAPHS))
    texts, asked = [], []
    for number, one in enumerate(every):
        taken = _taken([one.text], chance) if number in chosen else None
        if taken:
            asked.append(Question(taken[0], (one.id,)))
        texts.append(one._replace(text=taken[1][0] if taken else one.text))
    short = [_replaced(one, " ".join(one.text.split()[:10])) for one in asked]
    return Made(texts, {"a sentence → its paragraph": asked, "ten words of a sentence → its paragraph": short})


def snippets(data: Path, chance: random.Random) -> Made:
    """Sentences of an encyclopedia, each by itself and without a title: the only one that holds an accepted answer."""
    texts, held = [], {}
    for one in _records(data / "questions/squad2_half_dev/corpus.jsonl"):
        held[one.id] = [Text(f"{one.id}-{place}", "", part) for place, part in enumerate(_split(one.text))]
        texts += held[one.id]
    asked = []
    for question in _questions(data, "squad2_half_dev"):
        right = [one.id for one in held[question["paragraph_id"]] if any(a in one.text for a in question["answers"])]
        if len(right) == 1:
            asked.append(Question(question["question"], (right[0],)))
    return Made(texts, {"a question → the sentence that answers, untitled": chance.sample(asked, min(500, len(asked)))})


def typed(data: Path, chance: random.Random) -> Made:
    """Questions as people in a hurry type them: as keywords, and with slips."""
    every = _questions(data, "squad2_half_dev")
    asked = [Question(one["question"], (one["paragraph_id"],)) for one in every]
    chance.shuffle(asked)
    return Made(
        _records(data / "questions/squad2_half_dev/corpus.jsonl"),
        {
            "a question as keywords → its paragraph": [_replaced(one, keywords(one.text, 8)) for one in asked[:500]],
            "a question with slips → its paragraph": [
                _replaced(one, slips(one.text, chance)) for one in asked[500:1000]
            ],
        },
    )


def web_queries(data: Path, chance: random.Random) -> Made:
    """Real questions to a search engine, and sentences of an encyclopedia: four words of each, and with slips."""
    folder = data / "retrieval/wikiqa"
    right: dict[str, list[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, document, grade = line.split("\t")
        if int(grade) > 0:
            right.setdefault(question, []).append(document)
    asked = [
        Question(one["text"], tuple(right[one["_id"]]))
        for one in _lines(folder / "queries.jsonl")
        if one["_id"] in right
    ]
    return Made(
        _records(folder / "corpus.jsonl"),
        {
            "four words of a web query → the sentences that answer": [
                _replaced(one, keywords(one.text, 4)) for one in asked
            ],
            "a web query with slips → the sentences that answer": [
                _replaced(one, slips(one.text, chance)) for one in asked
            ],
        },
    )


def pages(data: Path, chance: random.Random) -> Made:
    """Paragraphs of web pages, each by itself: a sentence taken out, and six of its words."""
    texts, asked = _pages(data, chance)
    words = [_replaced(one, keywords(one.text, 6)) for one in asked]
    return Made(texts, {"a sentence → its paragraph": asked, "six words of a sentence → its paragraph": words})


def whole_pages(data: Path, chance: random.Random) -> Made:
    """The same sentences: any paragraph of the page is right."""
    texts, asked = _pages(data, chance)
    bodies: dict[str, list[str]] = {}
    for one in texts:
        bodies.setdefault(one.id.rpartition("-")[0], []).append(one.text)
    found = [Question(one.text, (one.right[0].rpartition("-")[0],)) for one in asked]
    return Made([Text(name, "", "\n\n".join(body)) for name, body in bodies.items()], {"a sentence → its page": found})


MAKERS: dict[str, tuple[str, Callable[[Path, random.Random], Made]]] = {
    "newswire": ("newswire", newswire),
    "newswire-headlines": ("newswire", newswire_headlines),
    "newswire-sentences": ("newswire", newswire_sentences),
    "news": ("news", news),
    "news-headlines": ("news", news_headlines),
    "claims": ("abstracts", claims),
    "paragraphs": ("encyclopedia", paragraphs),
    "snippets": ("snippets", snippets),
    "typed": ("typed questions", typed),
    "web-queries": ("web queries", web_queries),
    "pages": ("web pages", pages),
    "whole-pages": ("web pages", whole_pages),
}
"""By name: of what kind, and how the set is made; those of a kind draw the same texts."""


def make(name: str, data: Path, seed: int) -> Made:
    """A set by its name; the same seed gives the same one."""
    kind, maker = MAKERS[name]
    return maker(data, random.Random(f"{seed}/{kind}"))


def keywords(question: str, most: int) -> str:
    """The first words that carry meaning, in small letters; the question itself where none does."""
    words = [word.strip(".,;:!?“”\"()’'").lower() for word in question.split()]
    return " ".join([word for word in words if word and word not in FUNCTION_WORDS][:most]) or question


def slips(question: str, chance: random.Random) -> str:
    """One word, of ten and more two, with a letter left out, doubled or swapped with the next."""
    words = question.split()
    places = [
        place
        for place, word in enumerate(words)
        if len(word) > 4 and word.isalpha() and word.lower() not in FUNCTION_WORDS
    ]
    for place in chance.sample(places, min(len(places), 1 + (len(words) > 9))):
        word = words[place]
        at = chance.randrange(1, len(word) - 2)
        middle = chance.choice(("", word[at] * 2, word[at + 1] + word[at]))
        words[place] = word[:at] + middle + word[at + 1 + (len(middle) == 2 and middle[0] != middle[1]) :]
    return " ".join(words)


def _articles(articles: Sequence[Text], chance: random.Random) -> Made:
    """Of every other article its first sentence is taken, of the others one further on."""
    texts: list[Text] = []
    asked: dict[str, list[Question]] = {_FIRST: [], _INNER: []}
    for number, one in enumerate(articles):
        parts = one.text.split("\n\n")
        if number % 2:
            kind, taken = _INNER, _taken(parts, chance)
        else:
            first, *rest = _split(parts[0])
            kind, taken = _FIRST, (first, [" ".join(rest), *parts[1:]]) if len(parts) > 2 and _is_asked(first) else None
        if taken:
            asked[kind].append(Question(taken[0], (one.id,)))
            parts = taken[1]
        texts.append(one._replace(text="\n\n".join(part for part in parts if part)))
    return Made(texts, asked)


def _headlines(articles: Sequence[Text]) -> Made:
    asked = [Question(one.title.lower() if one.title.isupper() else one.title, (one.id,)) for one in articles]
    return Made([one._replace(title="") for one in articles], {"a headline → its article": asked})


def _taken(parts: Sequence[str], chance: random.Random) -> tuple[str, list[str]] | None:
    """A sentence of a paragraph that has more, and the paragraphs without it; None where there is no such sentence."""
    split = [_split(part) for part in parts]
    fit = [
        (place, at)
        for place, part in enumerate(split)
        for at, sentence in enumerate(part)
        if len(part) > 1 and _is_asked(sentence)
    ]
    if not fit:
        return None
    place, at = chance.choice(fit)
    sentence = split[place].pop(at)
    return sentence, [" ".join(split[here]) if here == place else part for here, part in enumerate(parts)]


def _newswire(data: Path, chance: random.Random) -> list[Text]:
    return _sampled((data / "scale/corpus.jsonl.gz"), "_id", ARTICLES, chance)


def _news(data: Path, chance: random.Random) -> list[Text]:
    return _sampled((data / "statements/train300.jsonl.gz"), "doc_id", NEWS, chance)


def _sampled(path: Path, key: str, n: int, chance: random.Random) -> list[Text]:
    """Articles of more than a line, no two of one headline, which does not stand in their texts as well."""
    every = {one["title"]: one for one in _lines(path) if one["title"] and len(one["text"]) > 500}
    chosen = chance.sample(list(every.values()), min(n, len(every)))
    return [Text(one[key], one["title"], _without_title(one["text"], one["title"])) for one in chosen]


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n\n")
    one, other = (re.sub(r"\W", "", part.lower())[:30] for part in (first, title))
    return rest if rest and (one.startswith(other) or other.startswith(one)) else text


def _pages(data: Path, chance: random.Random) -> tuple[list[Text], list[Question]]:
    """The paragraphs of web pages, and up to six sentences of each, taken out of paragraphs of three and more."""
    texts, asked = [], []
    for name, page in json.loads((data / "pages/ground-truth.json").read_text(encoding="utf-8")).items():
        parts = [part for part in re.split(r"\n+", page["articleBody"]) if part.strip()]
        fit = [place for place, part in enumerate(parts) if len(_split(part)) > 2]
        for place in chance.sample(fit, min(6, len(fit))):
            taken = _taken([parts[place]], chance)
            if taken:
                parts[place] = taken[1][0]
                asked.append(Question(taken[0], (f"{name}-{place}",)))
        texts += [Text(f"{name}-{place}", "", part) for place, part in enumerate(parts)]
    return texts, asked


def _questions(data: Path, name: str) -> list[dict[str, Any]]:
    """Those that a paragraph answers."""
    return [one for one in _lines(data / f"questions/{name}/questions.jsonl.gz") if one["paragraph_id"] is not None]


def _replaced(question: Question, text: str) -> Question:
    return question._replace(text=text)


def _is_asked(sentence: str) -> bool:
    return FEWEST <= len(sentence.split()) <= MOST


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _records(path: Path) -> list[Text]:
    return [Text(one["_id"], one.get("title") or "", one["text"]) for one in _lines(path)]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
