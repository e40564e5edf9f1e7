"""Nothing typed is lost, and nothing is saved over in silence, by odd ways of posting a form."""

import pytest
from django.core.exceptions import ValidationError

from publishing import kinds
from publishing.models import Entry, GetHelp, Revision, Site
from tests import factories
from tests.desk.test_change_page import change_url, saved_entry
from tests.forms import form_data


def test_a_form_without_its_base_is_refused(client, editor, clock):
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    data = form_data(client.get(change_url(entry)).content.decode())
    data.pop("base")
    response = client.post(change_url(entry), {**data, "lead": "Mine.", "_save": "Save"})
    assert "came without the version" in response.content.decode()
    assert Revision.objects.filter(entry=entry.pk).count() == 1


def test_two_levels_of_get_help_can_swap(client, editor, clock):
    both = [
        {"level": "urgent", "contact": "A doctor", "signs": "Weakness."},
        {"level": "emergency", "contact": "The emergency line", "signs": "No breath."},
    ]
    entry = saved_entry(factories.article_document(editor, get_help=both), editor, clock)
    client.force_login(editor)
    data = form_data(client.get(change_url(entry)).content.decode())
    data |= {"get_help-0-level": "emergency", "get_help-1-level": "urgent", "_save": "Save"}
    assert client.post(change_url(entry), data).status_code == 302
    rows = GetHelp.objects.filter(entry=entry.pk).order_by("position")
    assert [row.level for row in rows] == ["emergency", "urgent"]


def test_two_questions_can_swap_places_by_choice(client, editor, clock):
    first, second = (
        factories.saved(factories.question_document(editor, slug), editor, clock).entry
        for slug in ("first-one", "second-one")
    )
    document = factories.article_document(editor, questions=[first.uid, second.uid])
    entry = saved_entry(document, editor, clock)
    client.force_login(editor)
    data = form_data(client.get(change_url(entry)).content.decode())
    data |= {
        "placed_questions-0-question": second.pk,
        "placed_questions-1-question": first.pk,
        "_save": "Save",
    }
    assert client.post(change_url(entry), data).status_code == 302
    kept = kinds.get("article").to_document(kinds.draft_of(Entry.objects.get(pk=entry.pk)))
    assert kept.questions == (second.uid, first.uid)


def test_a_question_that_somebody_typed_first_is_not_typed_over(client, editor, clock):
    question = factories.saved(factories.question_document(editor, question=""), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    entry = saved_entry(document, editor, clock)
    client.force_login(editor)
    data = form_data(client.get(change_url(entry)).content.decode())
    factories.saved(
        factories.question_document(editor, question="Is it theirs?"),
        editor,
        clock,
        kinds.draft_of(question.entry),
    )
    data |= {"placed_questions-0-words": "Is it mine?", "_save": "Save"}
    response = client.post(change_url(entry), data)
    assert response.status_code == 200
    assert "Is it mine?" in response.content.decode()
    assert kinds.draft_of(Entry.objects.get(pk=question.entry_id)).question == "Is it theirs?"


@pytest.mark.parametrize("intervals", [[1], {"article": 0}, {"article": 10**9}, "x", 7])
def test_review_intervals_are_whole_months(intervals, db):
    site = Site.current()
    site.review_intervals = intervals
    with pytest.raises(ValidationError):
        site.full_clean()


@pytest.mark.parametrize("nothing", [[], None, ""])
def test_no_review_intervals_are_an_empty_table(nothing, db):
    site = Site.current()
    site.review_intervals = nothing
    site.full_clean()
    assert site.review_intervals == {}


@pytest.mark.parametrize(
    "at", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "abc", "2026-13-01"]
)
def test_an_instant_that_is_none_is_not_found(at, client, editor):
    client.force_login(editor)
    assert client.get("/articles/x/", {"at": at}).status_code == 404
