"""The public history of a page: every text it had, each as it stood, any two compared."""

import pytest

from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Edition
from references.models import Citation, Reference
from tests import factories
from tests.reading.house import ARTICLE, QUESTION, soup, words

HISTORY = f"{ARTICLE}history/"


@pytest.fixture
def changed(house):
    """The house, whose article was corrected a day later and renewed after a month."""
    house.clock.forward(days=1)
    newer = replaced(
        house.document,
        title="Does magnesium help muscles?",
        quick_summary="Hardly, if you are short of it.",
        body=house.document.body.replace("Eat well", "Eat nuts"),
        questions=[house.other.uid],
        change_kind="correction",
        change_note="It said perhaps.",
        requested_reviewer=house.reviewer.contributor.uid,
    )
    house.publish(newer, entries=[house.article])
    house.clock.forward(days=30)
    live = Edition.objects.get(path=ARTICLE, live_until=None)
    verbs.renew([live], by=house.reviewer, ticked=factories.EVERY_TICK, clock=house.clock)
    house.clock.forward(days=1)
    return house


def test_every_edition_is_listed_with_its_days_its_signer_and_what_changed(changed, client):
    page = soup(client.get(HISTORY))
    found = [(words(s.h2), words(s.select("p")[-1])) for s in page.select(".edition")]

    assert found == [
        ("Since 2 April 2026", "Reviewed again: no word changed."),
        ("From 3 March 2026 until 2 April 2026", "Corrected: It said perhaps."),
        ("From 2 March 2026 until 3 March 2026", "The first text."),
    ]
    assert "Signed by Rita, Registered dietitian, on 2 March 2026" in words(page)
    assert [a["href"] for a in page.select(".edition a")] == [
        f"{HISTORY}2/", f"{HISTORY}compare/?from=1&to=2", f"{HISTORY}1/",
    ]  # fmt: skip
    assert soup(client.get(ARTICLE)).select(f".facts a[href='{HISTORY}']")


def test_an_edition_is_shown_as_it_stood_with_a_banner_and_to_no_search_engine(changed, client):
    text = factories.question_document(changed.editor, answer="<p>Quite another answer.</p>")
    changed.publish(text, entries=[changed.question])
    response = client.get(f"{HISTORY}1/")
    page = soup(response)

    assert response.status_code == 200
    assert "This text was here from 2 March 2026 until 3 March 2026." in words(
        page.select_one(".past")
    )
    assert "Perhaps, if you are short of it." in words(page)
    assert "or not" in words(page.select_one(".questions"))
    assert "Quite another answer." not in words(page)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[rel=canonical]")
    assert [a["href"] for a in page.select(".past a")] == [
        ARTICLE, f"{HISTORY}compare/?from=1&to=3", HISTORY,
    ]  # fmt: skip
    live = client.get(f"{HISTORY}3/")
    assert (live.status_code, live["Location"]) == (302, ARTICLE)


