"""Signed out while writing a note or reading to sign: the words come through, in Chromium."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from publishing import kinds
from publishing.models import Comment, Entry, SignOff
from tests import factories
from tests.browser.desk import PASSWORD, admin_path, open_form, sign_in

WORDS = "Name the dose, and the form that it comes in."

# A browser whose storage is full, as far as typing goes.
FULL = """
const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("desk-typing")) throw new Error("full");
  return set.call(this, key, value);
};
"""


@pytest.fixture
def article(editor, reviewer, clock, disclaimer) -> Entry:
    revision = factories.saved(factories.article_document(editor), editor, clock)
    return kinds.draft_of(revision.entry)


def sign_in_and_send_again(page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in and send it again").click()


def test_a_note_that_was_sent_signed_out_is_sent_again(visitors, article):
    page = visitors.open()
    sign_in(page, "rita")
    page.goto(admin_path(article, "ask_for_changes"))
    page.get_by_label("What should change").fill(WORDS)
    Session.objects.all().delete()

    with page.expect_navigation():
        page.get_by_role("button", name="Send back").click()

    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(page.locator(".desk-typed blockquote")).to_have_text(WORDS)
    sign_in_and_send_again(page, "rita")
    expect(page.locator(".messagelist")).to_contain_text("Sent back.")
    assert SignOff.objects.get(decision="changes").note == WORDS


def test_signing_signed_out_asks_for_the_password_and_keeps_the_rest(visitors, article):
    page = visitors.open()
    sign_in(page, "rita")
    page.goto(admin_path(article, "sign"))
    for box in page.locator("#decide input[name^=tick_]").all():
        box.check()
    page.get_by_label("My interests on this topic").fill("None at all.")
    page.get_by_label("Your password, again").fill(PASSWORD)
    Session.objects.all().delete()
    with page.expect_navigation():
        page.locator("#decide").get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".desk-refusal")).to_contain_text("A password is never kept.")
    sign_in_and_send_again(page, "rita")
    expect(page.get_by_label("My interests on this topic")).to_have_value("None at all.")
    expect(page.locator("#decide input[name^=tick_]:not(:checked)")).to_have_count(0)
    page.get_by_label("Your password, again").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("#decide").get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Signed: version")
    assert SignOff.objects.get(revision__entry=article.pk).disclosure == "None at all."


def test_a_comment_stays_in_its_box_and_is_kept_after_signing_in(visitors, article):
    page = visitors.open()
    sign_in(page, "rita")
    page.goto(admin_path(article, "sign"))
    passage = page.locator(".review-passage", has_text="Muscles need magnesium.").first
    passage.locator(".review-comment > summary").click()
    box = passage.get_by_label("Comment", exact=True)
    box.fill(WORDS)
    Session.objects.all().delete()
    passage.get_by_role("button", name="Keep the comment").click()
    expect(passage.locator(".review-failed")).to_be_visible()
    expect(box).to_have_value(WORDS)
    other = page.context.new_page()
    sign_in(other, "rita")
    passage.get_by_role("button", name="Keep the comment").click()
    expect(passage.locator(".review-thread")).to_contain_text(WORDS)
    assert Comment.objects.get().text == WORDS


def test_typing_that_the_browser_can_not_keep_is_shown_again(visitors, article):
    page = visitors.open()
    page.add_init_script(FULL)
    sign_in(page, "eddie")
    open_form(page, admin_path(article))
    page.get_by_label("Lead:").fill(WORDS)
    expect(page.locator("#desk-not-kept")).to_be_visible()
    Session.objects.all().delete()

    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="You were signed out")).to_be_visible()
    expect(page.locator(".desk-typed blockquote").filter(has_text=WORDS)).to_be_visible()
    sign_in_and_send_again(page, "eddie")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    assert kinds.draft_of(Entry.objects.get(pk=article.pk)).lead == WORDS
