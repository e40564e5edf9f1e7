"""Choosing entries in a list, sending a bulk page and reading its report, as a browser would."""

from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import kinds
from publishing.models import Revision
from tests.forms import form_data, texts

PASSWORD = "a long test password"
PREFIX = "admin:articles_article_"


def choose(client, action: str, revisions) -> str:
    """Choose entries in the list and an action; return the address that it leads to."""
    keys = [revision.entry_id for revision in revisions]
    data = {"action": f"bulk_{action}", "_selected_action": keys}
    response = client.post(reverse(PREFIX + "changelist"), data)
    assert response.status_code == 302, texts(response.content.decode(), ".messagelist")
    return response["Location"]


def submit(client, address: str, *, tick=(), **typed):
    """Open a bulk page, fill in its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    data = form_data(page.content.decode())
    data |= {"entry": [*data.get("entry", []), *tick], **typed}
    return client.post(address, data)


def reported(client, response) -> dict[str, str]:
    """Return the report's words by title, after the redirect that leads to it."""
    assert response.status_code == 302, texts(
        response.content.decode(), ".desk-refusal, .errorlist"
    )
    assert response["Location"] == reverse(PREFIX + "bulk_report")
    html = BeautifulSoup(client.get(response["Location"]).content, "html.parser")
    lines = html.select(".desk-report > section > ul > li")
    return {line.a.text: " ".join(line.get_text(" ", strip=True).split()) for line in lines}


def title(revision: Revision) -> str:
    return str(kinds.draft_of(revision.entry))
