"""The whole story of one article: written, previewed, sent back, mended, signed, timed, read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article
from publishing import zone
from publishing.models import Site
from tests import factories
from tests.browser import reviewing
from tests.browser.desk import (
    add_from_start,
    add_row,
    choose,
    cite,
    editor_of,
    heading_at_end,
    open_waiting,
    save,
    sign_in,
    wait_for_editors,
    waiting,
)

TITLE = "Does zinc shorten a cold?"
PATH = "/articles/does-zinc-shorten-a-cold/"
ASKED = "How soon should I start zinc?"
SUGGESTED = "Zinc may shorten a cold by a day or two in adults [@smith2020]."
TYPED = "It works best within a day."
MENDED = "Start within a day of the first sneeze."


@pytest.fixture
def library(disclaimer):
    """What the editor finds in the house: a topic and two references."""
    factories.topic("colds")
    factories.reference("smith2020", title="Zinc lozenges for colds")
    factories.reference("jones2021", title="Zinc and taste")


@pytest.fixture
def move_clock(monkeypatch):
    """Let the site read a later time: nobody waits an hour for an edition to begin."""

    def move(**delta: float) -> None:
        later = timedelta(**delta)
        monkeypatch.setattr("publishing.clock.now", lambda: datetime.now(UTC) + later)

    return move


def test_from_an_empty_form_to_the_reader(
    visitors, library, editor, reviewer, publisher, move_clock
):
    desk = visitors.open()
    sign_in(desk, editor.username)
    write(desk)
    preview_and_save(desk)
    reviewing.request_review(desk, "Rita Reviewer", "Is the effect said right?")

    review = visitors.open()
    sign_in(review, reviewer.username)
    comment_and_send_back(review)
    mend_and_ask_again(desk)
    see_the_changes_and_sign(review)

    release = visitors.open()
    sign_in(release, publisher.username)
    reader = visitors.open()
    schedule_for_later(release)
    assert reader.goto(PATH).status == 404
    expect(reader.locator("main")).not_to_contain_text(MENDED)

    # Times on the wall have whole minutes, and the steps before took some of this one.
    move_clock(hours=1, minutes=57)
    assert reader.goto(PATH).status == 404
    move_clock(hours=2, minutes=1)
    read(reader)
    release.reload()
    expect(release.locator(".desk-state")).to_contain_text("Live since")


def write(page: Page) -> None:
    """From the start page: every field of a new article, but for its questions."""
    add_from_start(page, "Articles")
    page.get_by_label("Title:").press_sequentially(TITLE)
    expect(page.locator("#id_slug")).to_have_value("does-zinc-shorten-a-cold")
    page.get_by_label("Quick summary:").fill("Perhaps by a day, if you start early.")
    page.get_by_label("Lead:").fill("Zinc is sold for colds.")
    write_the_sections(page)
    choose(page, "#id_topics", "Colds")
    write_the_key_points(page)
    row = add_row(page, "get_help")
    page.locator(f"#id_{row}-level").select_option("urgent")
    page.locator(f"#id_{row}-contact").fill("A doctor")
    page.locator(f"#id_{row}-signs").fill("You can't breathe well.")
    row = add_row(page, "authorships")
    choose(page, f"#id_{row}-contributor", "Eddie Editor")
    add_a_question_in_place(page)


def write_the_sections(page: Page) -> None:
    editor_of(page).click()
    heading_at_end(page, "body", "What trials say")
    page.keyboard.type("Trials of zinc differ")
    cite(page, "body", "zinc", "smith2020", "jones2021")
    page.keyboard.type(".")
    page.keyboard.press("Enter")
    heading_at_end(page, "body", "The bottom line")
    page.keyboard.type(TYPED)
    expect(editor_of(page)).to_contain_text("Trials of zinc differ [@smith2020; @jones2021].")


def write_the_key_points(page: Page) -> None:
    points = (
        ("Taste", "Zinc tastes of metal [@jones2021].", "fact"),
        ("Effect", "Zinc shortens a cold [@smith2020].", "effect"),
        ("Ask", "Ask a doctor if you take other medicines.", "advice"),
    )
    for label, text, kind in points:
        row = add_row(page, "key_points")
        page.locator(f"#id_{row}-label").fill(label)
        page.locator(f"#id_{row}-text").fill(text)
        page.locator(f"#id_{row}-kind").select_option(kind)
    page.locator("#id_key_points-1-certainty").select_option("low")
    page.locator("#id_key_points-1-graded_by").select_option("us")
    page.locator("#id_key_points-1-certainty_reason").fill("few small trials")
    page.locator("#id_key_points-2-editorial").check()


def add_a_question_in_place(page: Page) -> None:
    """The question does not exist yet: it is made by the field's plus sign, in its own window."""
    row = add_row(page, "placed_questions")
    with page.expect_popup() as opened:
        page.locator(f"#add_id_{row}-question").click()
    popup = opened.value
    wait_for_editors(popup)
    popup.get_by_label("Question:").press_sequentially(ASKED)
    editor_of(popup, "answer").click()
    popup.keyboard.type("Soon. Later it does little.")
    choose(popup, "#id_topics", "Colds")
    author = add_row(popup, "authorships")
    choose(popup, f"#id_{author}-contributor", "Eddie Editor")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(f"#id_{row}-question + .select2")).to_contain_text(ASKED)


