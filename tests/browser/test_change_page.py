"""The change page in Chromium: panel, sorting, the editor's buttons, typing that is kept."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from publishing import kinds
from publishing.models import Entry, KeyPoint, Revision, Site
from tests import factories
from tests.browser.desk import (
    PHONE,
    admin_path,
    open_form,
    save,
    sign_in,
    type_at_end,
    wait_for_editors,
)

LABELS = """
() => [...document.querySelectorAll(
  "#key_points-group .inline-related:not(.empty-form) input[name$=label]"
)].map(field => field.value).join()
"""
MINUTES = timedelta(minutes=3)
KEPT = "() => Object.keys(localStorage).filter(name => name.startsWith('desk-typing:')).length"


def drafted(document, editor, clock) -> Entry:
    return kinds.draft_of(factories.saved(document, editor, clock).entry)


def wait_for(page, script: str, wanted) -> None:
    for _attempt in range(100):
        if page.evaluate(script) == wanted:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{script} never gave {wanted!r}")


def in_editor(page, name: str = "body"):
    return page.frame_locator(f"#cke_id_{name} iframe").locator("body")


@pytest.fixture
def article(editor, clock) -> Entry:
    drafted(factories.supplement_document(editor), editor, clock)
    return drafted(factories.article_document(editor), editor, clock)


def test_the_panel_stays_in_view(visitors, editor, article):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    page.locator("#authorships-group").scroll_into_view_if_needed()
    expect(page.locator(".desk-state")).to_be_in_viewport()
    expect(page.locator(".desk-measures")).to_contain_text("min to read")
    page = visitors.staff(editor, viewport=PHONE)
    open_form(page, admin_path(article))
    page.locator("#get_help-group").scroll_into_view_if_needed()
    bar = page.locator(".desk-panel > summary")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("Draft")
    expect(page.locator(".desk-state")).to_be_hidden()
    bar.press("Enter")
    expect(page.locator(".desk-state")).to_be_in_viewport()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_problem_leads_to_its_sentence_in_the_editor(visitors, editor, clock):
    filler = "".join(f"<p>Paragraph {n} of the text.</p>" for n in range(60))
    body = (
        f"<h2>What it does</h2>{filler}<p>Some say <em>it</em> works [@nobody1999]. Others not.</p>"
    )
    entry = drafted(factories.article_document(editor, body=body), editor, clock)
    page = visitors.staff(editor)
    open_form(page, admin_path(entry))
    page.get_by_role("link", name="The citation [@nobody1999] is not in the library.").press(
        "Enter"
    )
    chosen = "() => CKEDITOR.instances.id_body.getSelection().getSelectedText()"
    wait_for(page, chosen, "Some say it works [@nobody1999].")
    expect(in_editor(page).get_by_text("[@nobody1999]")).to_be_in_viewport()


def test_one_row_a_check_unfolds_to_its_places(visitors, editor, clock):
    body = "<h2>One</h2><p>First [@nobody1]. Second [@nobody2].</p>"
    entry = drafted(factories.article_document(editor, body=body), editor, clock)
    page = visitors.staff(editor)
    open_form(page, admin_path(entry))
    row = page.locator(".desk-problems summary", has_text="2 places")
    second = page.get_by_role("link", name="[@nobody2] is not in the library")
    expect(second).to_be_hidden()
    row.press("Enter")
    expect(second).to_be_visible()


def test_rows_move_by_number_and_by_pointer(visitors, editor, article):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    third = page.locator("#id_key_points-2-position")
    third.fill("1")
    third.press("Tab")
    assert page.evaluate(LABELS) == "Ask,Need,Effect"
    page.locator("#key_points-1 .desk-handle").hover()
    box = page.locator("#key_points-2").bounding_box()
    page.mouse.down()
    page.mouse.move(box["x"] + 60, max(box["y"] + 4, 70), steps=6)
    page.mouse.up()
    moved = page.evaluate(LABELS)
    save(page)
    rows = KeyPoint.objects.filter(entry=article.pk).order_by("position")
    assert ",".join(row.label for row in rows) == moved
    assert [row.position for row in rows] == [1, 2, 3]
    assert moved != "Need,Effect,Ask"


def test_a_new_row_goes_to_the_end(visitors, editor, article):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    page.locator("#id_key_points-2-position").fill("1")
    page.locator("#id_key_points-2-position").press("Tab")
    page.locator("#key_points-group .add-row a").click()
    page.locator("#id_key_points-3-label").fill("New")
    page.locator("#id_key_points-3-text").fill("New words [@smith2020].")
    page.locator("#key_points-group .add-row a").click()
    page.locator("#key_points-4 .inline-deletelink").click()
    save(page)
    rows = KeyPoint.objects.filter(entry=article.pk).order_by("position")
    assert [row.label for row in rows] == ["Ask", "Need", "Effect", "New"]


def test_cite_several_at_once_by_keyboard(visitors, editor, article):
    factories.reference("muller2019", title="Salt", authors=[{"family": "Müller", "given": "A."}])
    factories.reference("jones2021", title="Salt and water")
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    in_editor(page).click()
    page.keyboard.press("Control+End")
    page.locator("#cke_id_body .cke_button__deskcite").click()
    box = page.get_by_label("Key, title, author, journal or year")
    expect(box).to_be_focused()
    page.keyboard.type("müller")
    only = page.locator("#desk-cite .desk-found input")
    expect(only).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    box.fill("salt water")
    expect(page.locator("#desk-cite .desk-found")).to_contain_text("@jones2021")
    expect(only).to_have_count(1)
    only.check()
    with page.expect_popup() as opened:
        page.locator("#desk-cite").get_by_role("link", name="Add a reference").click()
    window = opened.value
    window.get_by_label("Citation key").fill("new2026")
    window.locator("#id_title").fill("Salt anew")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#desk-cite [role=status]")).to_have_text("Added, and chosen.")
    expect(page.locator("#desk-cite input[value=new2026]")).to_be_checked()
    page.locator("#desk-cite input[value=new2026]").uncheck()
    expect(page.locator("#desk-cite output")).to_have_text("[@muller2019; @jones2021]")
    page.get_by_role("button", name="Insert", exact=True).click()
    expect(in_editor(page)).to_contain_text("Eat well. [@muller2019; @jones2021]")
    save(page)
    head = Entry.objects.get(pk=article.pk).head
    assert "[@muller2019; @jones2021]" in kinds.draft_of(article.entry).body
    assert head.number == 2


# By the time the press is over the text has the focus: a quick typist's next letter goes there.
INSERT = """
() => {
  document.querySelector("#desk-tables [value=insert]").click();
  return document.activeElement.tagName;
}
"""


def test_a_table_and_a_claim(visitors, editor, article):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    in_editor(page).get_by_text("It is used in muscles").click()
    page.locator("#cke_id_body .cke_button__deskclaim").click()
    expect(page.locator("#id_key_points-3-text")).to_have_value(
        "It is used in muscles [@smith2020]."
    )
    expect(page.locator("#id_key_points-3-label")).to_be_focused()
    in_editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.locator("#cke_id_body .cke_button__desktables").click()
    page.get_by_role("radio", name="Magnesium").check()
    assert page.evaluate(INSERT) == "IFRAME"
    save(page)
    kept = kinds.draft_of(article.entry)
    assert kept.body.endswith("<p>[[forms:magnesium]]</p>")
    assert kept.key_points.count() == 4


def test_typing_survives_a_crash(visitors, editor, article):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    page.locator("#id_lead").fill("A lead that was not saved.")
    type_at_end(page, "body", " Unsaved words.")
    page.locator("#key_points-group .add-row a").click()
    page.locator("#id_key_points-3-label").fill("Unsaved point")
    wait_for(page, KEPT, 1)
    page.wait_for_timeout(700)
    page.close(run_before_unload=False)
    again = page.context.new_page()
    open_form(again, admin_path(article))
    offer = again.locator("#desk-kept")
    expect(offer).to_be_focused()
    expect(again.locator("#id_lead")).to_have_value("Muscles need magnesium.")
    offer.get_by_role("button", name="Put it back").click()
    expect(again.locator("#id_lead")).to_have_value("A lead that was not saved.")
    expect(in_editor(again)).to_contain_text("Unsaved words.")
    expect(again.locator("#id_key_points-3-label")).to_have_value("Unsaved point")
    save(again)
    assert Revision.objects.filter(entry=article.pk).count() == 2
    wait_for(again, KEPT, 0)
    expect(again.locator("#desk-kept")).to_be_hidden()


def test_kept_typing_can_be_thrown_away(visitors, editor, article):
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    page.locator("#id_lead").fill("Gone soon.")
    wait_for(page, KEPT, 1)
    open_form(page, admin_path(article))
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("#desk-kept")).to_be_hidden()
    wait_for(page, KEPT, 0)
    expect(page.locator("#id_lead")).to_have_value("Muscles need magnesium.")


def test_no_copy_is_written_over_before_somebody_says_so(visitors, editor, article):
    Site.objects.update(time_zone="Asia/Kathmandu")
    first = visitors.staff(editor)
    open_form(first, admin_path(article))
    first.locator("#id_lead").fill("Typed in the first tab.")
    wait_for(first, KEPT, 1)
    second = first.context.new_page()
    open_form(second, admin_path(article))
    expect(second.locator("#desk-kept")).to_be_visible()
    second.locator("#id_lead").fill("Typed while the offer stood.")
    wait_for(second, KEPT, 2)
    first.close(run_before_unload=False)
    second.close(run_before_unload=False)

    third = second.context.new_page()
    open_form(third, admin_path(article))
    copies = third.locator("#desk-kept .desk-copy")
    expect(copies).to_have_count(2)
    there = timezone.now().astimezone(ZoneInfo("Asia/Kathmandu"))
    said = copies.first.locator("time").inner_text()
    assert datetime.strptime(said, "%d %B %Y, %H:%M") > there.replace(tzinfo=None) - MINUTES
    lead = third.locator("#id_lead")
    copies.nth(0).get_by_role("button", name="Put it back").click()
    expect(lead).to_have_value("Typed while the offer stood.")
    lead.fill("Typed after it was put back.")
    copies.get_by_role("button", name="Put it back").click()
    expect(lead).to_have_value("Typed in the first tab.")
    copies.get_by_role("button", name="Put it back").click()
    expect(lead).to_have_value("Typed after it was put back.")
    copies.get_by_role("button", name="Throw it away").click()
    expect(third.locator("#desk-kept")).to_be_hidden()
    wait_for(third, KEPT, 1)
    save(third)
    wait_for(third, KEPT, 0)


def test_put_back_over_a_newer_version_shows_both(visitors, editor, article, clock):
    olga = factories.person("olga", kinds.EDITORS, name="Olga Other")
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    page.locator("#id_lead").fill("What Eddie typed.")
    wait_for(page, KEPT, 1)
    other = visitors.staff(olga)
    open_form(other, admin_path(article))
    expect(other.locator("#desk-others")).to_have_text("Eddie Editor has this page open too.")
    other.locator("#id_lead").fill("What Olga saved.")
    save(other)
    open_form(page, admin_path(article))
    page.get_by_role("button", name="Put it back").click()
    save(page)
    expect(page.locator(".desk-refusal:visible")).to_contain_text(
        "Not saved over. Olga Other saved at"
    )
    expect(page.locator("#id_lead")).to_have_value("What Eddie typed.")
    assert kinds.draft_of(article.entry).lead == "What Olga saved."


def test_a_lapsed_session_loses_nothing(visitors, editor, article):
    page = visitors.open()
    sign_in(page, "eddie")
    open_form(page, admin_path(article))
    page.locator("#id_lead").fill("Typed before the session lapsed.")
    Session.objects.all().delete()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#desk-lapsed")).to_contain_text("What you typed is kept on this device")
    page.get_by_label("Username").fill("eddie")
    page.get_by_label("Password").fill("a long test password")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()
    wait_for_editors(page)
    offer = page.locator("#desk-kept")
    expect(offer).to_contain_text("You may have been signed out")
    offer.get_by_role("button", name="Put it back").click()
    expect(page.locator("#id_lead")).to_have_value("Typed before the session lapsed.")
    save(page)
    assert kinds.draft_of(article.entry).lead == "Typed before the session lapsed."


def test_more_than_can_be_sent_stays_in_the_form(visitors, editor, article, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    page = visitors.staff(editor)
    open_form(page, admin_path(article))
    address = page.url
    page.evaluate("() => CKEDITOR.instances.id_body.setData(`<p>${'ö ä ü. '.repeat(120_000)}</p>`)")
    wait_for(page, "() => CKEDITOR.instances.id_body.getData().length > 800_000", True)
    page.get_by_role("button", name="Save", exact=True).click()
    notice = page.locator("#desk-too-much")
    expect(notice).to_be_focused()
    expect(notice.locator("p:visible")).to_have_text(
        "Not saved. The form holds 1.2 MB, and 1 MB can be sent at once. "
        "Your typing is still here. Cut part of the text out, keep it in a file of your own, "
        "and save. Then add the rest. "
        "Most of it is in this field: Text"
    )
    expect(in_editor(page)).to_contain_text("ö ä ü.")
    assert page.url == address
    assert Revision.objects.filter(entry=article.pk).count() == 1
    page.evaluate("() => CKEDITOR.instances.id_body.setData('<p>Short enough.</p>')")
    expect(in_editor(page)).to_have_text("Short enough.")
    save(page)
    assert kinds.draft_of(article.entry).body == "<p>Short enough.</p>"
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    open_form(page, admin_path(article))
    page.get_by_role("button", name="Save", exact=True).click()
    expect(notice.locator("p:visible")).to_contain_text("fields, and 50 can be sent at once.")
    expect(notice.locator("p:visible")).not_to_contain_text("MB")
