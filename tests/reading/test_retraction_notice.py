"""A source is retracted while pages that cite it are live: what readers are told, and when."""

from datetime import date, timedelta

import pytest

from publishing import kinds, verbs
from publishing.compose import resolve
from publishing.documents import replaced
from publishing.models import Case, Change
from publishing.preview import draft_page
from publishing.verification import verify
from publishing.views import render_page, respond
from references.models import Citation, Reference
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, SUPPLEMENT, soup, words

SINCE = date(2026, 2, 1)
NOTICE = "https://journal.example/notice"
TOLD = "A source on this page was retracted on 1 February 2026. We are checking what it affects:"


@pytest.fixture
def retract(house):
    """A function that retracts a reference, in the library and for the readers."""

    def do(key: str = "smith2020", since: date | None = SINCE, address: str = NOTICE) -> None:
        house.clock.forward(days=1)
        found = Reference.objects.get(key=key)
        Reference.objects.filter(key=key).update(
            status="retracted", status_on=since, status_notice=address
        )
        verbs.source_retracted(
            found.uid, key, since=since, address=address, by=house.editor, clock=house.clock
        )
        house.clock.forward(seconds=1)

    return do


def clear(house, key: str = "smith2020") -> None:
    found = Reference.objects.get(key=key)
    Reference.objects.filter(key=key).update(status="", status_on=None, status_notice="")
    verbs.source_not_retracted(found.uid, key, by=house.editor, clock=house.clock)
    house.clock.forward(seconds=1)


def notices(page) -> list[str]:
    return [words(notice) for notice in page.select("main .notice")]


def line_of(page, anchor: str):
    return page.select_one(f"#{anchor}")


def test_the_page_says_at_its_top_what_is_being_checked_and_leads_to_the_notice(house, retract):
    retract()
    page = house.read(ARTICLE)

    [told] = page.select("h1 + .notice")
    assert words(told).startswith(TOLD)
    assert [words(li) for li in told.select("li")] == [
        "Muscles need it.",
        "It may help.",
        "Does does it help matter to muscles?",
        "Magnesium",
    ]
    line = line_of(page, told.select_one("a")["href"].removeprefix("#"))
    assert "Retracted. This study was withdrawn by its journal on 1 February 2026." in words(line)
    assert line.select_one(".standing a")["href"] == NOTICE
    marks = {words(mark) for mark in page.select(".citation-status")}
    assert marks == {"retracted study"}
    assert len(page.select(".citation-status")) == len(line.select(".back a"))


def test_a_page_that_rests_on_it_for_no_key_point_is_checked_as_a_whole(house, retract):
    retract(since=None)
    [told] = notices(house.read(QUESTION))
    number = house.read(QUESTION).select_one(".notice a")["href"].removeprefix("#ref-")
    assert told == (
        "A source on this page was retracted. We are checking what it affects. "
        f"Reference {number}, and the journal's notice"
    )


def test_markdown_says_so_too(house, retract, client):
    retract()
    body = client.get(f"{ARTICLE[:-1]}.md").content.decode()
    assert f"**{TOLD.partition('. ')[0]}.**" in body
    assert "Retracted. This study was withdrawn by its journal on 1 February 2026." in body
    assert NOTICE in body


def test_pages_that_do_not_cite_it_are_as_they_were(house, retract):
    before = respond(resolve("/disclaimer/", house.clock.at)).content
    other = respond(resolve("/faq/what-else/", house.clock.at)).content
    retract("lee2022")
    assert respond(resolve("/disclaimer/", house.clock.at)).content == before
    assert respond(resolve("/faq/what-else/", house.clock.at)).content == other
    assert notices(house.read(SUPPLEMENT)) == []


def test_a_past_instant_is_shown_as_it_was(house, retract):
    before = house.clock.at
    then = respond(resolve(ARTICLE, before)).content
    retract()
    assert respond(resolve(ARTICLE, before)).content == then
    assert notices(soup(respond(resolve(ARTICLE, house.clock.at))))
    assert list(verify()) == []


def test_signed_anew_without_it_the_page_is_quiet_but_for_what_it_shows(house, retract):
    retract("lee2022")
    assert len(notices(house.read(ARTICLE))) == 1
    text = house.document.model_dump_json().replace("lee2022", "further2023")
    house.document = type(house.document).model_validate_json(text)
    house.publish(replaced(house.document, further_references=[]), entries=[house.article])

    page = house.read(ARTICLE)
    assert page.select("h1 + .notice") == []
    assert page.select(".standing, .citation-status") == []


def test_kept_as_retracted_the_list_says_why(house, retract):
    retract("lee2022")
    reference = Reference.objects.get(key="lee2022")
    Citation.objects.create(entry=house.article, reference=reference, as_retracted=True)
    text = house.document.model_dump_json()
    text = text.replace("need it [@lee2022]", "need it, said a retracted study [@lee2022]")
    text = text.replace("Eat well [@lee2022; @smith2020]", "Eat well [@smith2020]")
    house.publish(type(house.document).model_validate_json(text), entries=[house.article])

    page = house.read(ARTICLE)
    assert page.select("h1 + .notice") == []
    [standing] = page.select(".standing")
    assert words(standing).startswith(
        "Retracted. This study was withdrawn by its journal on 1 February 2026. "
        "We cite it only to say that it was retracted."
    )


def test_what_was_frozen_later_counts_more_than_an_older_notice(house, retract):
    retract("lee2022")
    Reference.objects.filter(key="lee2022").update(status="corrected")
    house.publish(replaced(house.document, lead="Newer [@lee2022]."), entries=[house.article])
    [standing] = house.read(ARTICLE).select(".standing")
    assert words(standing).startswith("The journal has corrected this study")