def preview_and_save(page: Page) -> None:
    """The preview shows what is typed, while nothing is saved; then it is."""
    page.get_by_role("button", name="Preview what is typed").click()
    frame = page.frame_locator(".desk-preview-stage iframe:not(.desk-preview-coming)")
    expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(frame.locator("main")).to_contain_text(TYPED)
    expect(frame.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(frame.locator("main")).to_contain_text("Zinc lozenges for colds")
    assert not Article.objects.exists()
    page.get_by_role("button", name="Close the preview").click()
    save(page)
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator(".desk-state")).to_contain_text("Draft. Readers can't see it.")
    expect(page.locator(".desk-mend")).to_have_count(0)


def comment_and_send_back(page: Page) -> None:
    open_waiting(page, "to-sign", TITLE)
    expect(page.locator(".desk-note")).to_contain_text("Is the effect said right?")
    page.get_by_role("link", name="Sign", exact=True).click()
    expect(page.locator("#changes")).to_contain_text("Nobody has signed a version of this before")
    reviewing.comment(page, "Zinc shortens a cold", "Too sure for small trials.", SUGGESTED)
    reviewing.ask_for_changes(page, "Say when to start, too.")
    expect(waiting(page, "to-sign")).to_have_class("start-none")


def mend_and_ask_again(page: Page) -> None:
    expect(waiting(page, "sent-back")).to_contain_text("“Say when to start, too.”")
    open_waiting(page, "sent-back", TITLE)
    expect(page.locator(".desk-state")).to_contain_text("Rita Reviewer asked for changes")
    reviewing.take_over(page, "by a day or two")
    wait_for_editors(page)
    expect(page.locator("#id_key_points-1-text")).to_have_value(SUGGESTED)
    expect(page.locator(".desk-note")).to_contain_text("Say when to start, too.")
    editor_of(page).get_by_text(TYPED).click(click_count=3)
    page.keyboard.type(MENDED)
    save(page)
    expect(editor_of(page)).to_contain_text(MENDED)
    reviewing.request_review(page, "Rita Reviewer", "Both are mended.")
    expect(waiting(page, "sent-back")).to_have_class("start-none")


def see_the_changes_and_sign(page: Page) -> None:
    open_waiting(page, "to-sign", TITLE)
    page.get_by_role("link", name="Sign", exact=True).click()
    since = page.locator(".review .desk-panel")
    expect(since).to_contain_text("You asked for changes to version 1. The newest is version 3")
    expect(since.locator("del", has_text=TYPED.split()[0])).to_have_count(1)
    expect(since.locator("ins").filter(has_text="may")).to_have_count(1)
    expect(since).to_contain_text(MENDED)
    along = page.get_by_role("group", name="Sign these along with it").get_by_role("checkbox")
    expect(along).to_have_count(1)
    expect(along).to_be_checked()
    reviewing.sign(page, "None.")


def schedule_for_later(page: Page) -> None:
    """Publish at a time of the clock on the wall, two hours from now."""
    open_waiting(page, "ready", TITLE)
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.locator(".desk-refusal:visible")).to_have_count(0)
    at = (datetime.now(UTC) + timedelta(hours=2)).replace(second=0, microsecond=0)
    local = timezone.localtime(at, Site.current().zone)
    page.get_by_label("At a time:").fill(local.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Scheduled for")
    expect(page.locator(".desk-state")).to_contain_text("Goes live")
    address = page.url
    page.goto(reverse("admin:index"))
    planned = page.get_by_role("region", name="Scheduled").locator("li", has_text=TITLE)
    expect(planned.locator("time")).to_contain_text(local.strftime("%H:%M"))
    page.goto(address)


def read(page: Page) -> None:
    assert page.goto(PATH).status == 200
    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(main).to_contain_text(MENDED)
    expect(main).not_to_contain_text(TYPED)
    expect(main).to_contain_text("Zinc may shorten a cold by a day or two in adults")
    expect(main).to_contain_text("We are not very sure")
    expect(main).to_contain_text("Medically reviewed by Rita Reviewer, Registered dietitian")
    expect(main.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(main).to_contain_text("Soon. Later it does little.")
    expect(main.get_by_role("heading", name="About this information")).to_be_visible()
    expect(main).to_contain_text(zone.day(datetime.now(UTC)))
