"""The start page itself: for each role, in words and links, within its queries."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import kinds, verbs
from publishing.models import (
    Site,
)
from tests import factories
from tests.desk.start import INDEX, asked, block, title

# The newest drafts are checked, each for a dozen queries and more; all else takes two dozen.
MOST_QUERIES = 70


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        ((kinds.EDITORS,), ["sent-back", "declined", "with-problems", "cases"]),
        ((kinds.MEDICAL_REVIEWERS,), ["to-sign", "cases"]),
        (
            (kinds.DISCLAIMER_REVIEWERS,),
            ["to-sign", "sent-back", "declined", "with-problems", "ready", "cases"],
        ),
        ((kinds.PUBLISHERS,), ["to-sign", "ready", "cases"]),
        (
            (kinds.EDITORS, kinds.PUBLISHERS),
            ["to-sign", "sent-back", "declined", "with-problems", "ready", "cases"],
        ),
    ],
)
def test_each_role_sees_its_lists_and_empty_ones_say_so(groups, names, client, db):
    client.force_login(factories.person("pat", *groups))
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    due = ["overdue", "due-30", "due-90", "disclosures", "credentials"]
    assert not page.select(".start-block[id]")
    waiting, late = page.select("section > .start-empty:has(.start-none)")
    assert [b["id"] for b in waiting.select(".start-none")] == names
    assert [b["id"] for b in late.select(".start-none")] == due
    assert waiting.text.startswith("Nothing in: ")
    assert "Nothing is scheduled to begin or end." in page.text
    assert page.select("#start-lists ~ #app-list a, .start-lists a")
    assert len(page.select("h1")) == 1


def test_who_has_no_group_is_told_whom_to_ask(client, db):
    client.force_login(factories.person("nora"))
    page = client.get(INDEX).content.decode()
    assert "You are in no group yet. Ask an administrator to add you to one." in page


def test_an_administrator_sees_the_lists_too(client, live, django_user_model):
    root = django_user_model.objects.create_superuser("root", "", "a long test password")
    client.force_login(root)
    page = client.get(INDEX)
    assert page.status_code == 200
    assert title("live") in page.content.decode()


def test_titles_are_escaped(client, editor, clock, disclaimer):
    document = factories.question_document(editor, "x", question="<b>Bold</b>?", answer="")
    factories.saved(document, editor, clock)
    client.force_login(editor)
    page = client.get(INDEX).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt;?" in page
    assert "<b>Bold" not in page


def test_a_long_list_says_how_many_more_and_can_be_seen_whole(client, editor, reviewer, clock):
    for n in range(8):
        asked(editor, clock, f"q-{n}")
    client.force_login(reviewer)
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    assert len(page.select("#to-sign li")) == 5
    link = page.select_one("#to-sign .start-more a")
    assert link.text.startswith("Show all 8")
    whole = BeautifulSoup(client.get(INDEX + link["href"]).content, "html.parser")
    assert len(whole.select("#to-sign li")) == 8
    assert not whole.select("#to-sign .start-more")


def test_times_are_the_sites(client, live, editor):
    Site.objects.update(time_zone="Pacific/Auckland")
    client.force_login(editor)
    assert "2 March 2026, 22:00" in client.get(INDEX).content.decode()


def test_the_page_costs_the_same_however_many_entries(client, editor, disclaimer, clock, reviewer):
    everybody = factories.person(
        "eve",
        kinds.EDITORS,
        kinds.MEDICAL_REVIEWERS,
        kinds.DISCLAIMER_REVIEWERS,
        kinds.PUBLISHERS,
    )
    publisher = factories.publisher()
    people = {"signer": reviewer, "publisher": publisher, "clock": clock}
    client.force_login(everybody)

    def one_of_each(n: int) -> None:
        asked(editor, clock, f"asked-{n}")
        back = factories.saved(factories.article_document(everybody, f"b-{n}"), everybody, clock)
        verbs.sign_off([back], by=reviewer, decision="changes", note="No.", clock=clock)
        factories.saved(factories.supplement_document(everybody, f"s-{n}"), everybody, clock)
        live = factories.question_document(editor, f"live-{n}")
        factories.published(live, by=editor, **people)
        ready = factories.saved(factories.question_document(editor, f"r-{n}"), editor, clock)
        verbs.sign_off([ready], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
        clock.forward(minutes=1)

    def queries() -> int:
        client.get(INDEX)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(INDEX).status_code == 200
        return len(captured)

    for n in range(3):
        one_of_each(n)
    few = queries()
    for n in range(3, 9):
        one_of_each(n)
    # Fewer where a kind has no change left among the newest.
    assert queries() <= few
    assert few <= MOST_QUERIES, few


def test_each_item_leads_straight_to_what_is_to_be_done(
    client, live, editor, reviewer, publisher, clock
):
    clock.forward(minutes=1)
    waiting = asked(editor, clock, "waiting")
    clock.forward(minutes=1)
    ready = factories.saved(factories.question_document(editor, "ready"), editor, clock)
    verbs.sign_off([ready], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    late = datetime(2027, 3, 20, 12, tzinfo=UTC)
    pages = {
        (reviewer, "to-sign"): reverse("admin:faq_question_sign", args=[waiting.pk]),
        (publisher, "ready"): reverse("admin:faq_question_publish", args=[ready.entry_id]),
        (reviewer, "overdue"): reverse("admin:faq_question_renew", args=[live.entry_id]),
        (publisher, "disclosures"): None,
    }
    for (user, name), address in pages.items():
        item = block(user, late, name).items[0]
        assert (item.step.url if item.step else None) == address, name
        client.force_login(user)
        assert client.get(item.url).status_code == 200
        if address:
            assert client.get(address).status_code == 200
    # Whoever writes such texts may have written this one, and then can't renew it.
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    for user in (editor, both):
        assert block(user, late, "overdue").items[0].step is None
    client.force_login(reviewer)
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    link = page.select_one("#to-sign .start-step")
    assert (link["href"], link.text) == (pages[reviewer, "to-sign"], "Read and sign")
