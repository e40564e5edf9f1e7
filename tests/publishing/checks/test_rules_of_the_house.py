"""Each rule that looks beyond the Document: people, signatures, embeds, what is live, the site."""

from datetime import date, timedelta

import pytest

from publishing import assessment, documents, kinds, verbs
from publishing.checks.problems import Gate, Level
from publishing.models import Contributor, Disclosure, Edition, Entry, Site, Specialty, Topic
from publishing.refusals import Refused
from tests import factories
from tests.publishing.conftest import fresh


def found(desk, revision, id: str, **options) -> list:
    return [p for p in desk.problems_of(revision, **options) if p.id == id]


def said(problems) -> list[tuple]:
    return [(p.message, p.level, p.gates) for p in problems]


def at_signing(desk, revision, id: str, **options) -> list:
    """Return what a signer meets."""
    return found(desk, revision, id, **{"signer": desk.reviewer, **options})


def test_auth_1_an_author_needs_a_role(desk):
    uid = desk.editor.contributor.uid
    document = desk.article(authors=[{"contributor": uid, "role": ""}])

    [problem] = found(desk, desk.save(document), "AUTH-1")
    assert said([problem]) == [("An author has no role.", Level.ERROR, (Gate.PUBLISH,))]
    assert problem.place.field == "authors"


def test_auth_1_an_author_who_is_not_in_the_library_is_no_author(desk):
    document = desk.article(authors=[{"contributor": "00000000-0000-0000-0000-000000000001"}])

    assert said(found(desk, desk.save(document), "AUTH-1")) == [
        ("No author is named.", Level.ERROR, (Gate.PUBLISH,))
    ]


def test_auth_1_the_reviewer_who_signed_has_a_credential(desk):
    """It was in date at signing, or AUTH-3 would have stopped it; a smuggled one is named."""
    revision = desk.save(desk.article())
    [sign_off] = desk.sign(revision)
    assert found(desk, revision, "AUTH-1") == []

    values = {f.attname: getattr(sign_off, f.attname) for f in sign_off._meta.concrete_fields}
    del values["id"], values["uid"]
    type(sign_off).objects.create(**{**values, "credential": ""})

    assert said(found(desk, revision, "AUTH-1")) == [
        ("Rita signed without a credential.", Level.ERROR, (Gate.PUBLISH,))
    ]


def test_auth_2_asks_at_signing_alone(desk):
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    revision = desk.save(desk.article(), by=both)

    assert found(desk, revision, "AUTH-2") == []
    [problem] = at_signing(desk, revision, "AUTH-2", signer=both)
    assert said([problem]) == [
        ("You wrote part of this text (2 March).", Level.ERROR, (Gate.SIGN,))
    ]
    assert at_signing(desk, revision, "AUTH-2") == []


def test_auth_2_a_named_author_cannot_sign_what_others_typed_for_them(desk):
    author = desk.reviewer.contributor.uid
    revision = desk.save(desk.article(authors=[{"contributor": author}]))

    assert said(at_signing(desk, revision, "AUTH-2")) == [
        ("You are named as an author of this text.", Level.ERROR, (Gate.SIGN,))
    ]


@pytest.mark.parametrize(
    ("expires", "fit"),
    [(None, True), (date(2026, 3, 2), True), (date(2026, 3, 1), False)],
)
def test_auth_3_a_credential_is_in_date_to_its_last_day(desk, expires, fit):
    desk.reviewer.contributor.credentials.update(expires=expires)
    revision = desk.save(desk.article())

    problems = at_signing(desk, revision, "AUTH-3")

    assert (problems == []) is fit
    if not fit:
        assert said(problems) == [
            ("Rita has no credential that is in date.", Level.ERROR, (Gate.SIGN,))
        ]


def test_auth_3_an_account_without_a_contributor_has_no_credential(desk):
    Contributor.objects.filter(user=desk.reviewer).update(user=None)

    assert len(at_signing(desk, desk.save(desk.article()), "AUTH-3")) == 1


def test_auth_3_the_specialty_fits_the_topic_or_somebody_says_why(desk):
    wanted = Specialty.objects.create(name="Neurology")
    factories.topic().specialties.add(wanted)
    revision = desk.save(desk.article())

    [problem] = at_signing(desk, revision, "AUTH-3")
    assert said([problem]) == [
        (
            "Rita's specialty does not fit the topic “Magnesium”.",
            Level.WARNING,
            (Gate.SIGN,),
        )
    ]
    assert problem.stops(Gate.SIGN)
    assert problem.stops(Gate.PUBLISH)

    desk.reviewer.contributor.specialties.add(wanted)
    assert at_signing(desk, revision, "AUTH-3") == []


