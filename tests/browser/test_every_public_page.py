"""Every kind of page that the public may meet, on the demo's own texts: seen, enlarged, pressed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import product

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import RequestDataTooBig
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page, Route

from healthcms import error_pages
from publishing import pages, verbs
from publishing.documents import replaced
from publishing.models import Edition
from tests import factories
from tests.browser.axe import faults
from tests.browser.desk import DESKTOP, PHONE
from tests.browser.keys import focused
from tests.reading.house import House

ARTICLE = "/articles/magnesium-for-muscle-weakness/"
CORRECTED = "/supplements/magnesium/"
MOST_STOPS = 400
GONE = "/articles/muscle-loss-with-age/"
PATHS = (
    ARTICLE, CORRECTED, "/faq/which-form-of-magnesium-is-best-absorbed/", "/glossary/sarcopenia/",
    "/about/", "/disclaimer/", GONE,
    "/", "/articles/", "/articles/?page=9", "/supplements/", "/faq/", "/faq/?topic=magnesium",
    "/glossary/", "/topics/",
    "/topics/magnesium/", "/topics/minerals/", "/a-z/", "/a-z/?letter=M", "/contributors/",
    "/contributors/rowan-example/", "/corrections/",
    "/search/", "/search/?q=magnesium", "/search/?q=magnesum", "/search/?q=xylophones",
    "/search/?q=magnesium&kind=question", "/search/?q=magnesium&page=9",
    f"{CORRECTED}history/", f"{CORRECTED}history/1/", f"{CORRECTED}history/compare/",
    "/feedback/thanks/", "/share/nothing/", "/nothing/", "/style/",
    *(f"/made/{name}/" for name in ("refused", "400", "403", "500", "503")),
)  # fmt: skip


@pytest.fixture
def demo(transactional_db, settings):
    """The demo, with a supplement that was corrected and an article that was withdrawn."""
    settings.DEBUG = False
    call_command("seed_demo", verbosity=0)
    people = {user.username: user for user in get_user_model().objects.all()}
    clock = factories.Clock(datetime.now(UTC))
    writer, signer, publisher = (people[n] for n in ("editor", "medical-reviewer", "publisher"))
    house = House(clock, writer, signer, publisher)
    corrected = Edition.objects.live(clock.at).get(path=CORRECTED)
    document = pages.shown(corrected).document
    note = "This page said 350 mg. It should have said 250 mg."
    newer = replaced(
        document, quick_summary=f"{document.quick_summary} Ask first.",
        change_kind="correction", change_note=note,
    )  # fmt: skip
    house.publish(newer, entries=[corrected.entry])
    gone = Edition.objects.live(clock.at).get(path=GONE)
    verbs.withdraw(gone.entry, by=publisher, reason="wrong", clock=clock)
    return people["administrator"]


@pytest.fixture
def visit(visitors, demo):
    """Opens each page in turn, as somebody who may see the style page too."""

    def each(**options):
        page = visitors.staff(demo, **options)
        for name, made in answers().items():
            page.route(f"**/made/{name}/", partial(_answer, made.content.decode()))
        for path in PATHS:
            page.goto(path)
            yield path, page

    return each


def answers() -> dict[str, HttpResponse]:
    """Return the pages that no address leads an administrator to."""
    return {
        "refused": Client().post("/feedback/", {"text": "Words that are kept."}),
        "400": error_pages.not_read(None, RequestDataTooBig()),
        "403": Client().get(ARTICLE, {"at": "2026-01-01T00:00:00Z"}),
        "500": error_pages.failed(None),
        "503": error_pages.unavailable(),
    }


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_axe_finds_nothing_in_light_and_in_dark(visit):
    assert {path: found for path, page in visit() if (found := faults(page))} == {}


# What is wider than the screen, or cut off by a box of its own that nobody can scroll.
CUT = """
() => [...document.querySelectorAll("body *")].filter(each => {
  const box = each.getBoundingClientRect(), drawn = getComputedStyle(each);
  if (!box.width || drawn.clipPath !== "none" || drawn.position === "absolute") return false;
  if (each.closest(".scroll, .unseen, .leave, svg, thead, input")) return false;
  const hidden = ["hidden", "clip"].includes(drawn.overflowX);
  return box.right > innerWidth + 1 || box.left < -1
    || (hidden && each.scrollWidth > each.clientWidth + 1);
}).map(each => `${each.tagName}.${each.className} ${each.textContent.trim().slice(0, 40)}`)
"""


# WCAG 2.2, 2.5.8: a target of less than 24 px each way has a circle of 24 px to itself, unless it
# stands in a sentence.
NEAR = """
() => {
  const all = [...document.querySelectorAll("a[href], button, input, summary, textarea, select")]
    .filter(each => each.checkVisibility() && !each.closest(".skip"))
    .filter(each => !(each.matches("a") && getComputedStyle(each).display === "inline"
      && each.closest("p, li, td, th, dd, div, figcaption").innerText.trim()
        !== each.innerText.trim()))
    .map(each => ({each, box: (each.matches("input[type=radio], input[type=checkbox]")
      && each.closest("label") || each).getBoundingClientRect()}))
    .map(it => ({...it, small: it.box.width < 24 || it.box.height < 24,
      x: it.box.left + it.box.width / 2, y: it.box.top + it.box.height / 2}));
  const away = (point, box) => Math.hypot(
    Math.max(box.left - point.x, 0, point.x - box.right),
    Math.max(box.top - point.y, 0, point.y - box.bottom));
  return all.filter(it => it.small && all.some(other => other !== it
    && !other.each.contains(it.each) && !it.each.contains(other.each)
    && (away(it, other.box) < 12
      || (other.small && Math.hypot(it.x - other.x, it.y - other.y) < 24))))
    .map(it => `${it.each.outerHTML.slice(0, 90)} ${it.box.width} x ${it.box.height}`);
}
"""


def test_nothing_is_cut_or_too_near_on_narrow_screens_in_large_text_and_from_right_to_left(visit):
    found = {}
    # A window of 1280 by 1024 px at 400 % has as many.
    for path, page in visit(viewport={"width": 320, "height": 256}):
        found[path, "near"] = page.evaluate(NEAR)
        for change in ("dir = 'ltr'", "style.fontSize = '200%'", "dir = 'rtl'"):
            page.evaluate(f"document.documentElement.{change}")
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            found[path, change] = page.evaluate(CUT) or wide
    assert {place: faults for place, faults in found.items() if faults} == {}


WALKED = (ARTICLE, CORRECTED, "/", "/search/?q=magnesium", "/faq/", f"{CORRECTED}history/compare/")


def test_whatever_has_the_focus_is_seen_to_have_it(visitors, demo):
    """Tab through whole pages: nothing covers what is focused, and Tab comes to the end."""
    # A page that scrolls smoothly would be looked at on its way.
    page = visitors.open(reduced_motion="reduce")
    for size, path in product((PHONE, DESKTOP), WALKED):
        page.set_viewport_size(size)
        page.goto(path)
        walked = list(stops(page))
        assert [
            here for here in walked if not (here["seen"] and here["bare"] and here["marked"])
        ] == [], path
        assert walked[0]["text"] == "Skip to content"
        assert len(walked) < MOST_STOPS, f"{path}: Tab never came to the end"


def stops(page: Page) -> Iterator[dict]:
    """Yield what Tab leads to, one by one, until it has left the page."""
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = focused(page)
        if here["tag"] == "BODY":
            return
        yield here


def test_forced_colours_and_reduced_motion_are_respected(visitors, demo):
    page = visitors.open(forced_colors="active", reduced_motion="reduce")
    page.goto(ARTICLE)
    style = "(e, name) => getComputedStyle(e)[name]"
    for card in (".help > div", ".summary", ".sure", ".facts"):
        assert page.locator(card).first.evaluate(style, "borderTopStyle") != "none", card
    paper = page.locator("body").evaluate(style, "backgroundColor")
    bar = page.locator(".bars path:not(.off)").first
    assert bar.evaluate(style, "fill") != paper
    assert page.locator(".bars path.off").first.evaluate(style, "fill") == "none"
    moving = """() => [...document.querySelectorAll("*")].filter(each => {
      const drawn = getComputedStyle(each);
      return drawn.scrollBehavior === "smooth" || parseFloat(drawn.transitionDuration) > 0.01
        || parseFloat(drawn.animationDuration) > 0.01;
    }).length"""
    assert page.evaluate(moving) == 0