def test_any_two_are_compared_in_words(changed, client):
    page = soup(client.get(f"{HISTORY}compare/?from=1&to=3"))
    assert [words(o) for o in page.select("select[name=from] option[selected]")] == [
        "from 2 March 2026 until 3 March 2026"
    ]
    rows = {
        words(row.th): [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in page.select(".stack tbody tr")
    }

    assert [words(mark) for mark in page.select("div.compared > p > :is(del, ins)")] == [
        "well", "nuts",
    ]  # fmt: skip
    assert rows["Quick summary"] == [
        "Perhaps, if you are short of it.", "Hardly, if you are short of it.",
    ]  # fmt: skip
    assert rows["Frequently asked questions"] == [
        "Does does it help matter to muscles? Does what else matter to muscles?",
        "Does what else matter to muscles?",
    ]
    assert set(rows) == {"Title", "Quick summary", "Frequently asked questions"}
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    same = soup(client.get(f"{HISTORY}compare/?from=2&to=3"))
    assert "No word differs." in words(same)
    assert "There is one text so far" in words(soup(client.get("/about/history/compare/")))


def test_what_staff_know_of_a_citation_is_not_compared_in_public(changed, client):
    Citation.objects.create(
        entry=changed.article,
        reference=Reference.objects.get(key="smith2020"),
        words="Secret words.",
        locator="p. 7",
    )
    Reference.objects.filter(key="smith2020").update(title="Another title")
    changed.publish(replaced(changed.document, lead="Once more."), entries=[changed.article])
    page = words(soup(client.get(f"{HISTORY}compare/?from=1&to=4")))

    assert "Another title" in page
    assert "Secret words." not in page
    assert "p. 7" not in page
    assert "Rita" not in page


def test_an_old_address_leads_to_the_history_at_the_new_one(changed, client):
    moved = replaced(changed.document, slug="moved", lead="Moved.")
    changed.publish(moved, entries=[changed.article])

    assert client.get(HISTORY)["Location"] == "/articles/moved/history/"
    page = soup(client.get("/articles/moved/history/"))
    assert len(page.select(".edition")) == 4
    assert "Perhaps" in words(soup(client.get("/articles/moved/history/1/")))


def test_a_withdrawn_page_keeps_its_history_but_for_a_legal_reason(changed, client):
    verbs.withdraw(changed.article, by=changed.publisher, reason="wrong", clock=changed.clock)
    page = soup(client.get(HISTORY))
    assert "This page was taken down on 3 April 2026." in words(page)
    past = soup(client.get(f"{HISTORY}1/"))
    assert "Perhaps" in words(past)
    for told in (past.select_one(".past"), page.select_one("main > .notice")):
        assert "wrong in a way that could matter to your health" in words(told)
    # Who reads a wrong text is told so where it stands: why is said at the page's own address.
    for told in (page.main, past.select_one(".past")):
        assert "taken down on 3 April 2026" in words(told)
        assert words(told.select_one(f"a[href='{ARTICLE}']")) == "Why it was taken down"

    again = replaced(changed.document, lead="Back again.")
    changed.publish(again, entries=[changed.article])
    verbs.withdraw(changed.article, by=changed.publisher, reason="legal", clock=changed.clock)
    for path in (HISTORY, f"{HISTORY}1/", f"{HISTORY}compare/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "Perhaps" not in words(soup(response))


def test_what_was_withdrawn_by_law_stays_closed_when_the_page_is_back(changed, client):
    verbs.withdraw(changed.article, by=changed.publisher, reason="legal", clock=changed.clock)
    changed.clock.forward(days=1)
    changed.publish(replaced(changed.document, lead="Back again."), entries=[changed.article])
    page = soup(client.get(HISTORY))

    assert [words(p) for p in page.select(".edition > p:not(.meta)")] == [
        "The texts before it are not public."
    ]
    assert client.get(f"{HISTORY}1/").status_code == 404
    assert client.get(f"{HISTORY}compare/?from=1&to=4").status_code == 404


def test_a_past_page_shows_nothing_that_was_withdrawn_by_law_since(changed, client):
    verbs.withdraw(changed.question, by=changed.publisher, reason="legal", clock=changed.clock)
    page = soup(client.get(f"{HISTORY}1/"))

    assert "or not" not in words(page.select_one(".questions"))
    assert "This answer was withdrawn on 3 April 2026." in words(page)
    assert client.get(f"{QUESTION}history/").status_code == 410


def test_every_kind_has_a_history(house, client):
    house.publish(factories.term_document(house.editor))
    paths = Edition.objects.filter(live_until=None).values_list("path", "entry__kind")

    assert {kind for _path, kind in paths} == {kind.name for kind in kinds.every()}
    for path, _kind in paths:
        assert len(soup(client.get(f"{path}history/")).select(".edition")) == 1
        assert soup(client.get(path)).select(f"main a[href='{path}history/']")


def test_a_comparison_shows_no_key_but_numbers_that_lead_to_its_sources(changed, client):
    point = {"label": "Need", "text": "You need it [@smith2020].", "kind": "fact"}
    newer = replaced(
        changed.document,
        lead="Once more [@jones2021].",
        key_points=[*changed.document.model_dump()["key_points"], point],
        further_references=[],
    )
    changed.publish(newer, entries=[changed.article])
    page = soup(client.get(f"{HISTORY}compare/?from=1&to=4"))
    listed = {li["id"]: words(li) for li in page.select(".references li")}

    assert not [key for key in ("@", "lee2022", "smith2020", "2023") if key in words(page.main)]
    assert {a["href"][1:] for a in page.select("a.citation")} == set(listed)
    titles = Reference.objects.filter(key__in=["jones2021", "lee2022", "smith2020"])
    assert all(
        any(title in text for text in listed.values())
        for title in titles.values_list("title", flat=True)
    )
    assert len(listed) == 3
    assert words(page.select_one("tr ins a.citation").find_parent("tr").th) == "Key point 4 (new)"


def test_the_pages_of_a_history_are_told_apart_in_their_heads(changed, client):
    paths = ["", "1/", "2/", "compare/?from=1&to=2", "compare/?from=2&to=3"]
    heads = [soup(client.get(f"{HISTORY}{path}")).head for path in paths]
    told = [head.select_one("meta[name=description]")["content"] for head in heads]

    assert len({words(head.title) for head in heads}) == len(paths)
    assert "from 2 March 2026 until 3 March 2026" in words(heads[1].title)
    assert len(set(told[:1] + told[3:])) == 3
    assert told[3].endswith("on 2 March 2026 and on 3 March 2026, compared word by word.")
