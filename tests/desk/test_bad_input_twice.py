"""The same thing done twice, or to what somebody else just signed, published or withdrew."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from publishing import clock, kinds, verbs
from publishing.models import (
    Change,
    Comment,
    Decline,
    Disclosure,
    Edition,
    Entry,
    ReviewRequest,
    Revision,
    SignOff,
)
from publishing.verification import verify
from tests import factories
from tests.desk.sending import what_it_sends
from tests.desk.standing import Staff, entry_in
from tests.forms import texts
from tests.threads import at_once

PASSWORD = "a long test password"
WHO = {
    "request_review": "walker",
    "restore": "walker",
    "share": "walker",
    "sign": "mina",
    "ask_for_changes": "mina",
    "decline": "mina",
    "comment": "mina",
    "renew": "mina",
    "publish": "pete",
    "schedule": "pete",
    "cancel": "pete",
    "withdraw": "pete",
    "notice": "pete",
    "lift_notice": "pete",
}
STATE = {
    "decline": "in_review",
    "publish": "signed",
    "schedule": "signed",
    "cancel": "scheduled",
    **dict.fromkeys(("renew", "withdraw", "notice", "lift_notice"), "live"),
}
TYPED = {
    "request_review": {"note": "Look at it."},
    "ask_for_changes": {"note": "Name the dose."},
    "decline": {"why": "time", "note": "Next week."},
    "comment": {"text": "Which dose?"},
    "sign": {"password": PASSWORD},
    "renew": {"password": PASSWORD},
    "schedule": {"at": "2190-01-01T09:00"},
    "withdraw": {"reason": "wrong", "note": "A wrong dose."},
    "notice": {"wording": "dose"},
    "share": {"days": "7"},
}


@pytest.fixture
def desk(db) -> Staff:
    factories.fund_site()
    factories.live_disclaimer(factories.Clock(clock.now() - timedelta(days=9)))
    people = Staff()
    Disclosure.objects.create(
        contributor=people.medical.contributor, text="None.", declared_on=clock.now().date()
    )
    return people


def client_of(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def opened(client: Client, action: str, entry: Entry) -> tuple[str, dict]:
    """Open the page of an action; return its address and what would be sent."""
    name = {"schedule": "publish"}.get(action, action)
    args = [entry.pk, 1] if action in ("restore", "share") else [entry.pk]
    address = reverse(f"admin:articles_article_{name}", args=args)
    data = what_it_sends(client, address, entry)
    return address, data | TYPED.get(action, {})


def prepared(action: str) -> Entry:
    entry = entry_in(STATE.get(action, "draft"))
    if action == "lift_notice":
        verbs.put_notice(entry, by=User.objects.get(username="pete"), wording="dose")
    return Entry.objects.select_related("head__payload").get(pk=entry.pk)


def facts() -> tuple:
    """Count what verbs leave behind."""
    models = (Change, SignOff, Edition, Revision, ReviewRequest, Decline, Comment)
    return tuple(model.objects.count() for model in models)


def said(response) -> str:
    """Return what a page tells the person: its messages, refusal and problems at fields."""
    if response.status_code == 302:
        return " ".join(map(str, get_messages(response.wsgi_request)))
    return " ".join(texts(response.content.decode(), ".desk-refusal, .errorlist"))


# What whoever pressed twice is told the second time; "" where the page shows it anyway.
TWICE = {
    "request_review": "Sent for review to Medical reviewers.",
    "restore": "Nothing was changed. The draft says what version 1 says.",
    "sign": "Signed already: version",
    "ask_for_changes": "Sent back already.",
    "decline": "",
    "comment": "",
    "renew": "Signed already: version",
    "publish": "Not published again. This version is live already.",
    "schedule": "Not scheduled again. This version is scheduled for that time already.",
    "cancel": "Not cancelled. This edition has begun or was cancelled already.",
    "withdraw": "Not withdrawn again. Pete withdrew this page on",
    "notice": "Not shown again. This notice stands on the page already.",
    "lift_notice": "Nothing was taken down. No notice stands on this page.",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("action", TWICE)
def test_pressed_twice_at_once_it_is_done_once(action, desk):
    entry = prepared(action)
    address, data = opened(client_of(WHO[action]), action, entry)
    clients = [client_of(WHO[action]) for _press in range(2)]
    before = facts()

    answers = at_once(*[lambda c=client: c.post(address, data) for client in clients])

    assert 302 in [answer.status_code for answer in answers], [said(a) for a in answers]
    assert {answer.status_code for answer in answers} <= {200, 302, 409}
    after = facts()
    done = [now - then for then, now in zip(before, after, strict=True)]
    # A renewal ends an edition, signs, and begins one: three changes. Nothing else makes two.
    assert max(done) <= (3 if action == "renew" else 1), done

    again = clients[0].post(address, data)
    assert TWICE[action] in said(again)
    assert facts() == after
    assert list(verify()) == []


def meanwhile(what: str, entry: Entry) -> None:
    """Do something to an entry as somebody else."""
    signer, publisher = factories.reviewer("quinn"), factories.publisher("quentin")
    Disclosure.objects.create(
        contributor=signer.contributor, text="None.", declared_on=clock.now().date()
    )
    head = Entry.objects.select_related("head").get(pk=entry.pk).head
    approve = {"by": signer, "ticked": factories.EVERY_TICK}
    later = clock.now() + timedelta(days=9)
    if what == "saved":
        draft = kinds.draft_of(entry)
        draft.lead, draft.change_kind, draft.change_note = "Another lead.", "update", "Newer."
        draft.save()
        verbs.save_revision(draft, by=User.objects.get(username="walker"))
    if what in ("signed", "published", "scheduled"):
        verbs.sign_off([head], **approve)
    if what == "published":
        verbs.publish([head], by=publisher, schedules="cancel")
    if what == "scheduled":
        verbs.publish([head], by=publisher, at=later)
    if what == "withdrawn":
        verbs.withdraw(entry, by=publisher, reason="wrong")
    if what == "sent_back":
        verbs.sign_off([head], by=signer, decision="changes", note="No.")


@pytest.mark.parametrize(
    ("action", "what", "told"),
    [
        ("request_review", "signed", "Not sent for review. Quinn signed this version on"),
        ("request_review", "published", "Not sent for review. Quinn signed this version on"),
        ("restore", "saved", "Not restored. Walker saved at"),
        ("sign", "saved", "Not signed. The text changed at"),
        ("ask_for_changes", "saved", "The text changed at"),
        ("decline", "signed", "Not sent back. Nobody is asked for a review of this now."),
        ("decline", "sent_back", "Not sent back. Nobody is asked for a review of this now."),
        ("renew", "withdrawn", "Not renewed. Readers can't see this page any more"),
        ("publish", "saved", "Not published. The text changed after version 1."),
        ("publish", "scheduled", "Say whether to cancel or keep it."),
        ("publish", "sent_back", "Not published."),
        ("schedule", "saved", "Not published. The text changed after version 1."),
        ("schedule", "published", "Not published again. This version is live already."),
        ("cancel", "published", "Not cancelled. This edition has begun or was cancelled"),
        ("cancel", "sent_back", "Not cancelled. This edition has begun or was cancelled"),
        ("withdraw", "withdrawn", "Not withdrawn again. Quentin withdrew this page on"),
        ("notice", "withdrawn", "Not shown. Readers can't see this page: nothing is live."),
    ],
)
def test_what_somebody_did_meanwhile_is_said_and_stands(action, what, told, desk):
    entry = prepared(action)
    client = client_of(WHO[action])
    address, data = opened(client, action, entry)
    note = next((n for n in ("note", "interests", "reason") if n in data), None)
    if note and action != "withdraw":
        data[note] = "Words that I typed."
    meanwhile(what, entry)
    before = facts()

    response = client.post(address, data)

    assert response.status_code in (200, 409)
    assert told in said(response)
    assert facts() == before
    page = response.content.decode()
    assert "There is a problem" in page or "errorlist" in page
    if note and action != "withdraw":
        assert "Words that I typed." in page


@pytest.mark.parametrize("action", ["sign", "ask_for_changes", "publish", "comment"])
@pytest.mark.parametrize("which", ["none", "of another entry"])
def test_a_version_that_is_not_this_entrys_is_not_found(action, which, desk):
    entry = prepared(action)
    client = client_of(WHO[action])
    address, data = opened(client, action, entry)
    other = entry_in("changes_requested", "question")
    pk = other.head_id if which == "of another entry" else 10**12
    before = facts()
    response = client.post(address, data | {"revision": pk})
    # A comment may be on a text that is shown in the page, but not on a passage it does not hold.
    shown = action == "comment" and which == "of another entry"
    assert response.status_code == (409 if shown else 404)
    assert facts() == before
