"""A new publisher: from an empty database to the first published pages, at the browser alone."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import StaticPage
from publishing.models import Disclaimer
from tests.browser.desk import PASSWORD, admin_path, open_form, save, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERED = "<h2>Who we are</h2><p>Two neighbours who like bones.</p>"


def test_from_an_empty_database_to_the_first_pages(visitors):
    User.objects.create_superuser("root", "root@example.org", PASSWORD)
    ada = visitors.open()
    sign_in(ada, "root")
    expect(ada.get_by_role("heading", level=1)).to_have_text("Set the site up")
    expect(ada.locator(".setup-lead")).to_contain_text("Nothing can be published yet: 4 steps")

    say_name_and_funding(ada)
    add_topic(ada)
    link = make_second_person(ada)
    ada.goto(reverse("admin:setup_step", args=["disclaimer"]))
    ada.get_by_role("button", name="Make this the draft, in my name").click()
    expect(ada.locator(".messagelist")).to_contain_text("ask somebody else to sign it")

    rita = visitors.open()
    rita.goto(link)
    rita.get_by_label("New password:").fill(PASSWORD)
    rita.get_by_label("New password confirmation:").fill(PASSWORD)
    rita.get_by_role("button", name="Set my password and sign in").click()
    expect(rita.get_by_role("heading", level=1)).to_be_visible()
    sign_and_publish(rita, Disclaimer.objects.get(), "/disclaimer/")

    draft_pages_and_answer_one(ada)
    sign_and_publish(rita, StaticPage.objects.get(slug="about"), "/about/")

    reader = visitors.open()
    reader.goto("/about/")
    expect(reader.get_by_text("Two neighbours who like bones.")).to_be_visible()
    expect(reader.locator("header")).to_contain_text("Bright Bones")
    ada.goto(reverse("admin:setup"))
    expect(ada.locator(".setup-lead")).to_contain_text("Everything that publishing needs is set.")


def say_name_and_funding(page: Page) -> None:
    page.get_by_role("link", name="Name, readers and funding").click()
    page.get_by_label("Name").fill("Bright Bones")
    page.get_by_label("Funding").fill("Paid for by its makers.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def add_topic(page: Page) -> None:
    page.goto(reverse("admin:setup_step", args=["topics"]))
    page.get_by_label("Topic").fill("Bone health")
    page.get_by_role("button", name="Add the topic").click()
    expect(page.locator(".messagelist")).to_contain_text("“Bone health” is added.")


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
    return link


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


def sign_and_publish(page: Page, entry, path: str) -> None:
    page.goto(admin_path(entry))
    page.get_by_role("link", name="Sign", exact=True).click()
    expect(page.get_by_label("Your password, again")).to_be_visible()
    for tick in page.locator("input[name^=tick_]").all():
        tick.check()
    page.get_by_label("Your password, again").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text(f"Published at {path}")
