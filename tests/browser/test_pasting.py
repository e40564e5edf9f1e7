"""Two hundred pages from Word, pasted into the editor in Chromium: every word is there."""

import re

from playwright.sync_api import expect

from publishing import kinds
from publishing.models import Entry, Revision
from publishing.richtext import to_text
from tests import factories
from tests.browser.desk import admin_path, open_form, save
from tests.word_document import document, words_of

# Some ten on an idle machine; tests share theirs.
SECONDS = 60
PASTE = """
(body, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  body.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true,
  }));
}
"""


def test_two_hundred_pages_from_word(visitors, editor, clock):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    entry = kinds.draft_of(revision.entry)
    page = visitors.staff(editor)
    open_form(page, admin_path(entry))
    body = page.frame_locator("#cke_id_body iframe").locator("body")
    body.click()
    page.keyboard.press("Control+End")

    body.evaluate(PASTE, document())
    expect(body).to_contain_text("note200", timeout=SECONDS * 1000)
    save(page)

    assert Revision.objects.filter(entry=entry.pk).count() == 2
    kept = kinds.draft_of(Entry.objects.get(pk=entry.pk)).body
    said = set(re.findall(r"\w+", to_text(kept)))
    assert [word for word in words_of() if word not in said] == []
    assert "Eat well." in kept
    assert not re.search(r"mso|style=|file:|<o:|<v:|class=", kept)
