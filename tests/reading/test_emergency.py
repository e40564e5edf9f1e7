"""An emergency notice, as readers meet it."""

import pytest

from publishing import models, verbs
from tests.reading.house import ARTICLE, QUESTION, words


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("dose", "An amount on this page may be wrong. Don't take an amount from this page."),
        ("safety", "There is news about how safe this is. Don't start or stop anything"),
        ("checking", "We are checking this page. Something on it may be wrong."),
    ],
)
def test_fixed_words_stand_under_the_title_with_the_emergency_line(house, wording, said):
    models.Site.objects.update(emergency_line="112")
    house.clock.forward(days=31)
    verbs.put_notice(
        house.article, by=house.publisher, wording=wording, note="Secret.", clock=house.clock
    )
    page = house.read(ARTICLE)
    notice = page.select_one("h1 + .emergency")

    assert said in words(notice)
    assert "In an emergency, call 112." in words(notice)
    assert "Since 2 April 2026." in words(notice)
    assert "Secret" not in words(page)


def test_a_notice_on_a_question_stands_on_its_page_and_on_those_that_show_it(house):
    house.clock.forward(days=1)
    verbs.put_notice(house.question, by=house.publisher, wording="dose", clock=house.clock)

    assert [bool(house.read(p).select(".notice.emergency")) for p in (QUESTION, ARTICLE)] == [
        True,
        True,
    ]
    assert not house.read("/articles/cramps/").select(".notice.emergency")
