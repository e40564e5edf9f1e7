"""Writing, sending back, mending and signing without one press of a mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from publishing import kinds
from publishing.models import Entry, KeyPoint
from tests import factories
from tests.browser.desk import PASSWORD, admin_path, editor_of, open_form, wait_for_editors
from tests.browser.keys import focused, press, tab_to, wait_for_focus

TITLE = "Does magnesium and muscles help?"
SUGGESTED = "Ask a doctor or a pharmacist."


@pytest.fixture
def article(editor, disclaimer, clock) -> Entry:
    factories.reference("jones2021", title="Salt and water")
    return kinds.draft_of(factories.saved(factories.article_document(editor), editor, clock).entry)


def test_the_whole_review_needs_no_mouse(visitors, article, reviewer):
    desk, review = visitors.open(), visitors.open()
    sign_in_by_keys(desk, "eddie")
    open_form(desk, admin_path(article))
    fold_and_unfold(desk)
    cite_by_keys(desk)
    sort_by_number(desk)
    save_by_keys(desk)
    assert "[@jones2021]" in kinds.draft_of(article.entry).body
    rows = KeyPoint.objects.filter(entry=article.pk).order_by("position")
    assert [row.label for row in rows] == ["Ask", "Need", "Effect"]
    request_review(desk, "The last sentence is new.")

    sign_in_by_keys(review, "rita")
    open_from_start(review)
    comment_and_send_back(review)
    take_over(desk)
    request_review(desk, "Taken over.")
    review.goto(reverse("admin:index"))
    open_from_start(review)
    sign(review)
    newest = Entry.objects.get(pk=article.pk).head
    assert newest.sign_offs.get().by == reviewer
    assert SUGGESTED in [point.text for point in kinds.draft_of(article.entry).key_points.all()]


def sign_in_by_keys(page: Page, username: str) -> None:
    page.goto(reverse("admin:login"))
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type(username)
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".start-who")).to_be_visible()


def fold_and_unfold(page: Page) -> None:
    """A section folds and unfolds, and the keys pass by what is folded."""
    section = page.locator("fieldset.module > details").filter(has_text="Requested reviewer")
    expect(section).to_have_attribute("open", "")
    press(page, tag="SUMMARY", text="About")
    expect(section).not_to_have_attribute("open", "")
    page.keyboard.press("Tab")
    wait_for_focus(page, tag="SUMMARY")
    press(page, back=True, tag="SUMMARY", text="About")
    expect(section).to_have_attribute("open", "")


def cite_by_keys(page: Page) -> None:
    """Alt+F10 leads from the text to its bar; the dialog leads back before the next key is read."""
    tab_back_into_the_text(page)
    page.keyboard.press("Control+End")
    open_the_dialog(page)
    page.keyboard.press("Escape")
    page.keyboard.type(" More of it")
    expect(page.locator("#desk-cite")).to_be_hidden()

    open_the_dialog(page)
    page.keyboard.type("salt water")
    expect(page.locator("#desk-cite .desk-found input")).to_have_count(1)
    press(page, key="Space", name="desk-cite-choice")
    expect(page.locator("#desk-cite output")).to_have_text("[@jones2021]")
    press(page, type="submit", text="Insert")
    page.keyboard.type(".")
    expect(page.locator("#desk-cite")).to_be_hidden()
    expect(editor_of(page)).to_contain_text("Eat well. More of it [@jones2021].")


def tab_back_into_the_text(page: Page) -> None:
    for _press in range(40):
        page.keyboard.press("Shift+Tab")
        if focused(page)["tag"] == "IFRAME":
            return
    raise AssertionError("Shift+Tab never reached the text")


def open_the_dialog(page: Page) -> None:
    page.keyboard.press("Alt+F10")
    expect(page.locator("#cke_id_body .cke_toolbox a:focus")).to_have_count(1)
    # Tab goes from group to group of the bar, and the house's own buttons are one.
    for _press in range(10):
        if "cke_button__deskcite" in focused(page)["classes"]:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Key, title, author, journal or year")).to_be_focused()


def sort_by_number(page: Page) -> None:
    tab_to(page, name="key_points-2-position")
    page.keyboard.press("Control+A")
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    labels = page.locator("#key_points-group .inline-related:not(.empty-form) input[name$=label]")
    expect(labels.first).to_have_value("Ask")


def save_by_keys(page: Page) -> None:
    tab_to(page, name="_continue")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    wait_for_editors(page)
    expect(page.locator(".messagelist .success")).to_be_visible()


def request_review(page: Page, note: str) -> None:
    press(page, tag="A", text="Request review")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Request review")
    tab_to(page, name="asked")
    page.keyboard.type("Rita")
    tab_to(page, name="note")
    page.keyboard.type(note)
    press(page, type="submit", text="Request review")
    expect(page.locator(".messagelist")).to_contain_text("Sent for review to Rita Reviewer.")


def open_from_start(page: Page) -> None:
    """From the list of what waits to the reviewer's page."""
    press(page, tag="A", text=TITLE)
    expect(page.locator(".desk-state")).to_contain_text("With Rita Reviewer since")
    press(page, tag="A", text="Sign")
    expect(page.get_by_role("heading", name="Your decision")).to_be_attached()


def comment_and_send_back(page: Page) -> None:
    lines = page.locator(".review-passage", has_text="Ask a doctor.")
    anchor = lines.get_attribute("id")
    press(page, tag="SUMMARY", text="Comment on: Ask a doctor. …")
    tab_to(page, id=f"{anchor}-text")
    page.keyboard.type("Pharmacists know it too.")
    tab_to(page, id=f"{anchor}-suggestion")
    page.keyboard.press("Control+A")
    page.keyboard.type(SUGGESTED)
    press(page, type="submit", text="Keep the comment")
    expect(lines.locator(".review-said")).to_contain_text("Pharmacists know it too.")
    press(page, tag="A", text="Ask for changes")
    expect(page.get_by_label("What should change")).to_be_visible()
    press(page, type="submit", text="Send back")
    expect(page.locator(".messagelist")).to_contain_text("Sent back.")


def take_over(page: Page) -> None:
    page.goto(reverse("admin:index"))
    press(page, tag="A", text=TITLE)
    expect(page.locator(".desk-state")).to_contain_text("Rita Reviewer asked for changes")
    wait_for_editors(page)
    press(page, type="submit", text="Take the wording over")
    expect(page.locator(".messagelist")).to_contain_text("has the suggested wording")
    wait_for_editors(page)


def sign(page: Page) -> None:
    for name in ("whole_page", "key_points", "get_help", "balance"):
        press(page, key="Space", name=f"tick_{name}")
    tab_to(page, name="password")
    page.keyboard.type(PASSWORD)
    press(page, type="submit", text="Sign")
    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")
