"""Signed out between opening a page about several entries and sending it: nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.urls import reverse

from publishing import clock as clocks
from publishing.models import Edition, Entry, ReviewRequest, SignOff
from tests import factories
from tests.desk.bulk import PREFIX, reported
from tests.desk.sending import OURS, PASSWORD, send_again, sign_in, typed_in
from tests.desk.test_matrix import fingerprint
from tests.forms import form_data, texts

WORDS = "Name the dose, and the form that it comes in."
LATER = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=2)

# By action: who does it, to entries in which state, what they type, and what is shown as typed.
SENT = {
    "request_review": ("eddie", "drafts", {"note": WORDS, "due": "2030-01-31"}),
    "sign": ("rita", "drafts", {"interests": WORDS, "password": PASSWORD}),
    "publish": ("paula", "signed", {}),
    "schedule": ("paula", "signed", {"at": f"{LATER:%Y-%m-%dT%H:%M}"}),
    "change_topic": ("eddie", "drafts", {"change_kind": "minor", "change_note": WORDS}),
}
SHOWN = {
    "request_review": ["31 January 2030", WORDS],
    "sign": [WORDS],
    "publish": [],
    "schedule": [f"{LATER.day} {LATER:%B %Y, %H:%M}"],
    "change_topic": [WORDS],
}


@pytest.fixture
def clock():
    """A clock that stands still an hour ago: the pages read the real time."""
    return factories.Clock(clocks.now() - timedelta(hours=1))


def filled_in(page: str, revisions, **typed) -> dict:
    """Return what the page would send with all but the last entry ticked, and each statement."""
    boxes = BeautifulSoup(page, "html.parser").select("#content-main input[name^=tick_]")
    ticks = {box["name"]: "on" for box in boxes}
    return form_data(page) | ticks | typed | {"entry": [f"{r.entry_id}:1" for r in revisions[:-1]]}


def done(action: str, entries: list[int]) -> bool:
    """Say whether it was done to these entries of the three, and to no other."""
    found = {
        "request_review": ReviewRequest.objects.filter(note=WORDS, due="2030-01-31"),
        "sign": SignOff.objects.filter(decision="approved", disclosure=WORDS),
        "publish": Edition.objects.live(clocks.now()).filter(entry__kind="article"),
        "schedule": Edition.objects.scheduled(clocks.now()).filter(live_from=LATER),
        "change_topic": Entry.objects.filter(head__payload__text__contains=WORDS),
    }[action]
    of = {"change_topic": "pk", "sign": "revision__entry"}.get(action, "entry")
    return sorted(found.values_list(of, flat=True)) == sorted(entries)


@pytest.mark.parametrize("action", SENT)
def test_what_was_typed_and_ticked_is_sent_again_with_the_sign_in(
    action, browser, request, editor, reviewer, publisher
):
    who, state, typed = SENT[action]
    revisions = request.getfixturevalue(state)
    if action == "change_topic":
        typed = typed | {"topic": factories.topic("zinc").pk, "how": "add"}
    chosen = ",".join(str(revision.entry_id) for revision in revisions)
    address = f"{reverse(f'{PREFIX}bulk_{action}')}?entries={chosen}&list=q%3Dtext"
    sign_in(browser, who)
    data = filled_in(browser.get(address).content.decode(), revisions, **typed)
    Session.objects.all().delete()
    before = fingerprint()

    answer = browser.post(address, data, headers=OURS)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert typed_in(page) == SHOWN[action]
    assert PASSWORD not in page
    assert fingerprint() == before

    last = send_again(browser, answer, sign_in_as=who)
    if action == "sign":
        # Signing asks for the password itself: the page comes back with all the rest.
        page = last.content.decode()
        assert "Your password, again" in " ".join(texts(page, ".desk-refusal li"))
        last = browser.post(address, form_data(page) | {"password": PASSWORD}, headers=OURS)
    report = reported(browser, last)
    assert done(action, [revision.entry_id for revision in revisions[:-1]])
    assert len(report) == 3
    left = browser.get(reverse(f"{PREFIX}bulk_report")).content.decode()
    assert "?q=text" in left, "the way back is the list as it was filtered"


def test_choosing_entries_in_the_list_is_done_with_the_sign_in(browser, drafts, editor):
    address = reverse(f"{PREFIX}changelist")
    sign_in(browser, "eddie")
    data = form_data(browser.get(address).content.decode(), "#changelist-form")
    data |= {"action": "bulk_request_review", "_selected_action": [drafts[0].entry_id]}
    Session.objects.all().delete()
    answer = browser.post(address, data, headers=OURS)
    assert typed_in(answer.content.decode()) == []
    done = send_again(browser, answer, sign_in_as="eddie")
    assert done["Location"].startswith(reverse(f"{PREFIX}bulk_request_review"))
