"""Terms: their page, and which pages use them."""

import pytest
from django.urls import reverse

from publishing import verbs
from publishing.models import Entry
from publishing.refusals import Refused
from tests import factories
from tests.forms import texts


@pytest.fixture
def publish(disclaimer, editor, reviewer, publisher, clock):
    """A function that publishes a Document and returns its edition."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher}
    return lambda document: factories.published(document, clock=clock, **people)


@pytest.fixture
def term(publish, editor):
    return publish(
        factories.term_document(
            editor,
            "rda",
            name="RDA",
            other_names=["recommended dietary allowance"],
            definition="The amount that is enough for nearly everybody [@smith2020].",
            body="<p>It is set by age.</p>",
        )
    )


@pytest.fixture(autouse=True)
def reference(db):
    factories.reference()


def test_the_page_says_what_it_means_with_its_source(client, term):
    page = client.get("/glossary/rda/").content.decode()
    assert texts(page, "h1") == ["RDA"]
    assert texts(page, ".definition") == ["The amount that is enough for nearly everybody 1 ."]
    assert "Also called: recommended dietary allowance" in page
    assert len(texts(page, ".references li")) == 1
    listed = client.get("/glossary/").content.decode()
    assert texts(listed, ".terms dt") == ["RDA", "recommended dietary allowance"]
    assert texts(listed, ".terms a") == ["RDA", "RDA"]


def test_used_on_counts_the_texts_that_name_it(client, editor, term, publish):
    bodies = {
        "names-it": "<p>The RDA is 400 mg.</p>",
        "other-name": "<p>Its recommended dietary allowance is 400 mg.</p>",
        "other-order": "<p>An allowance is recommended; dietary advice differs.</p>",
        "part-of-a-word": "<p>Burdans do not count.</p>",
    }
    for slug, body in bodies.items():
        publish(factories.article_document(editor, slug, body=body, title=f"{slug}?"))
    client.force_login(editor)
    address = reverse("admin:faq_term_used_on", args=[term.entry_id])
    page = client.get(address).content.decode()
    found = [words for words in texts(page, "#content-main li a") if "?" in words]
    assert sorted(found) == ["names-it?", "other-name?"]


def test_a_second_term_of_the_name_is_refused(term, editor, reviewer, clock):
    clock.forward(seconds=1)
    revision = factories.saved(factories.term_document(editor, "r-d-a", name="rda"), editor, clock)
    with pytest.raises(Refused) as refused:
        verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert "“rda” is explained already at /glossary/rda/." in [
        problem.message for problem in refused.value.problems
    ]
    assert Entry.objects.filter(kind="term").count() == 2
