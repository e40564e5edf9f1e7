"""axe-core on every page of the desk: wide and narrow, light and dark."""

from importlib.resources import files
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.documents import StaticPageDocument
from articles.importing.run import import_file
from articles.models import Article, ImportRecord
from publishing import kinds, verbs
from publishing.models import Disclaimer, Entry
from tests import factories
from tests.browser.desk import DESKTOP, PHONE, admin_path, open_form, save

LAYOUT = Path(__file__).parent.parent / "articles" / "files" / "magnesium-layout.txt"
AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": TAGS}
# What else axe looks at does not depend on colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """
async only => (await axe.run(document, {
  runOnly: only, resultTypes: ["violations"], iframes: false,
})).violations.flatMap(rule => rule.nodes.map(node => ({
  rule: rule.id, target: node.target.join(" "), why: node.failureSummary,
})))
"""

UNFOLD = "() => document.querySelectorAll('details').forEach(each => { each.open = true; })"
# Links fade from colour to colour; axe would measure the middle.
SETTLE = """
() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  document.getAnimations().forEach(animation => animation.finish());
  done();
})))
"""

PASTED = """# Does zinc help a cold?

Zinc lozenges are sold for colds. Trials of them differ in dose, in salt and in what they counted.

## What trials say

Some found that colds ended a day or two sooner, and others found no difference at all.
"""


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page at both widths, in light and in dark."""
    page.evaluate(AXE)
    page.evaluate(UNFOLD)
    found: dict[str, None] = {}
    for scheme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            place = f"{viewport['width']} px, {scheme}"
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found[f"the page is wider than the screen ({place})"] = None
            for fault in page.evaluate(RUN, rules):
                found[f"{fault['rule']} at {fault['target']} ({place}): {fault['why']}"] = None
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    return list(found)


@pytest.fixture
def house(editor, reviewer, publisher, disclaimer, clock) -> dict[str, Entry]:
    """An entry of each kind, in different states: live, sent back, imported with guesses."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    question = factories.published(factories.question_document(editor), **people)
    supplement = factories.published(factories.supplement_document(editor), **people)
    document = factories.article_document(
        editor, questions=[question.entry.uid], comparisons=[supplement.entry.uid]
    )
    live = factories.published(document, **people).entry
    clock.forward(minutes=1)
    changed = document.model_copy(update={"lead": "Muscles do need it.", "quick_summary": ""})
    revision = factories.saved(changed, editor, clock, kinds.draft_of(live))
    verbs.request_review(live, by=editor, note="Look at the lead.", clock=clock)
    clock.forward(minutes=1)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="Say why.", clock=clock)
    page = StaticPageDocument(slug="about", title="About us", body="<p>We write.</p>")
    about = factories.saved(page, editor, clock)
    report = import_file(LAYOUT.read_bytes(), LAYOUT.name, by=editor, clock=clock)
    old = kinds.draft_of(disclaimer.entry)
    factories.saved(factories.disclaimer_document(body="<p>Only general.</p>"), editor, clock, old)
    return {
        "article": kinds.draft_of(live),
        "question": kinds.draft_of(question.entry),
        "supplement": kinds.draft_of(supplement.entry),
        "static page": kinds.draft_of(about.entry),
        "disclaimer": Disclaimer.objects.get(pk=old.pk),
        "imported": Article.objects.get(slug=report.slug),
    }


def assert_no_faults(page: Page, paths: list[str]) -> None:
    found = {}
    for path in paths:
        open_form(page, path)
        if broken := faults(page):
            found[path] = broken
    assert found == {}


def test_the_way_in(visitors, house, editor):
    assert_no_faults(visitors.open(), [reverse("admin:login")])
    record = ImportRecord.objects.get()
    page = visitors.staff(editor)
    assert_no_faults(
        page,
        [
            reverse("admin:index"),
            reverse("admin:articles_article_changelist"),
            reverse("admin:articles_article_import"),
            reverse("admin:articles_article_import_record", args=[record.pk]),
        ],
    )
    page.goto(reverse("admin:articles_article_import"))
    page.get_by_label("Or paste").fill(PASTED)
    page.get_by_label("The pasted text is").select_option("md")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#report-heading")).to_be_visible()
    assert faults(page) == []


def test_change_pages(visitors, house, editor, reviewer):
    paths = [admin_path(entry) for entry in house.values()]
    assert_no_faults(visitors.staff(editor), [*paths, reverse("admin:articles_article_add")])
    assert_no_faults(visitors.staff(reviewer), [admin_path(house["article"])])


def test_a_refused_save(visitors, house, editor):
    first, second = visitors.staff(editor), visitors.staff(editor)
    path = admin_path(house["question"])
    open_form(second, path)
    open_form(first, path)
    first.locator("#id_question").fill("Does it help anybody at all?")
    save(first)
    second.locator("#id_question").fill("Does it help you?")
    second.locator("#id_slug").fill("")
    second.locator("#id_authorships-0-role").fill("")
    save(second)
    problem = second.get_by_role("alert")
    expect(problem).to_be_focused()
    expect(problem).to_contain_text("Not saved over. Eddie Editor saved at")
    expect(problem.get_by_role("link", name="Address")).to_be_visible()
    expect(problem.get_by_role("link", name="Author 1, Role")).to_be_visible()
    assert faults(second) == []


def test_action_pages(visitors, house, editor, reviewer, publisher):
    article = house["article"]
    restore = admin_path(article, "restore", 1)
    own = [admin_path(article, name) for name in ("history", "compare", "request_review")]
    assert_no_faults(visitors.staff(editor), [*own, restore])
    signing = [admin_path(article, name) for name in ("sign", "ask_for_changes", "renew")]
    page = visitors.staff(reviewer)
    assert_no_faults(page, signing)
    page.goto(signing[0])
    page.get_by_label("Your password, again").fill("wrong")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert faults(page) == []
    assert_no_faults(
        visitors.staff(publisher),
        [
            admin_path(article, "publish"),
            admin_path(article, "withdraw"),
            admin_path(house["supplement"], "withdraw"),
        ],
    )