def test_an_answer_inside_that_still_rests_on_it_keeps_the_notice(house, retract):
    retract("jones2021")
    house.publish(replaced(house.document, lead="Newer."), entries=[house.article])
    [told] = house.read(ARTICLE).select("h1 + .notice")
    assert [words(li) for li in told.select("li")] == ["Does does it help matter to muscles?"]


def test_taken_back_nothing_is_left_of_it(house, retract):
    before = house.read(ARTICLE).main.decode()
    retract(since=None, address="")
    clear(house)
    assert house.read(ARTICLE).main.decode() == before

    retract(since=None, address="")
    assert len(house.read(ARTICLE).select("h1 + .notice")) == 1


def test_taken_back_after_the_page_was_signed_with_it(house, retract):
    """What was frozen as retracted is not shown as such."""
    reference = Reference.objects.get(key="lee2022")
    Citation.objects.create(entry=house.article, reference=reference, as_retracted=True)
    retract("lee2022")
    text = house.document.model_dump_json()
    text = text.replace("need it [@lee2022]", "need it, said a retracted study [@lee2022]")
    text = text.replace("Eat well [@lee2022; @smith2020]", "Eat well [@smith2020]")
    house.publish(type(house.document).model_validate_json(text), entries=[house.article])
    assert len(house.read(ARTICLE).select(".standing")) == 1

    clear(house, "lee2022")
    assert house.read(ARTICLE).select(".standing, .citation-status") == []


def test_taken_back_it_is_doubted_as_it_was_before(house, retract):
    Reference.objects.filter(key="lee2022").update(status="concern")
    house.publish(replaced(house.document, lead="Newer [@lee2022]."), entries=[house.article])
    retract("lee2022")
    clear(house, "lee2022")
    [standing] = house.read(ARTICLE).select(".standing")
    assert words(standing) == "The journal has raised a concern about this study."


def test_told_twice_it_is_one_fact_and_a_better_date_another(house, retract):
    def rows() -> int:
        return Change.objects.filter(verb=Change.Verbs.NOTICE, entry=house.cramps).count()

    retract()
    retract()
    assert rows() == 1
    retract(since=SINCE + timedelta(days=1))
    assert rows() == 2
    [told] = notices(house.read("/articles/cramps/"))
    assert "retracted on 2 February 2026" in told


def test_a_text_that_was_not_signed_yet_is_told_too(house, retract):
    """Taken back, or known only then: what was frozen at its saving is not the last word."""
    sentence = "A retracted study said so [@lee2022]."
    early = factories.article_document(house.editor, "early", lead=sentence)
    entry = factories.saved(early, house.editor, house.clock).entry
    reference = Reference.objects.get(key="lee2022")
    Citation.objects.create(entry=entry, reference=reference, as_retracted=True)
    draft = kinds.draft_of(entry)
    early = factories.saved(replaced(early, slug="early-2"), house.editor, house.clock, draft)
    retract("lee2022")
    late = factories.article_document(house.editor, "late", lead=sentence)
    late = factories.saved(late, house.editor, house.clock)
    house.sign_and_publish(early)
    assert len(house.read("/articles/early-2/").select(".standing")) == 1

    clear(house, "lee2022")
    house.sign_and_publish(late)
    assert house.read("/articles/late/").select(".standing, .citation-status") == []


def test_marked_as_retracted_without_a_word_of_it_is_checked_on(house, retract):
    reference = Reference.objects.get(key="lee2022")
    Citation.objects.create(entry=house.article, reference=reference, as_retracted=True)
    house.publish(replaced(house.document, lead="It helps [@lee2022]."), entries=[house.article])
    retract("lee2022")
    page = house.read(ARTICLE)
    assert len(page.select("h1 + .notice")) == 1
    assert "We cite it only" not in words(page)
    assert Case.objects.filter(entry=house.article).exists()


def test_the_definition_of_a_word_that_rests_on_it_is_named(house, retract):
    factories.reference("term2020")
    definition = "A tissue that moves [@term2020]."
    house.publish(factories.term_document(house.editor, "used", definition=definition))
    retract("term2020")
    page = house.read(ARTICLE)
    [told] = page.select("h1 + .notice")
    assert [words(li) for li in told.select("li")] == ["used"]
    assert len(page.select(".references .standing")) == 1


def test_a_part_that_is_not_shown_is_not_named(house, retract):
    """Of a supplement an article shows the tables alone."""
    factories.reference("body2020")
    document = factories.supplement_document(
        house.editor, body="<h2>What it is</h2><p>A mineral [@body2020].</p>"
    )
    house.publish(document, entries=[house.supplement])
    reference = Reference.objects.get(key="body2020")
    Citation.objects.create(entry=house.article, reference=reference, as_retracted=True)
    lead = "A retracted study said so [@body2020]."
    house.publish(replaced(house.document, lead=lead), entries=[house.article])
    retract("body2020")
    assert house.read(ARTICLE).select("h1 + .notice") == []
    assert len(house.read(SUPPLEMENT).select("h1 + .notice")) == 1


def test_a_preview_shows_how_the_sources_of_a_new_answer_stand(house, retract):
    factories.reference("new2020")
    asked = factories.question_document(house.editor, "new", answer="<p>It may [@new2020].</p>")
    answer = factories.saved(asked, house.editor, house.clock)
    told = {"change_kind": "update", "change_note": "A question more."}
    text = replaced(house.document, questions=[answer.entry.uid], **told)
    draft = kinds.draft_of(house.article)
    coming = factories.saved(text, house.editor, house.clock, draft)
    retract("new2020")
    page = draft_page(coming, house.clock.at)
    shown = soup(render_page(page.main.kind.template, page.main.kind.view(page)))
    assert len(shown.select(".references .standing")) == 1
