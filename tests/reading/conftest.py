"""The live site that these tests read."""

import pytest

from articles.documents import StaticPageDocument
from tests import factories
from tests.reading.house import House


@pytest.fixture
def house(clock, editor, reviewer, publisher, disclaimer) -> House:
    """A live article with two questions and a supplement's forms, a related one, a page."""
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
