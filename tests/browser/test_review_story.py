"""The review story on a phone of 360 px: request, comment, change, sign."""

from playwright.sync_api import Page, expect

from publishing import kinds
from publishing.models import Entry, Revision, SignOff, Tick
from tests import factories
from tests.browser import reviewing
from tests.browser.desk import PHONE, admin_path, open_form, wait_for_editors
from tests.browser.reviewing import passage
from tests.browser.test_accessibility import faults

_SMALL = """
() => [...document.querySelectorAll(
  ".review button, .review summary, .review-comments button, .review-decide button, "
  + ".review-decide a.button, .review-next"
)].map(each => [each.textContent.trim(), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < 44 || box.width < 44))
  .map(([name]) => name)
"""


def fits(page: Page) -> None:
    """Nothing scrolls sideways, and every target can be hit with a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(_SMALL) == []


def test_request_comment_change_sign(visitors, editor, reviewer, disclaimer, clock):
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    article = kinds.draft_of(factories.saved(document, editor, clock).entry)
    desk = visitors.staff(editor, viewport=PHONE)
    phone = visitors.staff(reviewer, viewport=PHONE)

    open_form(desk, admin_path(article))
    desk.locator(".desk-panel > summary").click()
    reviewing.request_review(desk, "Rita Reviewer", "The effect is new.")

    comment_and_tick(phone, article)
    take_over(desk, article)
    sign(phone, article)

    assert SignOff.objects.filter(decision="approved", by=reviewer).count() == 2
    newest = Revision.objects.filter(entry=article.entry).latest()
    assert (newest.number, newest.by) == (2, editor)
    assert newest.sign_offs.get().by == reviewer


def comment_and_tick(page: Page, article) -> None:
    page.goto(admin_path(article, "sign"))
    expect(page.locator(".review .desk-panel")).to_contain_text("The effect is new.")
    fits(page)
    passage(page, "Eat well.").get_by_role("button", name="Read").click()
    expect(page.locator(".review-count")).to_contain_text("1 of ")
    expect(passage(page, "Eat well.").get_by_role("button", name="Read")).to_have_attribute(
        "aria-pressed", "true"
    )

    effect = passage(page, "It may help")
    effect.locator("summary.review-button").click()
    effect.get_by_label("Comment", exact=True).fill("Who was helped?")
    effect.get_by_label("Suggested wording").fill("It may help some [@smith2020].")
    fits(page)
    effect.get_by_role("button", name="Keep the comment").click()
    expect(effect.locator(".review-said")).to_contain_text("Who was helped?")
    expect(effect.get_by_role("button", name="Keep the comment")).to_be_hidden()
    assert page.url.endswith(admin_path(article, "sign"))

    page.reload()
    expect(page.locator(".review-count")).to_contain_text("1 of ")
    expect(passage(page, "It may help").locator(".review-said")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size(PHONE)


def take_over(page: Page, article) -> None:
    """The editor, on a phone too, presses the button beside the comment on the change page."""
    open_form(page, admin_path(article))
    fits(page)
    expect(page.locator("#comments")).to_contain_text("Who was helped?")
    reviewing.take_over(page, "It may help some")
    wait_for_editors(page)
    expect(page.locator("#id_key_points-1-text")).to_have_value("It may help some [@smith2020].")
    page.locator(".desk-panel > summary").click()
    expect(page.locator(".desk-state")).to_contain_text("With Rita Reviewer since")


def sign(page: Page, article) -> None:
    """The page is still open as it was: the new wording is shown before it is signed."""
    reviewing.fill_in_the_signature(page, "None.")
    page.get_by_role("button", name="Sign", exact=True).click()
    alert = page.get_by_role("alert").first
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("The text changed at")
    panel = page.locator(".review .desk-panel")
    expect(panel).to_contain_text("You opened version 1. The newest is version 2")
    expect(panel.locator("ins").first).to_contain_text("some")
    expect(page.locator(".review-count")).to_contain_text("1 of ")
    expect(page.locator("input[name^=tick_]:checked")).to_have_count(0)

    for tick in page.locator("input[name^=tick_]").all():
        tick.check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_label("Your password, again")).to_have_value("")
    reviewing.fill_in_the_signature(page, "None.")
    fits(page)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")


def test_without_scripts_the_page_comes_back_to_the_passage(
    visitors, editor, reviewer, disclaimer, clock
):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    article = kinds.draft_of(revision.entry)
    page = visitors.staff(reviewer, viewport=PHONE, java_script_enabled=False)
    page.goto(admin_path(article, "sign"))
    lines = passage(page, "Eat well.")
    anchor = lines.get_attribute("id")
    lines.get_by_role("button", name="Read").click()
    page.wait_for_url(f"**/sign/#{anchor}")
    expect(lines.get_by_role("button", name="Read")).to_have_attribute("aria-pressed", "true")
    expect(lines).to_be_in_viewport()
    lines.locator("summary").click()
    lines.get_by_label("Comment", exact=True).fill("Say what.")
    lines.get_by_role("button", name="Keep the comment").click()
    expect(lines.locator(".review-said")).to_contain_text("Say what.")
    lines.get_by_role("button", name="Resolve").click()
    expect(lines.locator(".review-closed")).to_contain_text("1 comment that is closed")
    assert Tick.objects.count() == 1
    assert Entry.objects.get(pk=article.pk).head_id == revision.pk
