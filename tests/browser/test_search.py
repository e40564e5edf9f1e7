"""Suggestions while somebody types, with the keyboard alone; and the search page under axe."""

from playwright.sync_api import expect

from tests.browser.axe import faults
from tests.browser.desk import DESKTOP, PHONE


def test_suggestions_are_chosen_with_the_keyboard(visitors, house):
    page = visitors.open()
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Search this site")
    options = page.get_by_role("option")
    expect(options).to_have_count(0)

    box.press_sequentially("magn")
    expect(options).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    assert faults(page) == []
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.last.get_attribute("id"))
    box.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("magn")

    box.press_sequentially("esium")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    title, kind = options.first.inner_text(), options.first.locator(".why").inner_text()
    assert (title, kind) == ("Magnesium Supplement", "Supplement")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Magnesium")


def test_what_was_found_reads_well(visitors, house):
    page = visitors.open()
    for asked in ("muscles", "magnesum"):
        page.goto("/search/")
        page.get_by_role("combobox").fill(asked)
        page.keyboard.press("Enter")
        expect(page.locator(".number")).to_be_visible()
        assert faults(page) == []
    page.get_by_role("link", name="magnesium", exact=True).click()
    expect(page.locator(".results mark").first).to_be_visible()


def test_two_results_stand_on_a_phones_first_screen_and_what_narrows_them_above_or_beside(
    visitors, house
):
    page = visitors.open(viewport=PHONE)
    for asked in ("muscles", "magnesum"):
        page.goto(f"/search/?q={asked}")
        expect(page.locator(".results > li").nth(1).locator(".excerpt")).to_be_in_viewport()
        summary = page.get_by_text("Narrow the results")
        assert top(summary) < top(page.locator(".results"))
        assert summary.bounding_box()["height"] <= 48
        expect(page.locator(".facets a").first).to_be_hidden()
    summary.press("Enter")
    expect(page.locator(".facets a").first).to_be_in_viewport()
    page.set_viewport_size(DESKTOP)
    page.goto("/search/?q=muscles")
    facets, results = (page.locator(each).bounding_box() for each in ("#by-kind", ".results"))
    assert facets["x"] > results["x"] + results["width"]
    assert facets["y"] < results["y"] + 60
    expect(page.get_by_role("link", name="All topics")).to_be_in_viewport()


def test_what_is_typed_is_seen_on_a_narrow_screen_in_large_letters(visitors, house):
    page = visitors.open(viewport={"width": 320, "height": 640})
    page.goto("/search/?q=muscles")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    room = """e => {
      const drawn = getComputedStyle(e);
      return e.clientWidth - parseFloat(drawn.paddingLeft) - parseFloat(drawn.paddingRight);
    }"""
    assert page.get_by_role("combobox").evaluate(room) >= 160


def top(found) -> float:
    return found.bounding_box()["y"]
