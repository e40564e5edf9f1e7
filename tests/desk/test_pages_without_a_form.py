"""An action's page that is opened in vain says why, in place of a form."""

import pytest
from django.urls import reverse

from publishing import clock as clocks
from publishing import compose
from tests.desk.standing import Staff, entry_in
from tests.desk.test_actions import submit, url
from tests.forms import texts


@pytest.fixture
def staff(db, disclaimer) -> Staff:
    return Staff()


@pytest.mark.parametrize(
    ("action", "role", "why"),
    [
        ("withdraw", "publisher", "nothing is live, so there is nothing to withdraw."),
        ("notice", "publisher", "Nothing is live, so there is no page to put a notice on."),
        ("renew", "medical", "Nothing is live, so there is nothing to renew."),
        ("cancel", "publisher", "Nothing is scheduled, so there is nothing to cancel."),
    ],
)
def test_what_cannot_be_done_to_a_draft_is_said_at_once(client, staff, action, role, why):
    client.force_login(getattr(staff, role))
    page = client.get(url(entry_in("draft"), action)).content.decode()
    assert texts(page, ".desk-action p")[0].endswith(why)
    assert texts(page, ".desk-action button") == []


@pytest.mark.parametrize("action", ["publish", "withdraw"])
def test_who_may_not_is_told_who_may(client, staff, action):
    client.force_login(staff.editor)
    response = client.get(url(entry_in("live"), action))
    assert response.status_code == 403
    page = response.content.decode()
    said = texts(page, ".desk-action p")[0]
    assert f"can {action} this. Yours: " in said
    assert "Pete" in said
    assert texts(page, ".breadcrumbs") != []


def test_the_page_to_read_instead_is_given_by_its_address(client, staff, settings):
    entry, other = entry_in("live"), entry_in("live", "question")
    path = other.editions.get().path
    client.force_login(staff.publisher)
    address = url(entry, "withdraw")

    for typed in ("/articles/there-is-none/", entry.editions.get().path):
        refused = submit(client, address, reason="out_of_date", instead=typed)
        assert (
            "No other live page has this address."
            in texts(refused.content.decode(), ".errorlist")[0]
        )

    told = {"reason": "out_of_date", "instead": f"{settings.SITE_URL}{path}"}
    assert submit(client, address, **told).status_code == 302
    gone = compose.resolve(entry.editions.get().path, clocks.now())
    assert gone.instead.path == path


@pytest.mark.parametrize(
    ("address", "role", "said"),
    [
        ("bulk_sign", "editor", "Only medical reviewers can sign this. Yours: "),
        ("bulk_publish", "editor", "Only publishers can publish this. Yours: "),
        ("bulk_change_topic", "medical", "Only editors can write this. Yours: "),
        ("add", "medical", "Only editors can write this. Yours: "),
        ("import", "publisher", "Only editors can write this. Yours: "),
        (
            "share",
            "disclaimer",
            "Only editors, medical reviewers and publishers can share this. Yours: ",
        ),
        ("comment", "publisher", "Only editors and medical reviewers can comment on this. Yours: "),
    ],
)
def test_a_refusal_in_the_readers_frame_says_who_may_by_name(client, staff, address, role, said):
    client.force_login(getattr(staff, role))
    entry = entry_in("live")
    if address.startswith(("bulk", "add", "import")):
        path = reverse(f"admin:articles_article_{address}")
    else:
        path = url(entry, address, *([1] if address == "share" else []))
    response = client.get(path, {"entries": entry.pk})

    assert response.status_code == 403
    assert response["Cache-Control"] == "private, no-store"
    [told] = [p for p in texts(response.content.decode(), "main p") if p.startswith(said)]
    assert "nobody" not in told


def test_a_form_that_may_not_be_sent_says_who_may(client, staff):
    client.force_login(staff.publisher)
    response = client.post(url(entry_in("live"), "comment"), {"text": "Say more of it."})

    assert response.status_code == 403
    said = " ".join(texts(response.content.decode(), ".desk-refusal p"))
    assert "Only editors and medical reviewers can comment on this. Yours: " in said
    assert "Say more of it." in response.content.decode()
