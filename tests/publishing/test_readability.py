"""Syllables, sentences and the Flesch-Kincaid grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import readability
from publishing.documents import TextPiece

SENTENCES = st.lists(
    st.sampled_from(["We eat nuts.", "Magnesium helps muscles work!", "Is it safe?"]), min_size=1
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("muscle", 2),
        ("magnesium", 4),
        ("the", 1),
        ("people's", 2),
        ("doctor’s", 2),
        ("cake", 1),
        # Not in the dictionary: by break points and groups of vowels.
        ("glycinate", 3),
        ("xyzzy", 2),
        ("pst", 1),
    ],
)
def test_syllables(word, count):
    assert readability.syllables(word) == count


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Take 3.5 mg a day.", ["Take 3.5 mg a day."]),
        ("Ask Dr. Smith. She knows.", ["Ask Dr. Smith.", "She knows."]),
        ("Foods, e.g. Brazil nuts, help.", ["Foods, e.g. Brazil nuts, help."]),
        ("She said “Stop.” “Why?” he asked.", ["She said “Stop.”", "“Why?” he asked."]),
        ("No end", ["No end"]),
        ("... 12.", []),
    ],
)
def test_sentences(text, sentences):
    assert readability.sentences(text) == sentences


def test_grade_of_a_known_text():
    # 11 words in 2 sentences with 12 syllables: 0.39 × 5.5 + 11.8 × 12/11 - 15.59 = -0.57.
    found = readability.measure(["The cat sat on the mat. The dog ate its dinner."])
    assert (found.words, found.sentences, found.syllables) == (11, 2, 12)
    assert found.grade == -0.6


def test_no_words_have_no_grade():
    assert readability.measure([]).grade is None
    assert readability.measure(["[@smith2020] 12 %."]).grade is None


@given(SENTENCES)
def test_repeating_a_text_leaves_its_grade(texts):
    once, twice = readability.measure(texts), readability.measure(texts * 2)
    assert twice.grade == once.grade
    assert twice.words == 2 * once.words


@given(SENTENCES)
def test_citations_count_for_nothing(texts):
    cited = [f"{text[:-1]} [@smith2020; @a.b, p. 3]{text[-1]}" for text in texts]
    assert readability.measure(cited) == readability.measure(texts)


@given(st.lists(st.text()))
def test_any_text_is_measured(texts):
    found = readability.measure(texts)
    assert found.sentences <= found.words <= found.syllables
    assert (found.grade is None) == (found.words == 0)


@given(st.from_regex(r"[A-Za-z]{1,25}", fullmatch=True))
def test_a_word_has_a_syllable_and_no_more_than_letters(word):
    assert 1 <= readability.syllables(word) <= max(len(word), readability.syllables(word.lower()))
    assert readability.syllables(word) == readability.syllables(word.upper())


def test_titles_and_tables_are_no_running_text():
    pieces = [
        TextPiece("title", "A title"),
        TextPiece("key_points.1.label", "A label"),
        TextPiece("key_points.1.text", "A sentence."),
        TextPiece(
            "body",
            "<h2>Heading</h2><p>Text.</p><ul><li>Item</li></ul>"
            "<table><tbody><tr><td>Cell</td></tr></tbody></table>",
            html=True,
        ),
    ]
    assert readability.running_text(pieces) == ["A sentence.", "Text.", "Item"]
