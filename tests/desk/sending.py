"""What a person's browser would send from a page of the desk."""

from bs4 import BeautifulSoup
from django.test import Client

from publishing import passages
from publishing.models import Entry
from publishing.verbs.commenting import document_of
from tests.forms import form_data


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
