"""Which disclaimer a page shows: entry before topic before kind before site."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, models

from publishing import compose, disclaimers, verbs
from publishing.models import Disclaimer, Edition, Entry, Revision, RevisionPayload
from publishing.refusals import Refused
from tests import factories

PATH = "/articles/magnesium-and-muscles/"


@pytest.fixture
def house(desk):
    """The desk, and the two people of the disclaimer."""
    entry = Entry.objects.get(kind="disclaimer")
    desk.dora = Revision.objects.get(entry=entry).by
    desk.dirk = type(desk.dora).objects.get(username="dirk")
    desk.site_disclaimer = entry
    return desk


def sign_and_publish(house, revision, **options):
    house.sign(revision, by=house.dirk)
    return house.publish(revision, by=house.dirk, **options)[0]


def put_live(house, slug: str, **fields):
    """Publish a disclaimer by its two people."""
    document = factories.disclaimer_document(slug, title=slug.capitalize(), **fields)
    return sign_and_publish(house, house.save(document, by=house.dora))


def shown(house, path: str = PATH) -> str | None:
    found = compose.resolve(path, house.clock.forward(minutes=1))
    return found.disclaimer.document.title if found.disclaimer else None


def test_the_most_specific_live_one_is_shown(house):
    article = house.live(house.article())
    question = house.live(house.question())
    assert shown(house) == "About this information"

    topic = put_live(house, "topic", scope="topic", scope_topic=factories.topic().uid)
    assert (shown(house), shown(house, question.path)) == ("Topic", "Topic")
    put_live(house, "kind", scope="kind", scope_kind="article")
    assert shown(house) == "Topic"
    own = put_live(house, "own", scope="entry", scope_entry=article.entry.uid)
    assert (shown(house), shown(house, question.path)) == ("Own", "Topic")

    for edition, left in ((own, "Topic"), (topic, "Kind")):
        verbs.withdraw(edition.entry, by=house.publisher, reason="wrong", clock=house.clock)
        assert shown(house) == left
    assert shown(house, question.path) == "About this information"


def test_two_topics_show_the_older_ones_and_where_shown_says_so(house):
    first, second = factories.topic("first"), factories.topic("second")
    older = put_live(house, "older", scope="topic", scope_topic=second.uid)
    house.clock.forward(days=1)
    younger = put_live(house, "younger", scope="topic", scope_topic=first.uid)
    page = house.live(house.article(topics=[first.uid, second.uid]))
    assert shown(house) == "Older"

    verbs.renew([older], by=house.dirk, ticked=factories.EVERY_TICK, clock=house.clock)
    assert shown(house) == "Older", "a renewal changes no other page"
    at = house.clock.forward(minutes=1)
    documents = [(disclaimers.document_of(e), e.entry) for e in (older, younger)]
    where = [list(disclaimers.pages_showing(*said, at)) for said in documents]
    assert where == [[page], []]


def test_a_page_of_a_removed_disclaimer_text_shows_the_next_one(house):
    """A redaction takes the text away from under a live edition."""
    house.live(house.article())
    own = put_live(house, "topic", scope="topic", scope_topic=factories.topic().uid)
    payload = RevisionPayload.objects.filter(revision=own.revision)
    models.QuerySet(RevisionPayload).filter(pk__in=payload).update(text=None)

    assert shown(house) == "About this information"


def test_a_new_disclaimer_changes_every_page_at_its_instant(house):
    house.live(house.article())
    revision = house.change(house.site_disclaimer, by=house.dora, body="<p>Newer words.</p>")
    house.sign(revision, by=house.dirk)
    edition = house.publish(revision, by=house.dirk, at=house.clock.at + timedelta(days=1))[0]

    before = compose.resolve(PATH, edition.live_from - timedelta(microseconds=1))
    after = compose.resolve(PATH, edition.live_from)

    assert "Newer words." not in before.disclaimer.document.body
    assert after.disclaimer.document.body == "<p>Newer words.</p>"


def test_the_disclaimers_own_pages_and_static_pages_carry_none(house):
    other = factories.publisher("pia")
    page = house.save(factories.static_document())
    house.sign(page, by=other)
    house.publish(page)

    assert shown(house, "/about/") is None
    assert shown(house, "/disclaimer/") is None


@pytest.mark.parametrize("scope", ["site", "kind", "topic", "entry"])
def test_two_of_one_scope_are_never_live_at_once(house, scope):
    """The draft of the first has moved elsewhere; its edition still stands."""
    article = house.live(house.article())
    target = {
        "site": {},
        "kind": {"scope_kind": "article"},
        "topic": {"scope_topic": factories.topic().uid},
        "entry": {"scope_entry": article.entry.uid},
    }[scope]
    if scope == "site":
        first = house.site_disclaimer
    else:
        first = put_live(house, "first", scope=scope, **target).entry
    house.change(
        first,
        by=house.dora,
        scope="kind",
        scope_kind="supplement",
        scope_topic=None,
        scope_entry=None,
    )
    second = house.save(
        factories.disclaimer_document("second", scope=scope, **target), by=house.dora
    )
    house.sign(second, by=house.dirk)

    with pytest.raises(Refused, match=r"already shown there|address belongs to"):
        house.publish(second, by=house.dirk)

    verbs.withdraw(first, by=house.publisher, reason="wrong", clock=house.clock)
    house.clock.forward(minutes=1)
    assert house.publish(second, by=house.dirk)


def test_two_drafts_of_one_scope_are_refused_by_the_database(house):
    with pytest.raises(IntegrityError):
        Disclaimer.objects.create(slug="second", scope="site")


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": "kind"},
        {"scope": "topic"},
        {"scope": "entry"},
        {"scope": "kind", "scope_kind": "article", "scope_topic_id": True},
    ],
)
def test_a_scope_names_its_target_and_no_other(house, fields):
    if fields.get("scope_topic_id"):
        fields = {**fields, "scope_topic_id": factories.topic().pk}

    with pytest.raises(IntegrityError):
        Disclaimer.objects.create(slug="second", **fields)


def test_reopening_a_scope_that_another_has_by_then_is_refused(house):
    """The articles' text moves to supplements on day 1; another takes its place on day 2."""
    first = put_live(house, "first", scope="kind", scope_kind="article").entry
    moved = house.change(first, by=house.dora, scope_kind="supplement")
    house.sign(moved, by=house.dirk)
    [moving] = house.publish(moved, by=house.dirk, at=house.clock.at + timedelta(days=1))
    heir = house.save(
        factories.disclaimer_document("heir", title="Heir", scope="kind", scope_kind="article"),
        by=house.dora,
    )
    house.sign(heir, by=house.dirk)
    house.publish(heir, by=house.dirk, at=house.clock.at + timedelta(days=2))

    with pytest.raises(Refused, match="taken by “Heir”"):
        verbs.cancel(moving, by=house.dirk, clock=house.clock)

    at = house.clock.forward(minutes=1)
    [left] = Edition.objects.scheduled(at).filter(entry=first)
    assert left == moving


def test_disclaimers_made_before_there_were_languages_are_for_that_of_their_entry(disclaimer):
    migration = import_module("publishing.migrations.0009_languages")
    Entry.objects.filter(kind="disclaimer").update(language="es")

    migration.copy_languages(apps, None)

    assert set(Disclaimer.objects.values_list("for_language", flat=True)) == {"es"}
