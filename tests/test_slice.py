"""The thinnest way through the house: one article, one question, the disclaimer."""

from publishing import verbs
from publishing.compose import Page, resolve
from publishing.models import Change
from publishing.verification import verify
from tests import factories


def test_from_draft_to_page(clock, editor, reviewer, publisher, disclaimer):
    question = factories.saved(factories.question_document(editor), editor, clock)
    supplement = factories.saved(factories.supplement_document(editor), editor, clock)
    document = factories.article_document(
        editor,
        questions=[question.entry.uid],
        comparisons=[supplement.entry.uid],
        body="<h2>Forms</h2><p>[[forms:magnesium]]</p><h2>End</h2><p>It [@smith2020].</p>",
    )
    article = factories.saved(document, editor, clock)
    revisions = [article, question, supplement]
    verbs.sign_off(revisions, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    clock.forward(minutes=5)
    verbs.publish(revisions, by=publisher, clock=clock)

    page = resolve("/articles/magnesium-and-muscles/", clock.forward(minutes=1))

    assert isinstance(page, Page)
    assert page.main.document == document
    assert set(page.embeds) == {question.entry.uid, supplement.entry.uid}
    assert page.disclaimer.document.title == "About this information"
    assert list(verify()) == []
    assert Change.objects.count() == 3 + 3 + 3 + 3
