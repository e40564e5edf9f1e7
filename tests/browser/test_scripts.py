"""A script that somebody sends past the editor never runs: on the desk, in a preview, in public."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from articles.models import Article
from publishing import verbs
from publishing.models import Entry
from tests import factories
from tests.browser.desk import admin_path, open_form
from tests.forms import form_data, texts

ATTACK = (
    "</textarea></title></script><script>window.ran = 1</script>"
    '<img src=x onerror="window.ran = 1"><svg onload="window.ran = 1"></svg>'
    "\"><b onmouseover='window.ran = 1' autofocus tabindex=0 onfocus='window.ran = 1'>bold</b>"
    '<a href="javascript:window.ran = 1">go</a><a href="//evil.example/x">there</a>'
    '<iframe srcdoc="<script>parent.ran = 1</script>"></iframe>'
    "<style>*{background:url(//evil.example/y)}</style>"
    '<p onclick="window.ran = 1">A paragraph [@smith2020].</p>'
)
SHORT = '</textarea><script>window.ran = 1</script>"><img src=x onerror="window.ran = 1">'
POSTED = {
    "title": SHORT,
    "quick_summary": SHORT,
    "lead": SHORT,
    "funding": SHORT,
    "key_points-0-label": SHORT,
    "key_points-0-text": f"{SHORT} [@smith2020]",
    "key_points-0-certainty_reason": SHORT,
    "get_help-0-contact": SHORT,
    "get_help-0-signs": SHORT,
    "body": f"<h2>What{ATTACK}</h2>{ATTACK}",
}


@pytest.fixture
def attacked(editor, reviewer, publisher, disclaimer, clock) -> Article:
    """An article whose every field was posted by hand, then signed and published all the same."""
    revision = factories.saved(factories.article_document(editor), editor, clock)
    article = Article.objects.get(pk=revision.entry_id)
    client = Client()
    client.force_login(editor)
    data = form_data(client.get(admin_path(article)).content.decode(), "#article_form")
    data.update({name: [value] for name, value in POSTED.items()})
    answer = client.post(admin_path(article), {**data, "_save": "Save"})
    assert answer.status_code == 302, texts(answer.content.decode(), ".errorlist")
    head = Entry.objects.get(pk=article.pk).head
    assert head.number == 2
    verbs.sign_off([head], by=reviewer, ticked=factories.EVERY_TICK)
    verbs.publish([head], by=publisher)
    return article


def test_nothing_that_was_posted_runs(visitors, attacked, editor):
    page = visitors.staff(editor)
    for path in (
        admin_path(attacked),
        admin_path(attacked, "preview", 2),
        admin_path(attacked, "history"),
        admin_path(attacked, "compare") + "?from=1&to=2",
        "/admin/articles/article/",
        "/articles/magnesium-and-muscles/",
        "/",
    ):
        open_form(page, path)
        page.mouse.move(200, 400)
        page.wait_for_timeout(150)
        expect(page.locator("body")).to_contain_text("<script>window.ran = 1</script>")
        for frame in page.frames:
            assert frame.evaluate("() => window.ran") is None, f"a script ran on {path}"
            assert frame.get_by_role("link", name="go", exact=True).count() == 0
