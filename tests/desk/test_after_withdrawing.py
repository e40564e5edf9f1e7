"""A page that was withdrawn: what the desk says of it, and how it may come back."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import clock as clocks
from publishing import verbs
from publishing.models import Edition, Entry, ReviewRequest
from publishing.refusals import Refused
from tests import factories
from tests.desk.standing import Staff, entry_in
from tests.desk.test_actions import PASSWORD, submit, url
from tests.forms import texts


@pytest.fixture
def staff(db, disclaimer) -> Staff:
    return Staff()


@pytest.fixture
def wrong(staff) -> Entry:
    """An article that was live, withdrawn as wrong a few days ago."""
    return entry_in("withdrawn")


@pytest.fixture
def outdated(staff) -> Entry:
    """One that was withdrawn as out of date, with a note."""
    entry = entry_in("live")
    told = {"reason": "out_of_date", "note": "New trials came out."}
    verbs.withdraw(entry, by=staff.publisher, **told)
    return entry


def state_of(client, entry) -> str:
    return texts(client.get(url(entry, "change")).content.decode(), ".desk-state")[0]


def offers(client, entry) -> dict[str, bool]:
    """Return what the panel offers, and whether it may be pressed."""
    page = BeautifulSoup(client.get(url(entry, "change")).content, "html.parser")
    buttons = page.select(".desk-offers .button")
    return {button.get_text(strip=True): button.name == "a" for button in buttons}


def test_the_panel_says_who_withdrew_it_when_and_why(client, staff, outdated):
    client.force_login(staff.publisher)

    said = state_of(client, outdated)

    assert " by Pete: out of date. “New trials came out.”" in said
    assert "Ready to publish" not in said


def test_what_was_withdrawn_as_wrong_is_not_put_back_as_it_was(client, staff, wrong):
    client.force_login(staff.publisher)
    assert "have it signed anew" in state_of(client, wrong)
    assert offers(client, wrong)["Publish"] is False

    with pytest.raises(Refused, match="withdrew this version as wrong"):
        verbs.publish([wrong.head], by=staff.publisher)

    assert not Edition.objects.live(clocks.now()).filter(entry=wrong.pk).exists()


def test_signed_anew_it_may_be_published_again(client, staff, wrong):
    """By the very reviewer who signed it before, in answer to a request."""
    signer = wrong.head.sign_offs.get().by
    factories.Disclosure.objects.create(
        contributor=signer.contributor, text="None.", declared_on=clocks.now().date()
    )
    client.force_login(staff.editor)
    assert offers(client, wrong)["Request review"] is True
    assert submit(client, url(wrong, "request_review")).status_code == 302
    assert ReviewRequest.objects.filter(entry=wrong.pk, closed_at=None).exists()
    client.force_login(signer)
    assert offers(client, wrong)["Sign"] is True
    signed = submit(client, url(wrong, "sign"), password=PASSWORD)
    assert signed.status_code == 302, texts(signed.content.decode(), ".desk-refusal")
    client.force_login(staff.publisher)
    assert "Ready to publish." in state_of(client, wrong)

    assert submit(client, url(wrong, "publish")).status_code == 302

    assert Edition.objects.live(clocks.now()).filter(entry=wrong.pk).exists()


def test_a_list_asks_for_the_review_of_what_was_withdrawn(client, staff, wrong):
    client.force_login(staff.editor)
    page = reverse("admin:articles_article_bulk_request_review")
    assert "signed already" not in client.get(page, {"entries": wrong.pk}).content.decode()


def test_a_list_that_publishes_says_what_was_withdrawn(client, staff, outdated):
    client.force_login(staff.publisher)
    page = reverse("admin:articles_article_bulk_publish")
    assert "It was withdrawn on" in client.get(page, {"entries": outdated.pk}).content.decode()
