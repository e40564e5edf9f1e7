"""The steps of a review, as its people press them: ask, comment, send back, sign, publish."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import PASSWORD, admin_path


def request_review(page: Page, whom: str, note: str) -> None:
    """From the change page: ask somebody by name."""
    page.get_by_role("link", name="Request review", exact=True).click()
    page.get_by_label("Ask:").select_option(label=whom)
    page.get_by_label("Note:").fill(note)
    page.get_by_role("button", name="Request review").click()
    expect(page.locator(".messagelist")).to_contain_text(f"Sent for review to {whom}.")
    expect(page.locator(".desk-state")).to_contain_text(f"With {whom} since")


def passage(page: Page, words: str) -> Locator:
    """Return the passage of the reviewer's page that holds these words."""
    return page.locator(".review-passage", has_text=words)


def comment(page: Page, words: str, text: str, suggestion: str = "") -> None:
    """On the reviewer's page: comment on a passage, with another wording for it or without."""
    lines = passage(page, words)
    lines.locator("summary", has_text="Comment").click()
    lines.get_by_label("Comment", exact=True).fill(text)
    if suggestion:
        lines.get_by_label("Suggested wording").fill(suggestion)
    lines.get_by_role("button", name="Keep the comment").click()
    expect(lines.locator(".review-said")).to_contain_text(text)


def ask_for_changes(page: Page, note: str) -> None:
    """From the reviewer's page: send the text back."""
    page.get_by_role("link", name="Ask for changes", exact=True).click()
    page.get_by_label("What should change").fill(note)
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".messagelist")).to_contain_text("Sent back.")
    expect(page.locator(".desk-state")).to_contain_text("asked for changes")


def take_over(page: Page, wording: str) -> None:
    """On the change page: press the button that takes a suggested wording over."""
    said = page.locator(".review-said", has_text=wording)
    said.get_by_role("button", name="Take the wording over").click()
    expect(page.locator(".messagelist")).to_contain_text("has the suggested wording")
    expect(page.locator(".review-said", has_text=wording)).to_have_count(0)


def fill_in_the_signature(page: Page, interests: str = "") -> None:
    """Tick every sentence of the statement and type the password again."""
    expect(page.get_by_label("Your password, again")).to_be_visible()
    for tick in page.locator("input[name^=tick_]").all():
        tick.check()
    if interests:
        page.get_by_label("My interests on this topic").fill(interests)
    page.get_by_label("Your password, again").fill(PASSWORD)


def sign(page: Page, interests: str = "") -> None:
    """On the reviewer's page: sign what it shows."""
    fill_in_the_signature(page, interests)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("Ready to publish.")


def publish(page: Page, path: str) -> None:
    """From the change page: publish now."""
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messagelist")).to_contain_text(f"Published at {path}")


def sign_and_publish(page: Page, entry, path: str, interests: str = "") -> None:
    """Open an entry's change page; sign it and publish it."""
    page.goto(admin_path(entry))
    page.get_by_role("link", name="Sign", exact=True).click()
    sign(page, interests)
    publish(page, path)
