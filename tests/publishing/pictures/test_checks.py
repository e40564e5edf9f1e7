"""PIC-1 and A11Y-1: each picture stands somewhere and says what it shows."""

import pytest

from publishing import assessment
from publishing.checks import engine
from publishing.checks.problems import Gate, Level
from tests import factories

BODY = "<h2>Text</h2><p>Eat.</p><p>[[picture:leaf]]</p>"


@pytest.fixture
def problems(editor, clock):
    """A function that saves an article with pictures and returns its problems with them."""

    def find(*pictures: dict, body: str = BODY) -> list:
        digest = factories.picture(editor).digest
        shown = [{"picture": digest, "key": "leaf", "alt": "A leaf.", **row} for row in pictures]
        document = factories.article_document(editor, pictures=shown, body=body)
        revision = factories.saved(document, editor, clock)
        found = assessment.problems_of(revision, clock.at)
        return [problem for problem in found if problem.id in ("PIC-1", "A11Y-1")]

    return find


@pytest.mark.parametrize(
    ("picture", "body"),
    [
        ({}, BODY),
        ({"alt": "", "decorative": True}, BODY),
        ({"leads": True}, "<h2>Text</h2><p>Eat.</p>"),
        ({}, "<h2>Text</h2><blockquote><p>Eat. [[ picture : leaf ]]</p></blockquote>"),
    ],
)
def test_a_picture_that_is_shown_and_described_is_left_alone(problems, picture, body):
    assert problems(picture, body=body) == []


def test_words_or_decorative_is_asked_for_before_it_is_signed(problems):
    [problem] = problems({"alt": ""})
    assert (problem.level, problem.place.field) == (Level.ERROR, "pictures.1.alt")
    assert "“leaf” has no alternative text" in problem.message
    assert engine.stopping([problem], Gate.SIGN) == [problem]


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        ({"alt": "IMG_2041.jpg"}, "is the name of a file"),
        ({"alt": "DSC0815"}, "is the name of a file"),
        ({"alt": "Picture of a leaf"}, "begins with what everybody is told"),
        ({"alt": "An image showing a leaf"}, "begins with what everybody is told"),
        ({"caption": "A leaf."}, "repeats its caption"),
    ],
)
def test_words_that_do_not_describe_are_a_warning(problems, picture, says):
    [problem] = problems(picture)
    assert says in problem.message
    assert problem.level is Level.WARNING
    assert engine.stopping([problem], Gate.SIGN) == []


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Text [[picture:leaf]]</h2><p>Eat.</p>",
        "<h2>Text</h2><ul><li>[[picture:leaf]]</li></ul>",
        "<h2>Text</h2><p><strong>[[picture:leaf]]</strong> eat.</p>",
        BODY + "<table><tr><th>[[picture:leaf]]</th></tr></table>",
        BODY + '<p><a href="https://example.org/?q=[[picture:leaf]]">Eat well.</a></p>',
    ],
)
def test_a_picture_where_none_fits_is_named(problems, body):
    [problem] = problems({}, body=body)
    assert "stands in a list, a heading, a table or a link" in problem.message
    assert problem.level is Level.ERROR


def test_a_picture_that_stands_nowhere_is_a_warning(problems):
    [problem] = problems({}, body="<h2>Text</h2><p>Eat.</p>")
    assert "stands nowhere" in problem.message
    assert (problem.level, problem.place.field) == (Level.WARNING, "pictures.1.key")