def test_coi_1_the_signers_disclosure_is_under_a_year_old(desk):
    revision = desk.save(desk.article())
    disclosures = desk.reviewer.contributor.disclosures
    for declared, fine in (
        (date(2025, 3, 2), True),
        (date(2025, 3, 1), False),
        (date(2026, 3, 3), False),  # declared in the future: not yet
    ):
        disclosures.update(declared_on=declared)
        problems = at_signing(desk, revision, "COI-1")
        assert (problems == []) is fine, declared
    assert said(problems) == [
        (
            "Rita has declared no interests in the last twelve months.",
            Level.ERROR,
            (Gate.SIGN,),
        )
    ]
    assert at_signing(desk, revision, "COI-1", signer_disclosure="None.") == []


def test_coi_1_an_author_has_disclosed_by_their_last_contribution(desk):
    Disclosure.objects.filter(contributor__user=desk.editor).update(declared_on=date(2025, 3, 1))
    revision = desk.save(desk.article())

    assert said(found(desk, revision, "COI-1")) == [
        (
            "Eddie has no disclosure of interests from the year before this text.",
            Level.WARNING,
            (Gate.PUBLISH,),
        )
    ]
    Disclosure.objects.create(
        contributor=desk.editor.contributor, text="None.", declared_on=date(2026, 3, 1)
    )
    assert found(desk, revision, "COI-1") == []
    assert found(desk, revision, "COI-1", days=900) == [], "the text was not touched since"


def test_coi_1_funding_is_stated_for_the_page_or_by_the_site(desk):
    Site.objects.update(funding="")
    unfunded = desk.save(desk.article("unfunded"))
    own = desk.save(desk.article("own", funding="A charity paid for it."))
    question = desk.save(desk.question())

    for revision in (unfunded, question):
        assert said(found(desk, revision, "COI-1")) == [
            ("Nobody has said who pays for this page.", Level.ERROR, (Gate.PUBLISH,))
        ]
    assert found(desk, own, "COI-1") == []
    Site.objects.update(funding="Paid for by its makers.")
    assert found(desk, unfunded, "COI-1") == []


def test_sign_1_this_very_revision_and_the_last_decision(desk):
    revision = desk.save(desk.article())
    [problem] = found(desk, revision, "SIGN-1")
    assert (problem.level, problem.gates, problem.step) == (Level.ERROR, (Gate.PUBLISH,), True)

    desk.sign(revision)
    assert found(desk, revision, "SIGN-1") == []
    newer = desk.change(revision.entry, lead="Newer.")
    assert len(found(desk, newer, "SIGN-1")) == 1

    desk.sign(newer, decision="changes", note="No.")
    assert len(found(desk, newer, "SIGN-1")) == 1


def test_sign_1_restoring_a_signed_text_does_not_bring_the_signature_back(desk):
    first = desk.save(desk.article())
    desk.sign(first)
    desk.change(first.entry, lead="Newer.")

    restored = verbs.restore(first, by=desk.editor, clock=desk.clock)

    assert len(found(desk, restored, "SIGN-1")) == 1


def test_date_1_every_topic_has_an_interval(desk):
    revision = desk.save(desk.question(topics=[factories.topic("endless", None).uid]))

    assert said(found(desk, revision, "DATE-1")) == [
        ("The topic “Endless” has no review interval.", Level.ERROR, (Gate.PUBLISH,))
    ]
    Topic.objects.update(review_interval_months=12)
    assert found(desk, revision, "DATE-1") == []


def test_date_1_only_an_article_needs_a_topic(desk):
    for document in (desk.question(topics=[]), desk.supplement(topics=[])):
        assert found(desk, desk.save(document), "DATE-1") == []


