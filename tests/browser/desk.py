"""People at the browser: signing in, opening pages, filling in the admin's widgets."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

PASSWORD = "a long test password"
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}

# Under the site's policy nothing may be evaluated in the page while it waits; this only listens.
_LISTEN = """
addEventListener("securitypolicyviolation", event => console.error(
  `policy: ${event.violatedDirective} refused ${event.blockedURI} at ${event.sourceFile}`));
"""
_EDITORS_READY = """
() => typeof CKEDITOR === "undefined" ||
  Object.values(CKEDITOR.instances).every(editor => editor.status === "ready")
"""


@dataclass
class Visitors:
    """Opens a context for each person and gathers whatever goes wrong in any of them."""

    browser: Browser
    base: str
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, **options) -> Page:
        """Return a page of somebody new, not signed in."""
        context = self.browser.new_context(
            base_url=self.base, viewport=options.pop("viewport", DESKTOP), **options
        )
        context.set_default_timeout(15_000)
        context.add_init_script(_LISTEN)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("dialog", self._dialog)
        self.contexts.append(context)
        return context.new_page()

    def staff(self, user, **options) -> Page:
        """Return a page of a person who is signed in."""
        page = self.open(**options)
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.base}
        page.context.add_cookies([cookie])
        return page

    def close(self) -> None:
        """Close every context."""
        for context in self.contexts:
            context.close()

    def _said(self, message) -> None:
        # The answer's own status is looked at below: a page may well be a 404.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text} ({message.page.url})")

    def _asked(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.base:
            self.faults.append(f"another host: {request.url}")

    def _answered(self, response) -> None:
        wanted = response.request.resource_type != "document"
        if response.status >= 500 or (wanted and response.status >= 400):
            self.faults.append(f"{response.status}: {response.url}")

    def _dialog(self, dialog) -> None:
        # Leaving a page with unsaved text asks; any other dialog was opened by a script.
        if dialog.type != "beforeunload":
            self.faults.append(f"dialog: {dialog.message}")
        dialog.accept()


def sign_in(page: Page, username: str) -> None:
    """Sign in as a person does: through the form."""
    page.goto(reverse("admin:login"))
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def admin_path(entry, page: str = "change", *args) -> str:
    """Return the path of an entry's page in the admin."""
    model = f"{entry._meta.app_label}_{entry._meta.model_name}"
    return reverse(f"admin:{model}_{page}", args=[entry.pk, *args])


def open_form(page: Page, path: str) -> None:
    """Open a change page and wait until its editors can be typed into."""
    page.goto(path)
    wait_for_editors(page)


def wait_for_editors(page: Page) -> None:
    """Wait for every CKEditor of the page; polled, since the policy forbids waiting inside it."""
    for _attempt in range(150):
        if page.evaluate(_EDITORS_READY):
            return
        page.wait_for_timeout(50)
    raise AssertionError("The editors did not get ready.")


def save(page: Page, *, stay: bool = True) -> None:
    """Press Save, or “Save and continue editing”, and wait for the answer."""
    button = "Save and continue editing" if stay else "Save"
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    if stay:
        wait_for_editors(page)


def choose(page: Page, selector: str, text: str) -> None:
    """Choose a row in one of the admin's search boxes, by typing its name."""
    page.locator(f"{selector} + .select2 .select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").last.fill(text)
    page.locator(".select2-results__option--highlighted", has_text=text).click()


def add_row(page: Page, prefix: str) -> str:
    """Press “Add another” of an inline and return the new row's prefix."""
    count = page.locator(f"#id_{prefix}-TOTAL_FORMS")
    row = f"{prefix}-{count.input_value()}"
    page.locator(f"#{prefix}-group .add-row a").click()
    expect(page.locator(f"#{row}")).to_be_visible()
    return row


def editor_of(page: Page, name: str = "body") -> Locator:
    """Return the text of a rich field, in the editor's own frame."""
    return page.frame_locator(f"#cke_id_{name} iframe").locator("body")


def type_at_end(page: Page, name: str, words: str) -> None:
    """Type words at the end of a rich text, as a person does: in the editor's own frame."""
    editor_of(page, name).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def heading_at_end(page: Page, name: str, words: str) -> None:
    """Start a section of a rich text: its heading, then an empty paragraph after it."""
    text = page.locator(f"#cke_id_{name}")
    text.locator(".cke_combo__format a.cke_combo_button").click()
    page.frame_locator("iframe.cke_panel_frame").get_by_role("option", name="Heading 2").click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def cite(page: Page, name: str, typed: str, *keys: str) -> None:
    """Cite from the library where the cursor stands in a rich text, by the dialog."""
    page.locator(f"#cke_id_{name} .cke_button__deskcite").click()
    box = page.get_by_label("Key, title, author, journal or year")
    expect(box).to_be_focused()
    page.keyboard.type(typed)
    for key in keys:
        page.locator("#desk-cite .desk-found label", has_text=f"@{key}").click()
    page.get_by_role("button", name="Insert", exact=True).click()
    expect(page.locator("#desk-cite")).to_be_hidden()


def waiting(page: Page, block: str) -> Locator:
    """Open the start page and return one of its lists: “to-sign”, “sent-back”, “overdue” …"""
    page.goto(reverse("admin:index"))
    return page.locator(f"#{block}")


def open_waiting(page: Page, block: str, title: str) -> None:
    """Follow a line of the start page to its place."""
    line = waiting(page, block).locator("li", has_text=title)
    expect(line).to_have_count(1)
    line.get_by_role("link", name=title).click()
    expect(page.locator(".desk-state")).to_be_visible()
    wait_for_editors(page)


def add_from_start(page: Page, register: str) -> None:
    """On the start page, press “Add” beside one of the lists, and wait for its form."""
    lists = page.locator(".start-lists").locator("li, tr")
    line = lists.filter(has=page.get_by_role("link", name=register, exact=True))
    line.get_by_role("link", name="Add").click()
    wait_for_editors(page)
