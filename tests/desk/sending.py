"""What a person's browser would send from a page of the desk."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from publishing import passages
from publishing.models import Entry
from publishing.verbs.commenting import document_of
from tests.forms import form_data, texts

PASSWORD = "a long test password"
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def sign_in(client: Client, username: str) -> None:
    """Sign in through the form, with its token."""
    page = client.get(reverse("admin:login")).content.decode()
    data = form_data(page, "#login-form") | {"username": username, "password": PASSWORD}
    assert client.post(reverse("admin:login"), data, headers=OURS).status_code == 302


def what_it_sends(client: Client, address: str, entry: Entry) -> dict:
    """Open a page about an entry; return its form as it stands, with each statement ticked.

    The page that comments is opened for the entry's lead.
    """
    query = {}
    if address.endswith("/comment/"):
        every = passages.passages_of(document_of(entry.head))
        lead = next(passage for passage in every if passage.field == "lead")
        query = {"revision": entry.head_id, "passage": lead.digest}
    page = client.get(address, query).content.decode()
    boxes = BeautifulSoup(page, "html.parser").select("#content-main input[name^=tick_]")
    return form_data(page) | {box["name"]: "on" for box in boxes}


def typed_in(page: str) -> list[str]:
    """Return what the answer to a form in vain shows as typed."""
    return texts(page, ".desk-typed blockquote")


def send_again(client: Client, response, *, sign_in_as: str | None = None, password=PASSWORD):
    """Press the one button of the page that a form in vain is answered with.

    Where that page asks for it, a username and password go along.
    """
    page = response.content.decode()
    form = BeautifulSoup(page, "html.parser").select_one("#content-main form")
    data = form_data(page)
    if sign_in_as is not None:
        assert "sign_in-username" in data, texts(page, ".desk-refusal")
        data |= {"sign_in-username": sign_in_as, "sign_in-password": password}
    return client.post(form["action"], data, headers=OURS)
