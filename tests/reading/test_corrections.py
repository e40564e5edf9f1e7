"""Every correction ever made, in the words in which it was signed."""

from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Edition
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, soup, words

CORRECTED = {"change_kind": "correction", "change_note": "It said one; it should have said two."}


def listed(client) -> list[tuple[str, str]]:
    page = soup(client.get("/corrections/"))
    return [(words(li.p), li.a["href"]) for li in page.select(".listing li")]


def correct(house, entry, document, **told):
    house.clock.forward(days=1)
    house.publish(replaced(document, **{**CORRECTED, **told}), entries=[entry])


def test_corrections_are_listed_newest_first_with_date_and_words(house, client):
    assert "Nothing had to be corrected so far." in words(soup(client.get("/corrections/")))
    correct(house, house.article, house.document, lead="Two.")
    question = factories.question_document(house.editor, answer="<p>Perhaps not.</p>")
    correct(house, house.question, question, change_note="It said yes.")
    house.clock.forward(days=1)
    house.publish(replaced(house.document, lead="An update."), entries=[house.article])

    assert listed(client) == [
        ("Corrected 4 March 2026. It said yes.", QUESTION),
        ("Corrected 3 March 2026. It said one; it should have said two.", ARTICLE),
    ]


def test_a_renewal_of_a_corrected_text_is_no_second_correction(house, client):
    correct(house, house.article, house.document, lead="Two.")
    house.clock.forward(days=30)
    live = Edition.objects.get(path=ARTICLE, live_until=None)
    verbs.renew([live], by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)

    assert [when for when, _path in listed(client)] == [
        "Corrected 3 March 2026. It said one; it should have said two."
    ]


def test_what_was_withdrawn_stays_listed_but_for_a_legal_reason(house, client):
    correct(house, house.article, house.document, lead="Two.")
    correct(house, house.cramps, factories.article_document(house.editor, "cramps", lead="Two."))
    verbs.withdraw(house.article, by=house.publisher, reason="wrong", clock=house.clock)
    verbs.withdraw(house.cramps, by=house.publisher, reason="legal", clock=house.clock)

    assert [path for _when, path in listed(client)] == [ARTICLE]
    assert client.get(ARTICLE).status_code == 410


def test_a_scheduled_correction_is_not_told_before_its_time(house, client, monkeypatch):
    monkeypatch.setattr("publishing.clock.now", house.clock)
    document = replaced(house.document, lead="Two.", **CORRECTED)
    draft = kinds.draft_of(house.article)
    revision = factories.saved(document, house.editor, house.clock, draft)
    verbs.sign_off([revision], by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)
    begins = house.clock.forward(days=2)
    house.clock.forward(days=-1)
    verbs.publish([revision], by=house.publisher, at=begins, clock=house.clock)
    assert listed(client) == []

    house.clock.forward(days=1)
    assert len(listed(client)) == 1


def test_a_page_that_was_taken_down_as_wrong_is_named_there_and_its_texts_say_so(house, client):
    correct(house, house.article, house.document, lead="Two.")
    house.clock.forward(days=1)
    verbs.withdraw(house.cramps, by=house.publisher, reason="wrong", clock=house.clock)
    verbs.withdraw(house.other, by=house.publisher, reason="out_of_date", clock=house.clock)
    first, second = soup(client.get("/corrections/")).select(".listing li")
    assert words(first) == (
        "Why do cramps come? Taken down 4 March 2026, because it was wrong. "
        "If you acted on what it said, ask a doctor or pharmacist."
    )
    assert "Corrected 3 March 2026." in words(second)
    past = soup(client.get(f"{first.a['href']}history/1/"))
    assert "This page was wrong in a way that could matter to your health" in words(
        past.select_one(".notice.past")
    )
    outdated = soup(client.get("/faq/what-else/history/1/"))
    assert "wrong" not in words(outdated.select_one(".notice.past"))
