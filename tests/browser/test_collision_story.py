"""Two editors have one article open; neither loses a word, and readers get the words of both."""

import pytest
from playwright.sync_api import Page, expect

from publishing import kinds
from publishing.models import Revision
from tests import factories
from tests.browser import reviewing
from tests.browser.desk import (
    add_row,
    admin_path,
    editor_of,
    open_form,
    save,
    sign_in,
    type_at_end,
    wait_for_editors,
)

OLGA_BODY = "Olga adds that kidneys matter."
OLGA_LEAD = "Muscles need magnesium to relax, says Olga."
OLGA_SIGNS = "You faint, says Olga."
EDDIE_BODY = "Eddie adds that sleep matters."
EDDIE_LEAD = "Nerves need magnesium too, says Eddie."
EDDIE_POINT = "Ask a doctor or a nurse, says Eddie."
# Every half minute the page asks who else is there, and at once when somebody comes back to it.
BACK = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def article(editor, disclaimer, clock):
    return kinds.draft_of(factories.saved(factories.article_document(editor), editor, clock).entry)


def test_neither_loses_a_word(visitors, article, editor, reviewer, publisher):
    factories.person("olga", kinds.EDITORS, name="Olga Other")
    olga, eddie = visitors.open(), visitors.open()
    sign_in(olga, "olga")
    sign_in(eddie, "eddie")
    open_form(olga, admin_path(article))
    expect(olga.locator("#desk-others")).to_be_hidden()
    open_form(eddie, admin_path(article))
    expect(eddie.locator("#desk-others")).to_have_text("Olga Other has this page open too.")
    olga.evaluate(BACK)
    expect(olga.locator("#desk-others")).to_have_text("Eddie Editor has this page open too.")

    change_as_olga(olga)
    save(olga)
    change_as_eddie(eddie)
    save(eddie)
    is_refused_with_both_texts(eddie)
    bring_both_in(eddie)
    assert [r.number for r in Revision.objects.filter(entry=article.pk)] == [1, 2, 3]

    review, release = visitors.staff(reviewer), visitors.staff(publisher)
    review.goto(admin_path(article, "sign"))
    reviewing.sign(review)
    release.goto(admin_path(article))
    reviewing.publish(release, "/articles/magnesium-and-muscles/")
    reader = visitors.open()
    reader.goto("/articles/magnesium-and-muscles/")
    main = reader.locator("main")
    for words in (OLGA_BODY, OLGA_LEAD, OLGA_SIGNS, EDDIE_BODY, EDDIE_LEAD, EDDIE_POINT):
        expect(main).to_contain_text(words)
    expect(main).to_contain_text("It is used in muscles")


def change_as_olga(page: Page) -> None:
    page.locator("#id_lead").fill(OLGA_LEAD)
    type_at_end(page, "body", f" {OLGA_BODY}")
    add_her_signs(page)


def add_her_signs(page: Page) -> None:
    row = add_row(page, "get_help")
    page.locator(f"#id_{row}-level").select_option("emergency")
    page.locator(f"#id_{row}-contact").fill("Call for help")
    page.locator(f"#id_{row}-signs").fill(OLGA_SIGNS)


def change_as_eddie(page: Page) -> None:
    page.locator("#id_lead").fill(EDDIE_LEAD)
    type_at_end(page, "body", f" {EDDIE_BODY}")
    page.locator("#id_key_points-2-text").fill(EDDIE_POINT)


def is_refused_with_both_texts(page: Page) -> None:
    problem = page.locator(".desk-refusal:visible")
    expect(problem).to_be_focused()
    expect(problem).to_contain_text("Not saved over. Olga Other saved at")
    expect(problem).to_contain_text("Nothing was saved. Everything you typed is still in the form")
    theirs = problem.locator("td[data-side='Saved by the other person']")
    for words in (OLGA_LEAD, OLGA_BODY, OLGA_SIGNS):
        expect(theirs.filter(has_text=words)).to_have_count(1)
    expect(page.locator("#id_lead")).to_have_value(EDDIE_LEAD)
    expect(page.locator("#id_key_points-2-text")).to_have_value(EDDIE_POINT)
    expect(editor_of(page)).to_contain_text(EDDIE_BODY)
    expect(editor_of(page)).not_to_contain_text(OLGA_BODY)


def bring_both_in(page: Page) -> None:
    """Take over what Olga wrote from what the page shows of it, and save."""
    page.locator("#id_lead").fill(f"{OLGA_LEAD} {EDDIE_LEAD}")
    type_at_end(page, "body", f" {OLGA_BODY}")
    add_her_signs(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Save mine as the newest version").click()
    expect(page.locator(".desk-refusal:visible")).to_have_count(0)
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    wait_for_editors(page)