def test_disc_1_a_disclaimer_is_live_for_the_page(desk):
    revision = desk.save(desk.article())
    assert found(desk, revision, "DISC-1") == []
    entry = Entry.objects.get(kind="disclaimer")
    verbs.withdraw(entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    desk.clock.forward(minutes=1)

    assert said(found(desk, revision, "DISC-1")) == [
        ("No disclaimer is live for this page.", Level.ERROR, (Gate.PUBLISH,))
    ]


def test_disc_1_one_of_the_same_list_counts_where_it_covers_the_page(desk):
    site = Entry.objects.get(kind="disclaimer")
    verbs.withdraw(site, by=desk.publisher, reason="wrong", clock=desk.clock)
    desk.clock.forward(minutes=1)
    article, question = desk.save(desk.article()), desk.save(desk.question())
    for_articles = desk.save(
        factories.disclaimer_document("own", scope="kind", scope_kind="article")
    )

    assert found(desk, article, "DISC-1", along=[article, fresh(for_articles)]) == []
    assert len(found(desk, question, "DISC-1", along=[question, fresh(for_articles)])) == 1


def test_emb_1_everything_embedded_is_live_or_published_along(desk):
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))

    [problem] = found(desk, article, "EMB-1")
    assert said([problem]) == [
        (
            "Question “Does does it help matter to muscles?” is shown on this page and is not "
            "live.",
            Level.ERROR,
            (Gate.PUBLISH,),
        )
    ]
    assert problem.step
    assert found(desk, article, "EMB-1", along=[fresh(question)]) == []

    desk.sign(question)
    desk.publish(question)
    desk.clock.forward(minutes=1)
    assert found(desk, article, "EMB-1") == []

    verbs.withdraw(question.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    desk.clock.forward(minutes=1)
    assert len(found(desk, article, "EMB-1")) == 1


def test_emb_1_an_embed_that_was_never_saved_is_named_by_its_address(desk):
    entry = kinds.get("question").apply(desk.question("unsaved"))
    article = desk.save(desk.article(questions=[entry.uid]))

    [problem] = found(desk, article, "EMB-1")
    assert "“unsaved”" in problem.message


def test_emb_1_an_embed_that_is_gone_from_the_library_is_named(desk):
    """The revision keeps the uid; the draft row is no more."""
    question = kinds.get("question").apply(desk.question("gone"))
    article = desk.save(desk.article(questions=[question.uid]))
    kinds.get("article").model.objects.get(pk=article.entry_id).placed_questions.all().delete()
    question.delete()

    [problem] = found(desk, article, "EMB-1")
    assert "no longer in the library" in problem.message


def test_publishing_what_embeds_a_draft_is_refused_and_with_it_is_not(desk):
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article, question)

    with pytest.raises(Refused) as refused:
        desk.publish(article)
    assert [problem.id for problem in refused.value.problems] == ["EMB-1"]
    assert len(desk.publish(article, question)) == 2


@pytest.mark.parametrize("kind", ["article", "question", "supplement", "disclaimer"])
def test_chg_1_after_the_first_edition_readers_are_told_what_changed(desk, kind):
    entry = live_entry(desk, kind)
    untold = {"change_kind": "", "change_note": ""}
    for missing in (
        untold,
        {"change_kind": "update", "change_note": ""},
        {"change_kind": "", "change_note": "Something."},
    ):
        [problem] = found(
            desk, desk.change(entry, slug=f"s{len(str(missing))}", **missing), "CHG-1"
        )
        assert problem.message == "Nothing tells readers what changed."
        assert (problem.level, problem.gates) == (Level.ERROR, (Gate.SIGN, Gate.PUBLISH))
    told = {"change_kind": "correction", "change_note": "It said 35 mg; it is 350 mg."}
    assert found(desk, desk.change(entry, **told), "CHG-1") == []


def live_entry(desk, kind: str) -> Entry:
    if kind == "disclaimer":
        return Entry.objects.get(kind="disclaimer")
    edition = desk.live(getattr(desk, kind)())
    desk.clock.forward(minutes=1)
    return edition.entry


def test_chg_1_the_first_edition_needs_none(desk):
    assert found(desk, desk.save(desk.article()), "CHG-1") == []


def test_chg_1_last_times_words_do_not_do(desk):
    entry = live_entry(desk, "article")
    told = {"change_kind": "update", "change_note": "The dose was made clearer."}
    second = desk.change(entry, lead="Two.", **told)
    desk.sign(second)
    desk.publish(second)
    desk.clock.forward(minutes=1)

    third = desk.change(entry, lead="Three.", **told)
    [problem] = found(desk, third, "CHG-1")

    assert problem.message == "“What changed, for readers” still tells of the last edition."
    with pytest.raises(Refused) as refused:
        desk.sign(third)
    assert [p.id for p in refused.value.problems] == ["CHG-1"]
    mended = desk.change(entry, change_note="And clearer again.")
    assert found(desk, mended, "CHG-1") == []


