"""A new publisher: from an empty database to the first published article, at the browser alone."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Article, StaticPage
from publishing.models import Disclaimer
from tests.browser import reviewing
from tests.browser.desk import (
    PASSWORD,
    add_from_start,
    add_row,
    admin_path,
    choose,
    cite,
    editor_of,
    heading_at_end,
    open_form,
    open_waiting,
    save,
    sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERED = "<h2>Who we are</h2><p>Two neighbours who like bones.</p>"
TITLE = "Does milk make bones strong?"
PATH = "/articles/does-milk-make-bones-strong/"
_LEFT = re.compile(r"(\d+) steps? (?:is|are) left")


def test_from_an_empty_database_to_the_first_article(visitors):
    User.objects.create_superuser("root", "root@example.org", PASSWORD)
    ada = visitors.open()
    sign_in(ada, "root")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Set the site up")
    assert steps_left(ada) == 4

    say_name_and_funding(ada)
    assert steps_left(ada) == 3
    choose_colours(ada)
    say_whom_to_call(ada)
    link = make_second_person(ada)
    assert steps_left(ada) == 2
    add_topic(ada)
    lower_a_level(ada)
    assert steps_left(ada) == 1
    ada.goto(reverse("admin:setup_step", args=["disclaimer"]))
    ada.get_by_role("button", name="Make this the draft, in my name").click()
    expect(ada.locator(".messagelist")).to_contain_text("ask somebody else to sign it")

    rita = visitors.open()
    set_password(rita, link)
    reviewing.sign_and_publish(rita, Disclaimer.objects.get(), "/disclaimer/")
    assert steps_left(ada) == 0
    draft_pages_and_answer_one(ada)
    reviewing.sign_and_publish(rita, StaticPage.objects.get(slug="about"), "/about/")

    add_reference(ada)
    write_the_article(ada)
    reviewing.request_review(ada, "Rita Roe", "Our first one.")
    rita.goto(reverse("admin:index"))
    open_waiting(rita, "to-sign", TITLE)
    rita.get_by_role("link", name="Sign", exact=True).click()
    reviewing.sign(rita, "None.")
    reviewing.publish(rita, PATH)
    read(visitors.open())


def steps_left(page: Page) -> int:
    """Open the list of steps and return how many publishing waits for, as it says."""
    page.goto(reverse("admin:setup"))
    lead = page.locator(".setup-lead")
    expect(lead).to_contain_text("steps are done.")
    stops = page.locator(".setup-steps .setup-stops").count()
    words = lead.inner_text()
    found = _LEFT.search(words)
    assert (int(found.group(1)) if found else 0) == stops
    assert ("Everything that publishing needs is set." in words) == (stops == 0)
    return stops


def say_name_and_funding(page: Page) -> None:
    page.get_by_role("link", name="Name, readers and funding").click()
    page.get_by_label("Name").fill("Bright Bones")
    page.get_by_label("Funding").fill("Paid for by its makers.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def choose_colours(page: Page) -> None:
    """A colour that nobody could read is refused, and a readable one is proposed."""
    page.get_by_role("link", name="Logo, colours and foot of the page").click()
    page.locator("#id_colour").fill("#ffd700")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved.")
    page.get_by_role("button", name=re.compile("^Use #")).click()
    expect(page.locator(".messagelist")).to_contain_text("has a contrast of at least")


def say_whom_to_call(page: Page) -> None:
    page.goto(reverse("admin:setup_step", args=["place"]))
    page.get_by_label("Country").fill("GB")
    page.locator("#id_emergency_line").fill("999")
    page.locator("#id_advice_line").fill("111")
    page.get_by_label("Time zone").select_option("Europe/London")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def add_topic(page: Page) -> None:
    page.goto(reverse("admin:setup_step", args=["topics"]))
    page.get_by_label("Topic").fill("Bone health")
    page.get_by_label("Review every (months)").fill("12")
    page.get_by_role("button", name="Add the topic").click()
    expect(page.locator(".messagelist")).to_contain_text("“Bone health” is added.")


def lower_a_level(page: Page) -> None:
    page.goto(reverse("admin:setup_step", args=["levels"]))
    page.get_by_label(re.compile("^SUM-1")).select_option("advice")
    page.get_by_label("Why you change it").fill("We write longer ones.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("SUM-1")


def set_password(page: Page, link: str) -> None:
    """By the link alone, without a password that somebody else knows."""
    page.goto(link)
    page.get_by_label("New password:").fill(PASSWORD)
    page.get_by_label("New password confirmation:").fill(PASSWORD)
    page.get_by_role("button", name="Set my password and sign in").click()
    expect(page.locator(".start-who")).to_contain_text("What waits for Rita Roe")


def make_second_person(page: Page) -> str:
    """Make Rita, who signs and publishes, and Ada an editor; return Rita's link."""
    page.goto(reverse("admin:setup_step", args=["people"]))
    expect(page.locator(".setup-missing")).to_contain_text("It takes at least two people.")
    page.get_by_label("Name").fill("Rita Roe")
    page.get_by_label("E-mail address").fill("rita@example.org")
    for role in ("Medical reviewer", "Disclaimer reviewer", "Publisher"):
        page.get_by_label(role).check()
    page.get_by_label("Credential:").fill("Registered dietitian")
    page.get_by_role("button", name="Make the account").click()
    link = page.get_by_label("Link").input_value()
    page.goto(reverse("admin:setup_person", args=[User.objects.get(username="root").pk]))
    page.get_by_label("Name").fill("Ada Admin")
    page.get_by_label("Editor: writes every kind of text").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    declare_interests(page)
    return link


