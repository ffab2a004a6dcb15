"""Invented reports of many kinds, and what wires, outlets and events do to them."""

from collections.abc import Callable

REPORTS = {
    "council": (
        "The harbour council of Velmora approved a plan on Tuesday to rebuild the eastern pier, which a storm "
        "tore apart in January, at a cost of 14 million crowns. The work should take 3 years, the mayor, Ilka "
        "Tarn, told reporters, and will give jobs to some 200 people from the villages along the coast."
    ),
    "court": (
        "A court in Ostrand found the engineer Pavel Drin guilty on Friday of having sold the plans of the "
        "lighthouse to a rival firm. He was sentenced to 4 years in prison and fined 90,000 crowns. His lawyer, "
        "Oda Quill, said that they would appeal, and that the firm had known of the sale since 2019."
    ),
    "company": (
        "Brisk Shipping said on Monday that its profit rose 12.5 percent to 41 million crowns in the second "
        "quarter, as more passengers took its ferries to Verrin. Sales were up 7 percent to 310 million crowns. "
        "The chief executive, Marten Orl, expects $90 million from the sale of two boats to Tolva Lines in "
        "autumn."
    ),
    "minister": (
        "Foreign minister Ana Vey met the president of Ostrand, Jory Lund, in Sarn on Thursday to talk about "
        "fishing rights in the strait. Vey told reporters that Velmora will not sign the accord before June, and "
        "Lund said that 12 boats seized in March would be handed back to their owners. They want to meet again in "
        "Orm in autumn."
    ),
}

Edit = Callable[[str], str]


def _sentences(text: str) -> list[str]:
    return [part if part.endswith(".") else part + "." for part in text.replace(". ", ".\n").split("\n")]


COPIES: dict[str, Edit] = {
    "a dateline is added": lambda text: "SARN, May 5 (Coast Wire) - " + text,
    "a byline is added": lambda text: "By Tessa Holm\n" + text,
    "byline and dateline are added": lambda text: "By Tessa Holm\nSARN (Coast Wire) — " + text,
    "quotation marks and dashes are set anew": lambda text: (
        text.replace(" - ", " — ").replace("'", "’").replace(", ", ",\u00a0").replace(". ", ".  ")
    ),
    "a soft hyphen and another space": lambda text: text.replace("reporters", "repor\u00adters").replace(
        " million", "\u202fmillion"
    ),
    "capitals in the first words": lambda text: " ".join(
        word.upper() if place < 3 else word for place, word in enumerate(text.split(" "))
    ),
    "a sentence is appended": lambda text: text + " Nobody could be reached for more on Sunday.",
    "a sentence with figures is put in front": lambda text: "This is the 5th report of the day from Orm. " + text,
    "it is quoted in a longer paragraph": lambda text: (
        "Readers in Orm wrote to us on Sunday about this report. " + text + " We have asked 3 people what came of it."
    ),
    "the last sentence is cut": lambda text: " ".join(_sentences(text)[:-1]),
    "one word is another": lambda text: text.replace(" that ", " how ", 1).replace(" along ", " beside "),
    "a small word is left out": lambda text: text.replace(" the ", " ", 1),
}


def _next_figure(text: str) -> str:
    digit = next(char for char in text if char in "12345678")
    return text.replace(digit, str(int(digit) + 1), 1)


def _swapped(text: str, one: str, other: str) -> str:
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


OTHER_NEWS: dict[str, Edit] = {
    "a figure": _next_figure,
    "a day": lambda text: (
        text.replace("Tuesday", "Saturday")
        .replace("Friday", "Wednesday")
        .replace("Monday", "Sunday")
        .replace("Thursday", "Tuesday")
    ),
    "a negation is added": lambda text: text.replace(" would ", " would not ").replace(" will ", " will never "),
    "a negation is added in front": lambda text: text.replace(" on ", " not on ", 1),
    "a person": lambda text: (
        text.replace("Ilka", "Pia").replace("Pavel", "Anton").replace("Marten", "Ulf").replace("Ana", "Ida")
    ),
    "a place": lambda text: text.replace("Velmora", "Bresk").replace("Ostrand", "Bresk").replace("Verrin", "Bresk"),
    "names are swapped": lambda text: _swapped(
        _swapped(_swapped(text, "Velmora", "Tarn"), "Ostrand", "Quill"), "Verrin", "Tolva"
    ),
    "millions are billions": lambda text: text.replace(" million", " billion").replace("4 years", "4 months"),
    "it went the other way": lambda text: (
        text.replace("approved", "rejected")
        .replace("guilty", "innocent")
        .replace("rose", "fell")
        .replace("before", "after")
    ),
}
"""Each changes at least one thing of three of the reports that makes it other news."""


TEMPLATES = {
    "weather": (
        "{place}: {sky} in the morning, clearing by noon, with winds from the {side} at {n} kilometres an hour "
        "and a high of {m} degrees. The night stays {sky} and mild, with a low of {n} degrees along the whole "
        "coast."
    ),
    "shares": (
        "Shares of {place} Lines closed at {n}.{m} crowns on {day}, {way} {m} percent from the day before, as "
        "traders waited for figures on the harvest. The index of the {place} exchange ended at 1{n}4 points, "
        "{way} by {m}."
    ),
    "match": (
        "{place} beat {other} {n} to {m} on {day} in front of 8,000 people, with a goal in the last minute by the "
        "young striker, and climbed to the top of the table. The coach said that the team had played its best "
        "match of the year."
    ),
    "no figures": (
        "It will be {sky} and {warmth} in the valley in the {time}, with a light wind from the {side} and good "
        "sight over the hills, and the roads to the coast stay open for cars and lorries as they were all week "
        "long."
    ),
}
FILLINGS: tuple[dict[str, str], ...] = tuple(
    {
        "place": place,
        "other": other,
        "sky": sky,
        "side": side,
        "way": way,
        "day": day,
        "n": str(n),
        "m": str(m),
        "warmth": warmth,
        "time": time,
    }
    for place, other, sky, side, way, day, n, m, warmth, time in (
        ("Tolm", "Sarn", "sunny", "north", "up", "Monday", 12, 3, "warm", "morning"),
        ("Tolm", "Sarn", "cloudy", "south", "down", "Tuesday", 14, 2, "cold", "evening"),
        ("Sarn", "Tolm", "rainy", "north", "up", "Monday", 12, 3, "mild", "morning"),
        ("Verrin", "Orm", "foggy", "west", "down", "Friday", 21, 7, "warm", "night"),
        ("Tolm", "Orm", "sunny", "north", "up", "Monday", 12, 4, "warm", "afternoon"),
    )
)
