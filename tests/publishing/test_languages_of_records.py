"""What is kept or mailed does not hang on the language of the browser of whoever acts."""

import hashlib
import json

import pytest
from django.core import mail
from django.utils import translation

from publishing import reasons, verbs
from publishing.models import Case, Change, Entry, Override, Site
from tests.publishing.conftest import fresh

SPOILT = {
    "quick_summary": "This article covers magnesium.",
    "lead": " ".join(["word"] * 50),
    "body": '<h2>T</h2><p><a href="/a/">here</a></p>' + f"<p>{'word ' * 60}end</p>" * 2,
}


@pytest.fixture
def site(desk) -> Site:
    """The desk's site, in English and Spanish."""
    site = Site.objects.get()
    site.languages = ["en", "es"]
    site.said_in = {"es": {"audience": "todo el mundo"}}
    site.save()
    return site


def warnings(desk, revision) -> dict[str, list]:
    """Return the warnings of a revision as an English and as a Spanish browser has them."""
    found = {}
    for language in ("en", "es"):
        with translation.override(language):
            every = desk.problems_of(revision)
        found[language] = [p for p in every if p.can_be_overridden]
    return found


def bound_to(problem) -> str:
    """Return the digest that reasons were bound to before the desk spoke Spanish."""
    parts = (problem.id, problem.place.field, problem.place.sentence, problem.message)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def test_a_reason_given_in_one_language_answers_the_warning_in_every_other(desk, site):
    points = [point.model_dump() for point in desk.article().key_points[:2]]
    revision = desk.save(desk.article(key_points=points))
    entry = Entry.objects.get(pk=revision.entry_id)
    with translation.override("es"):
        [spanish] = [p for p in desk.problems_of(revision) if p.can_be_overridden]
        given = {"by": desk.editor, "reason": "Son solo dos.", "clock": desk.clock}
        reasons.answer_warning(entry, passage=spanish.passage, **given)

    assert spanish.message.startswith("Hay 2 puntos clave; ")
    assert Override.objects.get().message == "There are 2 key points; 3 to 7 are best."
    [signed] = desk.sign(revision)
    assert json.loads(signed.overrides)[0]["message"] == Override.objects.get().message
    with translation.override("es"):
        desk.publish(revision)


def test_a_warning_is_the_same_in_every_language_as_it_was_in_english(desk, site):
    found = warnings(desk, desk.save(desk.article(**SPOILT)))

    assert {p.id for p in found["en"]} == {"SUM-1", "CCI-1", "A11Y-1", "JUNK-1"}
    for english, spanish in zip(*found.values(), strict=True):
        assert english.message != spanish.message
        assert english.passage == spanish.passage == bound_to(english)


def test_a_warning_that_names_a_day_is_the_same_in_every_language(desk, site):
    original = desk.live(desk.article()).entry
    made = verbs.translate(original, "es", "El magnesio", by=desk.editor, clock=desk.clock)
    desk.clock.forward(days=1)
    verbs.withdraw(original, by=desk.publisher, reason="wrong", clock=desk.clock)
    found = warnings(desk, fresh(made.revisions.latest()))

    english, spanish = (next(p for p in each if p.id == "LANG-1") for each in found.values())
    assert "on 3 March 2026" in english.message
    assert "el 3 de marzo de 2026" in spanish.message
    assert english.passage == spanish.passage == bound_to(english)


def test_a_signature_is_in_the_language_of_the_text_that_is_signed(desk, site):
    texts = [desk.article(), desk.article("es", language="es", title="¿Ayuda?")]
    with translation.override("es"):
        [english] = desk.sign(desk.save(texts[0]))
    [spanish] = desk.sign(desk.save(texts[1]))

    assert english.statement.startswith("I, Rita, Registered dietitian, approve version")
    assert "accurate for the general public on 2 March 2026, 09:00 UTC." in english.statement
    assert "I read the whole page" in english.attestations
    assert spanish.statement.startswith("Yo, Rita, Registered dietitian, apruebo la versión")
    assert "para todo el mundo el 2 de marzo de 2026 a las 09:00 UTC." in spanish.statement
    assert "I read" not in spanish.attestations


def test_mails_cases_and_reasons_are_in_the_sites_default_language(
    desk, site, django_capture_on_commit_callbacks
):
    desk.editor.email = "eddie@example.org"
    desk.editor.save()
    question = desk.save(desk.question())
    page = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(page, question)
    desk.publish(page, question)
    desk.clock.forward(days=1)
    newer = desk.change(page.entry, lead="Another lead.")
    desk.schedule(newer, days=5)
    told = {"by": desk.publisher, "clock": desk.clock}
    with translation.override("es"), django_capture_on_commit_callbacks(execute=True):
        desk.sign(newer, decision="changes", note="Say how much.")
        verbs.restore(fresh(page), by=desk.editor, clock=desk.clock)
        verbs.put_notice(page.entry, wording="safety", **told)
        verbs.withdraw(question.entry, reason="wrong", **told)

    assert [sent.subject for sent in mail.outbox] == [
        "An emergency notice stands on “Does magnesium and muscles help?”",
        "“Does does it help matter to muscles?” was withdrawn",
    ]
    assert "withdrew this page on 3 March 2026, " in mail.outbox[1].body
    assert [case.text for case in Case.objects.order_by("pk")] == [
        "There is news about safety; ask before you act on this page",
        "“Does does it help matter to muscles?”, which this page shows, was withdrawn.",
    ]
    said = set(Change.objects.exclude(reason="").values_list("reason", flat=True))
    assert said >= {"The reviewer asked for changes.", "Restored version 1"}
