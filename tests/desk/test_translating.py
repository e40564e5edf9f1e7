"""Translations at the desk: made from an entry, told when they fall behind, brought up to date."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.models import Article
from publishing import clock as clocks
from publishing import verbs
from publishing.documents import load_payload, replaced
from publishing.kinds import draft_of, of
from publishing.models import Edition, Entry, Site
from publishing.refusals import NotAllowed, Refused
from tests import factories
from tests.forms import form_data, texts


@pytest.fixture
def spanish_too(disclaimer) -> Site:
    """The site in English and Spanish."""
    site = Site.objects.get()
    site.languages = ["en", "es"]
    site.save()
    return site


def address(entry: Entry, name: str) -> str:
    meta = of(entry).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[entry.pk])


def said(entry: Entry):
    entry.refresh_from_db()
    return load_payload(of(entry).document, entry.head.payload.text)[0]


@pytest.fixture
def question(editor, clock) -> Entry:
    return factories.saved(factories.question_document(editor), editor, clock).entry


@pytest.fixture
def article(spanish_too, editor, question, clock) -> Entry:
    document = factories.article_document(editor, questions=[question.uid])
    return factories.saved(document, editor, clock).entry


def test_an_editor_makes_a_translation_and_lands_on_its_draft(client, article, question, editor):
    client.force_login(editor)
    verbs.translate(question, "es", "¿Ayuda?", by=editor)
    page = client.get(address(article, "change")).content.decode()
    assert address(article, "translate") in page
    page = client.get(address(article, "translate")).content.decode()
    assert texts(page, "select[name=language] option") == ["español"]

    sent = {"language": "es", "title": "Los músculos"}
    response = client.post(address(article, "translate"), sent)

    made = Article.objects.get(language="es")
    assert response.url == address(made, "change")
    text, original = said(made), said(article)
    assert (text.title, text.slug, text.body) == ("Los músculos", "los-musculos", original.body)
    assert (text.original.uid, text.original.number) == (article.uid, 1)
    assert text.questions == (Entry.objects.get(kind="question", language="es").uid,)
    assert made.head.by == editor
    page = client.get(address(made, "change")).content.decode()
    assert address(article, "change") in page
    assert "no reading grade" in page
    again = client.post(address(article, "translate"), sent).content.decode()
    assert "Select a valid choice" in again or "not one of the available choices" in again


def test_a_translation_is_refused_where_there_can_be_none(article, editor, reviewer, clock):
    with pytest.raises(NotAllowed):
        verbs.translate(article, "es", "x", by=reviewer)
    with pytest.raises(Refused, match="none of the site's other languages"):
        verbs.translate(article, "de", "x", by=editor)
    made = verbs.translate(article, "es", "x", by=editor)
    with pytest.raises(Refused, match="There is one in this language"):
        verbs.translate(article, "es", "y", by=editor)
    with pytest.raises(Refused, match="This is a translation itself"):
        verbs.translate(made, "en", "y", by=editor)


def test_a_title_that_its_field_could_not_hold_is_refused(client, spanish_too, editor, clock):
    term = factories.saved(factories.term_document(editor), editor, clock).entry
    client.force_login(editor)

    sent = {"language": "es", "title": "x" * 121}
    page = client.post(address(term, "translate"), sent).content.decode()

    assert "at most 120 characters" in page
    with pytest.raises(Refused, match="longer than 120 characters"):
        verbs.translate(term, "es", sent["title"], by=editor)
    assert verbs.translate(term, "es", "x" * 120, by=editor)


def test_lang_1_tells_of_a_newer_original_until_the_translation_is_up_to_date(
    client, spanish_too, editor, reviewer, publisher, clock
):
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    document = factories.question_document(editor, "newer")
    original = factories.published(document, **people).entry
    made = verbs.translate(original, "es", "¿Importa?", by=editor, clock=clock)
    client.force_login(editor)
    assert "LANG-1" not in client.get(address(made, "change")).content.decode()
    clock.forward(days=1)
    newer = replaced(
        document, answer="<p>It does not.</p>", change_kind="update", change_note="Newer."
    )
    factories.published(newer, entry=draft_of(original), **people)

    page = client.get(address(made, "change")).content.decode()

    assert "has another text since 3 March 2026: version 2." in page
    page = client.get(address(made, "up_to_date")).content.decode()
    assert "It does not." in " ".join(texts(page, "ins, td"))
    response = client.post(address(made, "up_to_date"), form_data(page))
    assert response.status_code == 302
    assert said(made).original.number == 2
    assert made.head.number == 2
    assert "LANG-1" not in client.get(address(made, "change")).content.decode()
    stale = client.post(address(made, "up_to_date"), {"number": 1})
    assert "The original changed again" in stale.content.decode()
    for number in (2, 1):
        with pytest.raises(Refused, match="Nothing was changed"):
            verbs.bring_up_to_date(made, number, by=editor, clock=clock)
    assert said(made).original.number == made.head.number == 2


def test_a_new_entry_is_in_the_language_that_was_chosen(client, spanish_too, editor, clock):
    factories.saved(factories.question_document(editor, "same"), editor, clock)
    client.force_login(editor)
    add = reverse("admin:faq_question_add")
    data = form_data(client.get(add).content.decode(), "#question_form")
    filled = {"question": "¿Y esto?", "slug": "same", "answer": "<p>Sí.</p>"}

    taken = client.post(add, {**data, **filled, "written_in": "en"})
    assert "This address belongs to" in taken.content.decode()
    response = client.post(add, {**data, **filled, "written_in": "es"})

    assert response.status_code == 302
    made = Entry.objects.get(language="es")
    assert (made.slug, said(made).language) == ("same", "es")
    page = client.get(address(made, "change")).content.decode()
    assert 'name="written_in"' not in page


def test_a_language_with_live_pages_stays_in_the_register(
    spanish_too, editor, reviewer, publisher, clock
):
    from publishing.setup.forms import PlaceForm

    document = factories.question_document(editor, "viva", language="es")
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    edition = factories.published(document, **people)
    assert edition.path == "/es/faq/viva/"

    def refused(languages: str) -> list[str]:
        form = PlaceForm({"languages": languages}, instance=spanish_too)
        return form.errors.get("languages", [])

    assert "1 page in “es” is live" in refused("en")[0]
    assert "is live" in refused("es, en")[0]
    assert refused("en, es, fr") == []


def test_a_language_with_scheduled_pages_stays_in_the_register(
    spanish_too, editor, reviewer, publisher, clock
):
    from publishing.setup.forms import PlaceForm

    document = factories.question_document(editor, "futura", language="es")
    revision = factories.saved(document, editor, clock)
    verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    tomorrow = clocks.now() + timedelta(days=1)
    [edition] = verbs.publish([revision], at=tomorrow, by=publisher)

    def refused() -> list[str]:
        return PlaceForm({"languages": "en"}, instance=spanish_too).errors.get("languages", [])

    assert "1 page in “es” is live or scheduled" in refused()[0]
    verbs.cancel(edition, by=publisher)
    assert refused() == []


def test_a_language_does_not_hide_a_page_that_stands_at_its_code(
    spanish_too, editor, publisher, clock
):
    from publishing.setup.forms import PlaceForm

    document = factories.static_document("fr")
    revision = factories.saved(document, editor, clock)
    verbs.sign_off([revision], by=publisher, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([revision], by=publisher, clock=clock)

    form = PlaceForm({"languages": "en, es, fr"}, instance=spanish_too)
    assert "would stand at /fr/" in form.errors["languages"][0]
    assert "languages" not in PlaceForm({"languages": "en, es, de"}, instance=spanish_too).errors


def test_a_register_keeps_its_words_in_each_language(client, spanish_too, db):
    factories.topic("magnesium")
    admin = factories.person("ada")
    admin.is_superuser = True
    admin.save()
    client.force_login(admin)
    change = reverse("admin:publishing_site_change", args=[spanish_too.pk])
    form = client.get(change).content.decode()
    data = form_data(form, "#site_form")
    foot = BeautifulSoup(form, "html.parser").select_one("[name=footer_es]")
    # In a field of one line a browser would join the lines.
    assert (foot.name, foot["lang"]) == ("textarea", "es")
    said = {"emergency_line_es": "112", "tagline_es": "", "footer_es": "Uno /es/a/\r\nDos"}

    response = client.post(change, {**data, **said})

    assert response.status_code == 302
    held = {"emergency_line": "112", "footer": "Uno /es/a/\r\nDos"}
    assert Site.objects.get().said_in == {"es": held}
    page = client.get("/es/").content.decode()
    assert texts(page, ".emergency a") == ["112"]
    assert "En una emergencia, llame al" in texts(page, ".emergency")[0]
    assert Edition.objects.exists()


def test_a_list_is_filtered_by_language_where_there_are_several(client, spanish_too, editor, clock):
    for slug, language in (("one", "en"), ("uno", "es")):
        document = factories.article_document(editor, slug, language=language)
        factories.saved(document, editor, clock)
    client.force_login(editor)
    url = reverse("admin:articles_article_changelist")

    def listed(query: str) -> set[str]:
        response = client.get(f"{url}{query}")
        return {entry.slug for entry in response.context["cl"].result_list}

    assert listed("?language=es") == {"uno"}
    assert listed("?language=en") == {"one"}
    assert listed("?language=xx") == listed("") == {"one", "uno"}
    assert "?language=es" in client.get(url).content.decode()
    Site.objects.update(languages=["en"])
    assert "?language=" not in client.get(url).content.decode()
