"""Tables whose columns were lost."""

import pytest

from articles.importing.columns import Columns, Unclear, find_columns, split_header
from articles.importing.comparison import column_field


def found(*lines):
    return find_columns(list(enumerate(lines, start=1)))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Iron Form Bioavailability & Absorption Common Use Potential Side Effects",
         ("Iron Form", "Bioavailability & Absorption", "Common Use", "Potential Side Effects")),
        ("Type of Zinc Absorption Rate Best For Possible Side Effects",
         ("Type of Zinc", "Absorption Rate", "Best For", "Possible Side Effects")),
        ("Form Typical Uses Adverse Effects", ("Form", "Typical Uses", "Adverse Effects")),
        ("Iron Form Price Absorption Use", None),
        ("A word that is none of these", None),
    ],
)  # fmt: skip
def test_headers(text, cells):
    assert split_header(text) == cells


def test_acronyms_and_commas_do_not_begin_a_cell():
    table = found(
        "Iron Form Absorption Common Use Side Effects",
        "Iron Sulfate High, if fasting Low iron, IBS Nausea, GI upset",
        "Iron Gluconate Lower Sleep and Rest Mild nausea in high doses",
    )
    assert table.rows == (
        ("Iron Sulfate", "High, if fasting", "Low iron, IBS", "Nausea, GI upset"),
        ("Iron Gluconate", "Lower", "Sleep and Rest", "Mild nausea in high doses"),
    )


def test_names_of_several_words_are_told_by_how_absorption_is_graded():
    table = found(
        "Zinc Form Absorption Common Use Side Effects",
        "Zinc Citrate Malate High Low zinc Nausea",
        "Zinc L-Carnosine Good Stomach Few",
    )
    assert table.rows[0] == ("Zinc Citrate Malate", "High", "Low zinc", "Nausea")
    assert table.rows[1][0] == "Zinc L-Carnosine"


def test_prose_below_the_table_is_no_row():
    table = found(
        "Zinc Form Absorption Common Use Side Effects",
        "Zinc Citrate High Low zinc Nausea",
        "Zinc Oxide Low Creams Few",
        "These forms are sold in every pharmacy.",
    )
    assert isinstance(table, Columns)
    assert len(table.rows) == 2


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("Zinc Oxide Low Creams Rash Dry Skin Few", 3),
        ("Zinc Oxide low creams few", 3),
        ("Copper Oxide Low Creams Few", 3),
    ],
)
def test_a_row_with_another_reading_stops_the_guess(row, line):
    result = found(
        "Zinc Form Absorption Common Use Side Effects", "Zinc Citrate High Low zinc Nausea", row
    )
    assert isinstance(result, Unclear)
    assert result.line == line


def test_prose_is_never_a_table():
    assert found("The form of zinc that you use has an effect on side effects.", "A", "B") is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Magnesium Form", "form"),
        ("Bioavailability & Absorption", "absorption"),
        ("Common Use", "use"),
        ("Best for", "use"),
        ("Potential Side Effects", "side_effects"),
        ("Price", ""),
    ],
)
def test_what_a_column_holds(header, field):
    assert column_field(header) == field
