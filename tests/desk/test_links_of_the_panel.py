"""Every link and form of a change page leads to its place: the panel's are relative to it."""

from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from publishing import kinds
from publishing.models import Case
from tests import factories
from tests.desk.test_actions import url

ALLOWED = {"GET": {200}, "POST": {200, 405}}
DOCUMENTS = {"article": factories.article_document, "supplement": factories.supplement_document}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_leads_to_its_place(kind, client, editor, reviewer, publisher, disclaimer, clock):
    make = DOCUMENTS[kind]
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    entry = factories.published(make(editor), **people).entry
    # A summary of more than 50 words has a warning, which takes a reason.
    factories.saved(make(editor, quick_summary="word " * 51), editor, clock, kinds.draft_of(entry))
    Case.objects.create(
        entry=entry,
        why=Case.Whys.EMBED_CHANGED,
        about=entry,
        text="It changed.",
        at=clock.at,
        by=publisher,
    )
    client.force_login(editor)
    here = url(entry, "change")
    page = BeautifulSoup(client.get(here).content, "html.parser")
    found = {
        urlsplit(urljoin(here, given)).path: "GET" if tag.name == "a" else "POST"
        for tag in page.select(".desk-side, .desk-side a[href], .desk-side form")
        if (given := tag.get("href") or tag.get("action") or tag.get("data-presence"))
    }
    wanted = ("history/", "preview/2/", "share/2/", "compare/", "override/", "presence/")
    assert {urlsplit(urljoin(here, f"../{name}")).path for name in wanted} <= set(found)
    assert any("/case/" in path for path in found)
    answers = {path: client.get(path).status_code for path in found}
    assert {p: s for p, s in answers.items() if s not in ALLOWED[found[p]]} == {}
