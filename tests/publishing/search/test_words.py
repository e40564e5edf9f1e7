"""Words as the search compares them."""

import pytest

from publishing.search.words import plain, spelling, words_in


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("hypomagnesaemia", "hypomagnesemia"),
        ("oedema", "edema"),
        ("oesophagus", "esophagus"),
        ("diarrhoea", "diarrhea"),
        ("haemoglobin", "hemoglobin"),
        ("paediatric", "pediatric"),
        ("tumours", "tumors"),
        ("fibre", "fiber"),
        ("millilitres", "milliliters"),
        ("sulphate", "sulfate"),
        ("aluminium", "aluminum"),
        ("catheterise", "catheterize"),
        ("analysed", "analyzed"),
        ("ageing", "aging"),
        ("vit", "vitamin"),
    ],
)
def test_british_and_american_words_have_one_spelling(british, american):
    assert spelling(british) == spelling(american) == american


@pytest.mark.parametrize(
    "word", ["shoe", "toes", "poet", "hour", "four", "larvae", "canoes", "disease", "wise", "here"]
)
def test_words_that_only_look_british_stay_as_they_are(word):
    assert spelling(word) == word


def test_a_plain_text_has_a_character_for_each_and_words_alone():
    text = "Sjögren’s: 5 mg/day – naïve ﬁbre İ 🧪\nE\u0301"
    assert len(plain(text)) == len(text)
    assert " ".join(words_in("Sjögren’s: 5 mg/day E\u0301 🧪_x")) == "sjogren s 5 mg day e x"
