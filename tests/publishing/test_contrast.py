"""WCAG's contrast: known ratios, and what must hold for any two colours."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import contrast

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # From the definition: grey 119 and grey 118 on white stand on either side of 4.5.
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#ffffff", 4.542),
        ("#ff0000", "#ffffff", 3.998),
        ("#0000ff", "#ffffff", 8.592),
        # Below 0.04045 a channel counts in proportion, from there on by a power.
        ("#0a0a0a", "#000000", 1.061),
        ("#202020", "#000000", 1.289),
    ],
)
def test_known_ratios(one, other, expected):
    assert contrast.ratio(one, other) == pytest.approx(expected, abs=0.001)


@given(colours, colours)
def test_ratio_is_symmetric_and_between_1_and_21(one, other):
    assert contrast.ratio(one, other) == contrast.ratio(other, one)
    assert 1 <= contrast.ratio(one, other) <= 21.0000001


@given(colours, colours)
def test_nearest_passes_on_any_ground_and_a_passing_colour_stays(colour, ground):
    found = contrast.nearest(colour, [ground])
    assert contrast.ratio(found, ground) >= 4.5
    if contrast.ratio(colour, ground) >= 4.5:
        assert found == colour


@given(colours)
def test_every_colour_has_a_neighbour_on_the_pages(colour):
    for grounds in (contrast.LIGHT_GROUNDS, contrast.DARK_GROUNDS):
        verdict = contrast.judge(colour, grounds)
        found = verdict.proposed or colour
        assert verdict.passes == (verdict.proposed is None)
        assert all(contrast.ratio(found, ground) >= 4.5 for ground in grounds)


def test_nearest_goes_no_further_than_it_must():
    assert contrast.nearest("#777777", ["#ffffff"]) in ("#767676", "#757575")
    assert contrast.nearest("#808080", ["#ffffff", "#000000", "#777777"]) is None


def test_nearest_goes_as_far_as_white_where_nothing_less_passes():
    grounds = ["#757583", "#000000"]
    assert contrast.worst("#fefefe", grounds)[0] < 4.5 < contrast.worst("#ffffff", grounds)[0]
    assert contrast.nearest("#000000", grounds) == "#ffffff"


def test_what_reaches_the_minimum_and_no_more_passes():
    just = contrast.ratio("#767676", "#ffffff")
    assert contrast.nearest("#767676", ["#ffffff"], minimum=just) == "#767676"
    assert contrast.Verdict("#767676", contrast.MINIMUM, "#ffffff", None).passes


def test_a_verdict_names_the_ground_on_which_the_colour_is_hardest_to_read():
    verdict = contrast.judge("#777777", ["#000000", "#ffffff"])
    assert verdict.ground == "#ffffff"
    assert verdict.ratio == contrast.ratio("#777777", "#ffffff")


def test_a_ratio_below_the_bound_is_never_shown_as_reaching_it():
    assert contrast.shown(4.4999) == "4.49 to 1"
    assert contrast.shown(4.5) == "4.5 to 1"
    assert contrast.shown(21.0) == "21 to 1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "red",
        "#fff",
        "0b5d5e",
        "#gggggg",
        "0b5d5e0",
        "##0b5d5",
        "#-1ffff",
        "#0b5d5e0",
        "#0b 5d ",
    ],
)
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError, match="no colour"):
        contrast.channels(text)


def test_the_grounds_are_those_of_the_readers_pages():
    css = (ROOT / "publishing/static/publishing/site.css").read_text()
    light, _media, rest = css.partition("prefers-color-scheme: dark")
    names = ("paper", "tint", "red-tint", "amber-tint")
    for said, grounds in (
        (light, contrast.LIGHT_GROUNDS),
        (rest.partition("}")[0], contrast.DARK_GROUNDS),
    ):
        held = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", said))
        assert tuple(held[name] for name in names) == grounds