def test_chg_1_the_live_text_itself_needs_none(desk):
    """A renewal has fixed wording; the same text may come back after a withdrawal."""
    edition = desk.live(desk.article())
    desk.clock.forward(minutes=1)

    assert found(desk, edition.revision, "CHG-1") == []


def test_chg_1_a_cancelled_schedule_was_no_edition(desk):
    edition = desk.schedule(desk.save(desk.article()), days=1)
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)
    document = documents.replaced(desk.document(edition.entry), lead="Newer.")

    assert found(desk, desk.save(document, entry=edition.entry), "CHG-1", days=2) == []


def test_faq_1_no_other_live_question_has_the_same_words(desk):
    live = desk.live(desk.question("live", question="Does magnesium help with cramps?"))
    desk.clock.forward(minutes=1)
    same = desk.save(desk.question("same", question="Does  MAGNESIUM help with cramps ?"))

    assert said(found(desk, same, "FAQ-1")) == [
        ("The same question is live already at /faq/live/.", Level.ERROR, (Gate.SIGN,))
    ]
    assert found(desk, live.revision, "FAQ-1") == [], "a question is not its own repetition"
    verbs.withdraw(live.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    desk.clock.forward(minutes=1)
    assert found(desk, same, "FAQ-1") == []


def test_faq_1_a_draft_with_the_same_words_is_no_repetition(desk):
    desk.save(desk.question("draft", question="Does magnesium help with cramps?"))
    same = desk.save(desk.question("same", question="Does magnesium help with cramps?"))

    assert found(desk, same, "FAQ-1") == []


def test_faq_1_a_similar_question_is_a_warning_that_stops_nothing(desk):
    desk.live(desk.question("live", question="Does magnesium help with leg cramps?"))
    desk.clock.forward(minutes=1)
    similar = desk.save(desk.question("similar", question="Does magnesium help with leg cramp?"))
    other = desk.save(desk.question("other", question="Who should not take potassium?"))

    [problem] = found(desk, similar, "FAQ-1")
    assert (problem.level, problem.gates) == (Level.WARNING, (Gate.WRITE,))
    assert "“Does magnesium help with leg cramps?” (/faq/live/)" in problem.message
    assert found(desk, other, "FAQ-1") == []


def test_faq_1_empty_questions_are_never_compared(desk):
    drafts = [desk.save(desk.question(f"answer-{n}", question="")) for n in range(3)]

    for revision in drafts:
        assert [p.message for p in found(desk, revision, "FAQ-1")] == [
            "The answer has no question."
        ]


def test_an_article_shows_the_table_of_a_token_and_asks_for_it_to_be_live(desk):
    supplement = desk.save(desk.supplement())
    article = desk.save(desk.article(body="<h2>Forms</h2><p>See.</p><p>[[forms:magnesium]]</p>"))

    [problem] = found(desk, article, "EMB-1")
    assert problem.message.startswith("Supplement “Magnesium” is shown on this page")
    assert found(desk, article, "EMB-1", along=[fresh(supplement)]) == []


def test_a_context_knows_the_embeds_in_reading_order(desk):
    first, second = desk.save(desk.question("first")), desk.save(desk.question("second"))
    article = desk.save(desk.article(questions=[second.entry.uid, first.entry.uid]))

    context = assessment.context_for(fresh(article), desk.clock.at, along=[first])

    assert list(context.embeds) == [second.entry.uid, first.entry.uid]
    assert context.embeds[first.entry.uid].shown_revision == first
    assert context.embeds[second.entry.uid].shown_revision is None
    assert context.embeds[second.entry.uid].document.question == ("Does second matter to muscles?")


def test_checks_as_of_a_later_instant_see_what_will_be_live_then(desk):
    edition = desk.schedule(desk.save(desk.question()), days=3)
    article = desk.save(desk.article(questions=[edition.entry.uid]))

    assert len(found(desk, article, "EMB-1", days=2)) == 1
    assert found(desk, article, "EMB-1", days=4) == []
    assert Edition.objects.scheduled(desk.clock.at + timedelta(days=1)).get() == edition
