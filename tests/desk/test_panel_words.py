"""What the state panel says of times, requests and schedules."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from publishing import clock as clocks
from publishing import verbs
from publishing.models import ReviewRequest, Site
from tests import factories
from tests.desk.standing import Staff, entry_in
from tests.desk.test_actions import submit, url
from tests.forms import texts


@pytest.fixture
def staff(db, disclaimer) -> Staff:
    return Staff()


def panel(client, entry, selector: str) -> str:
    return " ".join(texts(client.get(url(entry, "change")).content.decode(), selector))


def test_what_is_scheduled_does_not_wait_for_somebody_to_publish_it(client, staff):
    """Nor where another version is live meanwhile."""
    client.force_login(staff.publisher)
    entry = entry_in("live_changed")
    reviewer = factories.reviewer()
    factories.Disclosure.objects.create(
        contributor=reviewer.contributor, text="None.", declared_on=clocks.now().date()
    )
    verbs.sign_off([entry.head], by=reviewer, ticked=factories.EVERY_TICK)
    assert "Ready to publish." in panel(client, entry, ".desk-state")

    verbs.publish([entry.head], by=staff.publisher, at=clocks.now() + timedelta(days=9))

    said = panel(client, entry, ".desk-state")
    assert "Goes live" in said
    assert "Ready to publish." not in said


def test_a_time_to_come_names_its_zone(client, staff):
    Site.objects.update(time_zone="Europe/London")
    client.force_login(staff.publisher)
    said = panel(client, entry_in("scheduled"), ".desk-state")
    assert "(London), version 1." in said


def test_who_asked_for_a_review_is_not_told_to_ask(client, staff):
    client.force_login(staff.editor)
    assert "Request review." in panel(client, entry_in("draft"), ".desk-steps")

    said = panel(client, entry_in("in_review"), ".desk-steps")

    assert "Request review." not in said
    assert "A review is requested from Medical reviewers." in said


def test_no_review_is_asked_for_by_a_day_that_is_over(client, staff):
    client.force_login(staff.editor)
    entry = entry_in("draft")
    past = timezone.localdate() - timedelta(days=1)

    refused = submit(client, url(entry, "request_review"), due=past.isoformat())

    assert texts(refused.content.decode(), ".errorlist") == [
        "This day lies in the past. Choose today or a later one."
    ]
    assert not ReviewRequest.objects.exists()


def test_a_day_of_another_year_is_told_with_its_year(client, staff):
    entry = entry_in("draft")
    today = timezone.localdate()
    verbs.request_review(entry, by=staff.editor, due=date(today.year + 1, 3, 9))
    client.force_login(staff.editor)
    assert f"Due 9 March {today.year + 1}." in panel(client, entry, ".desk-state")
