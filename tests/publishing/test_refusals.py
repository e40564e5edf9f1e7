"""What must not happen by a side door: each refused in words, with nothing changed."""

from datetime import timedelta

import pytest

from publishing import assessment, kinds, verbs
from publishing.models import Edition, SignOff
from publishing.refusals import Refused
from publishing.verification import verify
from tests import factories


def test_a_named_author_cannot_sign(clock, editor, reviewer, disclaimer):
    authors = [{"contributor": person.contributor.uid} for person in (editor, reviewer)]
    revision = factories.saved(factories.article_document(editor, authors=authors), editor, clock)
    with pytest.raises(Refused, match="named as an author"):
        verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)


@pytest.mark.parametrize(
    "blank", [{"title": "\u200b"}, {"title": ""}, {"body": ""}, {"body": "<p>…</p>"}]
)
def test_a_blank_page_cannot_be_signed(blank, clock, editor, reviewer, disclaimer):
    document = factories.article_document(editor, **blank)
    revision = factories.saved(document, editor, clock)
    with pytest.raises(Refused) as refused:
        verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert [problem.id for problem in refused.value.problems] == ["JUNK-1"]


def test_a_blank_disclaimer_cannot_be_signed(db, clock):
    writer, signer = (factories.person(n, "Disclaimer reviewers") for n in ("w", "s"))
    revision = factories.saved(factories.disclaimer_document(body=""), writer, clock)
    with pytest.raises(Refused):
        verbs.sign_off([revision], by=signer, ticked=factories.EVERY_TICK, clock=clock)


def test_asking_for_changes_cancels_what_was_scheduled_on_the_signature(
    clock, editor, reviewer, publisher, disclaimer
):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([revision], by=publisher, at=clock.at + timedelta(days=5), clock=clock)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="The dose.", clock=clock)
    clock.forward(days=6)
    assert not Edition.objects.live(clock.at).filter(entry=revision.entry_id).exists()
    assert list(verify()) == []


def test_a_narrower_scope_leaves_no_page_without_a_disclaimer(
    clock, editor, reviewer, publisher, disclaimer
):
    factories.published(
        factories.article_document(editor),
        by=editor,
        signer=reviewer,
        publisher=publisher,
        clock=clock,
    )
    clock.forward(days=1)
    dora, dirk = disclaimer.revision.by, disclaimer.sign_off.by
    narrower = factories.disclaimer_document(
        scope="kind", scope_kind="question", change_kind="update", change_note="Narrower."
    )
    revision = factories.saved(narrower, dora, clock, kinds.draft_of(disclaimer.entry))
    verbs.sign_off([revision], by=dirk, ticked=factories.EVERY_TICK, clock=clock)
    with pytest.raises(Refused, match="1 live page would carry no disclaimer any more"):
        verbs.publish([revision], by=dirk, clock=clock)
    assert Edition.objects.live(clock.at).filter(path="/disclaimer/").exists()


def test_problems_of_a_list_name_their_page(clock, editor, reviewer, disclaimer):
    question = factories.saved(factories.question_document(editor, answer=""), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    article = factories.saved(document, editor, clock)
    with pytest.raises(Refused) as refused:
        verbs.sign_off([article, question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert refused.value.problems[0].message.startswith("“Does does it help matter to muscles?”")
    assert not SignOff.objects.filter(revision=article).exists()


def test_a_table_token_outside_an_article_s_text_is_named(clock, editor, disclaimer):
    factories.saved(factories.supplement_document(editor), editor, clock)
    document = factories.article_document(editor, lead="See [[forms:magnesium]].")
    revision = factories.saved(document, editor, clock)
    found = assessment.problems_of(revision, clock.at)
    assert [p.place.field for p in found if p.id == "EMB-1" and "[[" in p.message] == ["lead"]
