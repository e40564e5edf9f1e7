"""The live site that these tests read.

It is built once a module, in a transaction round those of the module's tests, which each undo
what they did; a test gets a copy of what stands for it in Python.
"""

import copy
from collections.abc import Iterator

import pytest
from django.db import transaction

from articles.documents import StaticPageDocument
from tests import factories
from tests.reading.house import House


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[House]:
    """A live article with two questions and a supplement's forms, a related one, a page."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def house(db, built) -> House:
    """The module's site as it was built."""
    return copy.deepcopy(built)


@pytest.fixture
def clock(house):
    """The clock of the site."""
    return house.clock


@pytest.fixture
def editor(house):
    """Who wrote the site's texts."""
    return house.editor


@pytest.fixture
def reviewer(house):
    """Who signed them."""
    return house.reviewer


@pytest.fixture
def publisher(house):
    """Who published them."""
    return house.publisher


def build() -> House:
    """Build the site through the verbs."""
    clock, editor = factories.Clock(), factories.editor()
    reviewer, publisher = factories.reviewer(), factories.publisher()
    factories.fund_site()
    factories.live_disclaimer(clock)
    house = House(clock, editor, reviewer, publisher)
    for key in ("jones2021", "lee2022", "further2023"):
        factories.reference(key)
    asked, other, supplement = house.publish(
        factories.question_document(
            editor, answer="<h2>In short</h2><p>It may [@jones2021], or not [@smith2020].</p>"
        ),
        factories.question_document(editor, "what-else"),
        factories.supplement_document(editor),
    )
    house.question, house.other, house.supplement = asked, other, supplement
    house.document = factories.article_document(
        editor,
        lead="Muscles need it [@lee2022].",
        body=(
            "<h2>References</h2><p>It is used [@smith2020].</p><p>[[forms:magnesium]]</p>"
            "<h3>How</h3><table><caption>Foods</caption><tr><th>Nuts</th></tr></table>"
            "<h2>The bottom line</h2><p>Eat well [@lee2022; @smith2020].</p>"
        ),
        questions=[asked.uid, other.uid],
        comparisons=[supplement.uid],
        further_references=["further2023"],
        get_help=[
            {"level": "appointment", "contact": "A doctor", "signs": "Lasting weakness."},
            {"level": "emergency", "contact": "An ambulance", "signs": "Sudden weakness."},
        ],
    )
    house.article, house.cramps = house.publish(
        house.document, factories.article_document(editor, "cramps", title="Why do cramps come?")
    )
    about = StaticPageDocument(slug="about", title="About us", body="<h2>Who</h2><p>We are.</p>")
    house.about = factories.published(
        about, by=editor, signer=house.publisher, publisher=house.publisher, clock=clock
    ).entry
    clock.forward(minutes=1)
    return house
