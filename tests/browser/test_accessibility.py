"""axe-core on every page of the desk: wide and narrow, light and dark."""

from importlib.resources import files

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from articles.documents import StaticPageDocument
from articles.importing.run import import_file
from articles.models import Article, ImportRecord
from publishing import kinds, verbs
from publishing.models import Disclaimer
from tests import factories
from tests.browser.desk import DESKTOP, PHONE, admin_path, open_form, save

AXE = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """
async tags => (await axe.run(document, {
  runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], iframes: false,
})).violations.flatMap(rule => rule.nodes.map(node => ({
  rule: rule.id, target: node.target.join(" "), why: node.failureSummary,
})))
"""

# What Django's own admin or CKEditor draws and our templates cannot mend: rule, selector, reason.
STOCK = (
)


def faults(page: Page) -> list[str]:
    """Return what axe finds on a page at both widths, in light and in dark."""
    page.evaluate(AXE)
    found: dict[str, None] = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for viewport in (DESKTOP, PHONE):
            page.set_viewport_size(viewport)
            for fault in page.evaluate(RUN, TAGS):
                if not is_stock(page, fault):
                    place = f"{viewport['width']} px, {scheme}"
                    found[f"{fault['rule']} at {fault['target']} ({place}): {fault['why']}"] = None
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")
    return list(found)


def is_stock(page: Page, fault: dict) -> bool:
    return False


@pytest.fixture
def house(editor, reviewer, publisher, disclaimer, clock) -> dict:
    """An entry of each kind, in different states: live with changes, sent back, imported, guessed."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    factories.published(factories.question_document(editor), **people)
    supplement = factories.published(factories.supplement_document(editor), **people).entry
    document = factories.article_document(editor)
    live = factories.published(document, **people).entry
    clock.forward(minutes=1)
    changed = document.model_copy(update={"lead": "Muscles do need it.", "quick_summary": ""})
    revision = factories.saved(changed, editor, clock, kinds.draft_of(live))
    verbs.request_review(live, by=editor, note="Look at the lead.", clock=clock)
    clock.forward(minutes=1)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="Say why.", clock=clock)
    return {
        "article": Article.objects.get(pk=live.pk),
        "supplement": kinds.draft_of(supplement),
    }


def test_x(visitors, house, editor):
    page = visitors.staff(editor)
    for path in ["/admin/login/","/admin/", "/admin/articles/article/", admin_path(house["article"]), admin_path(house["supplement"]), admin_path(house["article"],"history"), admin_path(house["article"],"compare"), "/admin/articles/article/import/"]:
        open_form(page, path)
        import time; t=time.time()
        for f in faults(page): print(path, f.replace("\n", " | "))
        print(path, time.time()-t)
    assert 0
