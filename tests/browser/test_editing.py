"""The editor in Chromium: an untouched save makes nothing, a word makes one version."""

import pytest
from playwright.sync_api import expect

from articles.importing.run import import_file
from articles.models import Article
from publishing import kinds
from publishing.documents import load_payload
from publishing.models import Entry, Revision
from publishing.richtext import to_text
from tests import factories
from tests.browser.desk import admin_path, open_form, save, type_at_end

# Whatever an editor might lay out anew: entities, no-break spaces, quotes, dashes, nesting.
RICH = (
    "<h2>Dose – “how much”…</h2>"
    "<p>Fish &amp; chips cost &lt; 5 €: 10\u00a0mg, 5\u20116\u202fh, H<sub>2</sub>O, "
    "m<sup>2</sup>, <strong>bold <em>both</em></strong>, l’été, ½ cup, 37 °C, Ω-3 [@smith2020].</p>"
    '<p>First line<br>second line; see <a href="/faq/does-it-help/">does it help</a>, '
    '<a href="https://example.org/a?b=1&amp;c=2#d">the source</a>.</p>'
    '<ul><li>One<ul><li>one a</li><li>one b<ol start="3"><li>deep</li></ol></li></ul></li>'
    "<li>Two</li></ul>"
    "<h3>Compared</h3>"
    '<table><caption>Forms</caption><thead><tr><th scope="col">Form</th>'
    '<th scope="col">Taken up</th></tr></thead><tbody><tr><th scope="row">Citrate</th>'
    '<td>well</td></tr><tr><td colspan="2">No data [@smith2020]</td></tr></tbody></table>'
    "<p>[[forms:magnesium]]</p>"
    "<blockquote><p>Quoted <code>a  b</code>.</p></blockquote>"
)
MARKDOWN = """---
title: Does zinc help a cold?
---

Zinc is sold for colds.

## Quick summary

Perhaps by a day.

## Key points

- **Short:** It may help “a little” — by a day.
- **Taste:** It tastes of metal.
- **Dose:** Keep below 40 mg.

## What trials say

Trials differ[^1] & most are small: 3–7 days < 10.

1. Lozenges
   - acetate
   - gluconate
2. Tablets

| Form | Use |
|------|-----|
| Acetate | Colds |
| Gluconate | Colds, “too” |

> Ask first.

See [the review](https://example.org/zinc?a=1&b=2).
"""


def imported(editor, clock) -> Entry:
    report = import_file(MARKDOWN.encode(), "zinc.md", by=editor, clock=clock)
    assert report.outcome == "created", report.error
    return Article.objects.get(slug=report.slug)


def drafted(document, editor, clock) -> Entry:
    return kinds.draft_of(factories.saved(document, editor, clock).entry)


def an_article(editor, clock) -> Entry:
    drafted(factories.supplement_document(editor), editor, clock)
    question = drafted(factories.question_document(editor), editor, clock)
    document = factories.article_document(
        editor,
        body=RICH,
        lead="Muscles need “it” – 5 mg.\nA second line.",
        questions=[question.uid],
        funding="Paid by <nobody> & co.",
    )
    return drafted(document, editor, clock)


def a_question(editor, clock) -> Entry:
    return drafted(factories.question_document(editor, answer=RICH), editor, clock)


def a_supplement(editor, clock) -> Entry:
    return drafted(factories.supplement_document(editor, body=RICH, ask_first=RICH), editor, clock)


def a_static_page(editor, clock) -> Entry:
    from articles.documents import StaticPageDocument

    document = StaticPageDocument(slug="about", title="About “us”", body=RICH)
    return drafted(document, editor, clock)


def a_disclaimer(editor, clock) -> Entry:
    return drafted(factories.disclaimer_document(body=RICH), editor, clock)


ENTRIES = {
    "article": (an_article, "body"),
    "imported article": (imported, "body"),
    "question": (a_question, "answer"),
    "supplement": (a_supplement, "body"),
    "static page": (a_static_page, "body"),
    "disclaimer": (a_disclaimer, "body"),
}


def document_of(entry: Entry):
    head = Entry.objects.select_related("head__payload").get(pk=entry.pk).head
    return load_payload(kinds.of(entry).document, head.payload.text)[0]


@pytest.mark.parametrize("name", ENTRIES)
def test_untouched_makes_nothing_and_a_word_makes_one(name, visitors, editor, clock):
    make, field = ENTRIES[name]
    entry = make(editor, clock)
    before = document_of(entry)
    others = Revision.objects.exclude(entry=entry.pk).count()
    page = visitors.staff(editor)

    open_form(page, admin_path(entry))
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Nothing was changed")
    assert Revision.objects.filter(entry=entry.pk).count() == 1

    type_at_end(page, field, " Indeed.")
    save(page)
    assert Revision.objects.filter(entry=entry.pk).count() == 2
    after = document_of(entry)
    assert to_text(getattr(after, field)).rstrip() == (
        to_text(getattr(before, field)).rstrip() + " Indeed."
    )
    assert after.model_copy(update={field: getattr(before, field)}) == before
    assert Revision.objects.exclude(entry=entry.pk).count() == others


def test_the_second_editor_keeps_what_they_typed(visitors, editor, clock):
    olga = factories.person("olga", kinds.EDITORS, name="Olga Other")
    entry = drafted(factories.article_document(editor), editor, clock)
    first, second = visitors.staff(olga), visitors.staff(editor)
    open_form(first, admin_path(entry))
    open_form(second, admin_path(entry))

    first.get_by_label("Lead", exact=False).first.fill("What Olga wrote.")
    save(first)
    second.locator("#id_lead").fill("What Eddie wrote.")
    type_at_end(second, "body", " Eddie's last word.")
    save(second)

    problem = second.locator(".desk-refusal:visible")
    expect(problem).to_contain_text("Nothing was saved")
    expect(problem).to_contain_text("Not saved over. Olga Other saved at")
    expect(problem).to_be_focused()
    expect(problem.locator("td").last).to_have_text("What Olga wrote.")
    expect(second.locator("#id_lead")).to_have_value("What Eddie wrote.")
    body = second.frame_locator("#cke_id_body iframe").locator("body")
    expect(body).to_contain_text("Eddie's last word.")
    assert document_of(entry).lead == "What Olga wrote."

    with second.expect_navigation():
        second.get_by_role("button", name="Save mine as the newest version").click()
    after = document_of(entry)
    assert after.lead == "What Eddie wrote."
    assert "Eddie's last word." in after.body
    assert Revision.objects.filter(entry=entry.pk).count() == 3