def declare_interests(page: Page) -> None:
    """Whoever is named as an author says what interests they have; the account's page leads on."""
    page.get_by_role("link", name="Credentials, interests and specialties").click()
    row = add_row(page, "disclosures")
    page.locator(f"#id_{row}-text").fill("None.")
    page.locator(f"#id_{row}-declared_on").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")


def draft_pages_and_answer_one(page: Page) -> None:
    page.goto(reverse("admin:setup_step", args=["pages"]))
    page.get_by_role("button", name="Make these drafts, in my name").click()
    expect(page.locator(".messagelist")).to_contain_text("6 drafts are made.")
    about = StaticPage.objects.get(slug="about")
    open_form(page, admin_path(about))
    expect(page.locator(".desk-panel").first).to_contain_text("JUNK-1")
    page.evaluate("text => CKEDITOR.instances.id_body.setData(text)", ANSWERED)
    save(page)
    expect(page.locator(".desk-panel").first).not_to_contain_text("JUNK-1")


def add_reference(page: Page) -> None:
    """The library is empty: the article's one source is written into it."""
    page.goto(reverse("admin:index"))
    add_from_start(page, "References")
    page.get_by_label("Key:").fill("roe2024")
    page.get_by_label("Title:").fill("Milk and bones")
    page.locator("#id_authors").fill("Roe J")
    page.locator("#id_container_title").fill("Journal of Bones")
    page.locator("#id_year").fill("2024")
    page.locator("#id_doi").fill("10.1000/bones.1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")


def write_the_article(page: Page) -> None:
    page.goto(reverse("admin:index"))
    add_from_start(page, "Articles")
    page.get_by_label("Title:").press_sequentially(TITLE)
    page.get_by_label("Quick summary:").fill("Milk helps a little.")
    page.get_by_label("Lead:").fill("Bones need calcium.")
    editor_of(page).click()
    for heading in ("What we know", "The bottom line"):
        heading_at_end(page, "body", heading)
        page.keyboard.type("Bones are strong with milk")
        cite(page, "body", "roe", "roe2024")
        page.keyboard.type(".")
        page.keyboard.press("Enter")
    choose(page, "#id_topics", "Bone health")
    for number in range(3):
        row = add_row(page, "key_points")
        page.locator(f"#id_{row}-label").fill(f"Point {number + 1}")
        page.locator(f"#id_{row}-text").fill(f"Milk holds calcium, said {number} [@roe2024].")
        page.locator(f"#id_{row}-kind").select_option("fact")
    row = add_row(page, "get_help")
    page.locator(f"#id_{row}-level").select_option("urgent")
    page.locator(f"#id_{row}-contact").fill("A doctor")
    page.locator(f"#id_{row}-signs").fill("You broke a bone.")
    row = add_row(page, "authorships")
    choose(page, f"#id_{row}-contributor", "Ada Admin")
    save(page)
    expect(page.locator(".desk-mend")).to_have_count(0)
    assert Article.objects.count() == 1


def read(page: Page) -> None:
    assert page.goto(PATH).status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("header")).to_contain_text("Bright Bones")
    main = page.locator("main")
    expect(main).to_contain_text("Medically reviewed by Rita Roe, Registered dietitian")
    expect(main).to_contain_text("Written by")
    expect(main).to_contain_text("Ada Admin")
    expect(main).to_contain_text("Bones are strong with milk")
    expect(main).to_contain_text("Roe J. Milk and bones. Journal of Bones.")
    expect(main).to_contain_text("Paid for by its makers.")
    expect(main.get_by_role("heading", name="About this information")).to_be_visible()
    expect(page.locator("body")).to_contain_text("999")
    page.goto("/about/")
    expect(page.get_by_text("Two neighbours who like bones.")).to_be_visible()
    page.goto("/articles/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
