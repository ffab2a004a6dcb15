"""The page for everybody: screen readers, keyboards, phones, dark rooms, people whom motion makes ill."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsing import MARKS, ask

pytest_plugins = "tests.browser_fixtures"
pytestmark = MARKS

QUESTION = "What did Irsa Tolvane say about the sluice gates?"
VIEWS = {
    "start": "/",
    "answer": f"/?q={QUESTION}",
    "refusal": "/?q=What did Irsa Tolvane say about submarines?",
    "document": "/?doc=courier&start=62&end=143",
    "changed document": "/?doc=courier&start=62&end=143&generation=1&words=“We will open the sluice gates on Monday,”",
    "gone document": "/?doc=gone&start=1&end=9&generation=1&words=sluice gates",
    "speaker": "/?speaker=Irsa Tolvane",
    "speakers": "/?speakers",
}
API = "/docs"
CHECKED = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}
"""Only contrast depends on the colours."""
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Motion = Literal["reduce", "no-preference"]
MOST_TABS = 120


def luminance(colour: list[float]) -> float:
    """Relative luminance by WCAG 2, of red, green and blue up to 255."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def go(page: Page, path: str) -> None:
    """Open a view and wait until it is drawn."""
    page.goto(path)
    expect(page.locator("main")).not_to_be_empty()
    expect(page.locator("main[aria-busy]")).to_have_count(0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_serious(reader: Page, scheme: Scheme) -> None:
    """Names, roles, landmarks and contrast of every view, with everything unfolded, in light and in dark."""
    found = {}
    reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for name, path in VIEWS.items():
        go(reader, path)
        reader.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        if name == "speaker":
            reader.get_by_role("button", name="Each beside the next").click()
        violations = Axe().run(reader, options=CHECKED[scheme]).response["violations"]
        found[name] = [one["id"] for one in violations if one["impact"] in {"serious", "critical"}]
    assert found == {name: [] for name in VIEWS}


def test_axe_finds_nothing_serious_in_the_description_of_the_api(page: Page) -> None:
    """But for contrast, which takes long on a page of this length: its colours are those of the views above."""
    go(page, API)
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
    violations = Axe().run(page, options=options).response["violations"]
    assert [one["id"] for one in violations if one["impact"] in {"serious", "critical"}] == []


def test_axe_would_find_something(page: Page) -> None:
    """The check above can fail."""
    go(page, "/")
    page.evaluate("document.querySelector('#q').labels[0].remove()")
    page.evaluate("document.querySelector('#q').removeAttribute('placeholder')")
    assert "label" in [one["id"] for one in Axe().run(page).response["violations"]]


def test_a_phone_needs_no_sideways_scrolling(reader: Page) -> None:
    """At 360 pixels every view fits, and what is to be touched is large enough."""
    reader.set_viewport_size({"width": 360, "height": 740})
    for path in (*VIEWS.values(), API):
        go(reader, path)
        reader.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        for compare in reader.get_by_role("button", name="Each beside the next").all():
            compare.click()
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360, path
        for button in reader.get_by_role("button").all():
            box = button.bounding_box()
            assert box is None or min(box["width"], box["height"]) >= 32, path


def test_the_colours_follow_the_system(page: Page) -> None:
    """The background is dark where that is preferred."""
    seen = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.goto("/")
        shade = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        seen[scheme] = sum(shade)
    assert seen["dark"] < 150 < 600 < seen["light"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_bars_stand_out(page: Page, scheme: Scheme) -> None:
    """Axe looks at text alone: the chart's colours have three times the background's luminance, or a third of it."""
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    colours = page.evaluate(
        """async () => {
          const { svg } = await import("/page/text.js");
          const drawn = ["direct", "mixed", "indirect"].map((kind) => svg("rect", { class: kind }));
          document.body.append(svg("svg", {}, ...drawn));
          const colours = drawn.map((one) => getComputedStyle(one).fill);
          const shown = [getComputedStyle(document.body).backgroundColor, ...colours];
          return shown.map((one) => one.match(/\\d+/g).map(Number));
        }"""
    )
    background, *bars = [luminance(colour) + 0.05 for colour in colours]
    assert min(max(bar / background, background / bar) for bar in bars) >= 3


@pytest.mark.parametrize(("motion", "animated"), [("reduce", "none"), ("no-preference", "found")])
def test_nothing_moves_for_those_who_asked_for_that(page: Page, motion: Motion, animated: str) -> None:
    """The marked words draw the eye by a movement, or keep still."""
    page.emulate_media(reduced_motion=motion)
    go(page, "/?doc=bridge&start=0&end=5")
    expect(page.locator(".text mark")).to_have_css("animation-name", animated)


def test_the_keyboard_is_enough(page: Page) -> None:
    """Slash goes to the box, j and k through the results, Enter opens, Escape returns to the result."""
    go(page, "/")
    page.locator("main").focus()
    page.keyboard.press("/")
    page.keyboard.type("the bridge?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Answer")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".stop").nth(0)).to_be_focused()
    for key in ("ArrowDown", "j", "j", "k"):
        page.keyboard.press(key)
    third = page.locator(".stop").nth(2)
    expect(third).to_be_focused()
    expect(third).to_have_accessible_name("Statement, Ana Ruiz, 2024-05-31")
    page.keyboard.press("Enter")
    expect(page.locator(".text mark")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".stop").nth(2)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("k")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_keys_are_listed_and_letters_can_be_switched_off(page: Page) -> None:
    """Who speaks to the computer types letters all the time."""
    ask(page, "the bridge?")
    page.locator("main").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("region", name="Keys")
    expect(keys).to_be_focused()
    expect(keys.get_by_role("listitem")).to_have_count(6)
    page.get_by_label("Letters are keys").uncheck()
    page.locator(".stop").nth(0).focus()
    page.keyboard.press("j")
    expect(page.locator(".stop").nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".stop").nth(1)).to_be_focused()
    page.reload()
    expect(page.get_by_label("Letters are keys")).not_to_be_checked()


@pytest.mark.parametrize("path", [VIEWS["answer"], VIEWS["speaker"], VIEWS["document"]])
def test_tab_passes_through_everything_and_is_seen(reader: Page, path: str) -> None:
    """No place holds the focus, each that has it shows it, and the last link of the page is reached."""
    go(reader, path)
    reader.get_by_role("link", name="Skip to the results").focus()
    unseen = []
    for _ in range(MOST_TABS):
        reader.keyboard.press("Tab")
        at = reader.evaluate(
            """() => {
              const one = document.activeElement;
              return { text: one.textContent.trim(), outline: getComputedStyle(one).outlineStyle };
            }"""
        )
        if at["outline"] == "none":
            unseen.append(at["text"])
        if at["text"] == "HTTP API":
            break
    assert at["text"] == "HTTP API"
    assert unseen == []
