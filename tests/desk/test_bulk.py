"""What is done to several entries at once: each page, its verbs, its report."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, verbs
from publishing.models import Change, Edition, Entry, ReviewRequest
from tests import factories
from tests.desk.bulk import PREFIX, choose, reported, submit, title
from tests.forms import form_data, texts


@pytest.fixture
def clock():
    """A clock that stands still an hour ago: the pages read the real time."""
    return factories.Clock(clocks.now() - timedelta(hours=1))


def offered(client) -> set[str]:
    page = client.get(reverse(PREFIX + "changelist"))
    options = BeautifulSoup(page.content, "html.parser").select("select[name=action] option")
    return {option["value"] for option in options} - {""}


def test_only_what_a_person_may_do_is_offered(client, drafts, editor, reviewer, publisher):
    client.force_login(editor)
    assert offered(client) == {"bulk_request_review", "bulk_change_topic"}
    assert client.get(reverse(PREFIX + "bulk_sign"), {"entries": "1"}).status_code == 403
    client.force_login(reviewer)
    assert offered(client) == {"bulk_sign"}
    assert client.get(reverse(PREFIX + "bulk_change_topic"), {"entries": "1"}).status_code == 403
    client.force_login(publisher)
    assert offered(client) == {"bulk_publish", "bulk_schedule"}
    pages = reverse("admin:articles_staticpage_changelist")
    factories.saved(factories.static_document(), editor, factories.Clock())
    client.force_login(editor)
    assert b"bulk_change_topic" not in client.get(pages).content


def test_a_request_for_each_but_what_is_signed(client, signed, editor, reviewer, clock):
    fresh = factories.saved(factories.article_document(editor, "fresh"), editor, clock)
    client.force_login(editor)
    address = choose(client, "request_review", [signed[0], fresh])
    told = {"asked": f"person:{reviewer.pk}", "due": "2030-01-31", "note": "Doses."}
    report = reported(client, submit(client, address, **told))
    assert "Sent for review to Rita." in report[title(fresh)]
    assert "This version is signed already" in report[title(signed[0])]
    request = ReviewRequest.objects.get()
    assert (request.entry_id, request.note, str(request.due)) == (
        fresh.entry_id,
        "Doses.",
        "2030-01-31",
    )


def test_nobody_is_asked_to_review_their_own_text(client, editor, disclaimer, clock):
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    own = factories.saved(factories.article_document(both, "own"), both, clock)
    other = factories.saved(factories.article_document(editor, "other"), editor, clock)
    client.force_login(editor)
    address = choose(client, "request_review", [own, other])
    report = reported(client, submit(client, address, asked=f"person:{both.pk}"))
    assert "Bo wrote part of this text" in report[title(own)]
    assert "Sent for review to Bo." in report[title(other)]


def test_one_refusal_stops_no_other_publication(client, signed, editor, publisher, clock):
    unsigned = factories.saved(factories.article_document(editor, "unsigned"), editor, clock)
    live = verbs.publish([signed[2]], by=publisher, clock=clock)[0]
    client.force_login(publisher)
    address = choose(client, "publish", [signed[0], unsigned, signed[1], signed[2]])
    report = reported(client, submit(client, address))
    assert report[title(signed[0])].endswith("Published at /articles/text-0/.")
    assert "A medical reviewer has not signed this version." in report[title(unsigned)]
    assert report[title(signed[1])].endswith("Published at /articles/text-1/.")
    assert "This version is live already" in report[title(signed[2])]
    editions = Edition.objects.filter(entry=signed[2].entry_id)
    assert list(editions) == [live]


def test_what_changed_since_the_page_was_opened_is_not_published(
    client, signed, editor, publisher, clock
):
    client.force_login(publisher)
    address = choose(client, "publish", signed[:2])
    data = form_data(client.get(address).content.decode())
    changed = factories.article_document(editor, "text-0", lead="Newer.")
    factories.saved(changed, editor, clock, kinds.draft_of(signed[0].entry))
    report = reported(client, client.post(address, data))
    assert "The text changed after version 1" in report["Does text 0 help?"]
    assert report[title(signed[1])].endswith("Published at /articles/text-1/.")


def test_what_is_not_ticked_is_left_out_and_none_ticked_is_said(client, signed, publisher):
    client.force_login(publisher)
    address = choose(client, "publish", signed)
    page = client.get(address)
    data = form_data(page.content.decode())
    nothing = client.post(address, {**data, "entry": []})
    assert nothing.status_code == 409
    assert "No entry is ticked" in texts(nothing.content.decode(), ".desk-refusal")[0]
    report = reported(client, client.post(address, {**data, "entry": data["entry"][:1]}))
    assert sum("Published at" in line for line in report.values()) == 1
    assert sum("you did not tick it" in line for line in report.values()) == 2


def test_scheduling_asks_for_the_time_and_for_older_schedules(client, signed, publisher, clock):
    client.force_login(publisher)
    address = choose(client, "schedule", signed[:2])
    assert submit(client, address).status_code == 200
    first = clocks.now().replace(microsecond=0, second=0) + timedelta(days=2)
    report = reported(client, submit(client, address, at=f"{first:%Y-%m-%dT%H:%M}"))
    assert all("Scheduled for" in line for line in report.values())

    later = f"{first + timedelta(days=1):%Y-%m-%dT%H:%M}"
    address = choose(client, "schedule", signed)
    assert "schedules" in client.get(address).content.decode()
    assert submit(client, address, at=later).status_code == 200
    reported(client, submit(client, address, at=later, schedules="cancel"))
    begins = Edition.objects.scheduled(clocks.now()).filter(entry__kind="article")
    assert [e.live_from for e in begins] == [first + timedelta(days=1)] * 3
    past = reported(client, submit(client, address, at="2020-01-01T10:00", schedules="keep"))
    assert all("The time lies in the past" in line for line in past.values())


@pytest.mark.parametrize(
    ("how", "left"), [("add", {"magnesium", "zinc"}), ("only", {"zinc"}), ("remove", {"magnesium"})]
)
def test_a_topic_is_changed_as_an_edit(how, left, client, drafts, editor, clock):
    zinc = factories.topic("zinc")
    if how == "remove":
        for revision in drafts:
            revision.entry.topics.add(zinc)
            verbs.save_revision(revision.entry, by=editor, clock=clock)
    client.force_login(editor)
    address = choose(client, "change_topic", drafts[:2])
    told = {"change_kind": "minor", "change_note": "Filed under another topic."}
    report = reported(client, submit(client, address, topic=zinc.pk, how=how, **told))
    assert all("Changed. It is version" in line for line in report.values())
    for revision in drafts[:2]:
        entry = Entry.objects.select_related("head__payload").get(pk=revision.entry_id)
        assert {topic.slug for topic in entry.topics.all()} == left
        assert entry.head.by == editor
        assert '"change_note":"Filed under another topic."' in entry.head.payload.text
        assert (str(zinc.uid) in entry.head.payload.text) is ("zinc" in left)
    again = reported(client, submit(client, address, topic=zinc.pk, how=how))
    assert all("like that already" in line for line in again.values())


def test_a_topic_is_not_changed_over_a_newer_text(client, drafts, editor, clock):
    zinc = factories.topic("zinc")
    client.force_login(editor)
    address = choose(client, "change_topic", drafts[:1])
    data = form_data(client.get(address).content.decode())
    changed = factories.article_document(editor, "text-0", lead="Newer.")
    newer = factories.saved(changed, editor, clock, kinds.draft_of(drafts[0].entry))
    before = Change.objects.count()
    sent = client.post(address, {**data, "topic": zinc.pk, "how": "add"})
    assert "Somebody saved this after you opened the page" in str(reported(client, sent))
    entry = Entry.objects.get(pk=newer.entry_id)
    assert entry.head_id == newer.pk
    assert not entry.topics.filter(pk=zinc.pk).exists()
    assert Change.objects.count() == before


def test_too_many_or_none_begin_nothing(client, editor, reviewer, disclaimer, clock):
    revisions = [
        factories.saved(factories.article_document(editor, f"many-{n}"), editor, clock)
        for n in range(21)
    ]
    client.force_login(reviewer)
    keys = [revision.entry_id for revision in revisions]
    data = {"action": "bulk_sign", "_selected_action": keys}
    page = client.post(reverse(PREFIX + "changelist"), data, follow=True)
    assert "You chose more than 20" in texts(page.content.decode(), ".messagelist")[0]
    for entries in ("", "x,,1:2", "999999999999999999999", "987654"):
        empty = client.get(reverse(PREFIX + "bulk_sign"), {"entries": entries})
        assert empty.status_code == 302
        assert empty["Location"] == reverse(PREFIX + "changelist")


def test_the_way_back_is_the_list_as_it_was(client, drafts, editor):
    client.force_login(editor)
    data = {"action": "bulk_request_review", "_selected_action": [drafts[0].entry_id]}
    filtered = reverse(PREFIX + "changelist") + "?state=draft&q=text"
    address = client.post(filtered, data)["Location"]
    assert f'href="{filtered.replace("&", "&amp;")}"' in client.get(address).content.decode()
    group = f"group:{kinds.MEDICAL_REVIEWERS}"
    done = submit(client, address, asked=group)
    report = client.get(done["Location"]).content.decode()
    assert f'href="{filtered.replace("&", "&amp;")}"' in report
