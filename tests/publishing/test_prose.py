"""Rich texts made ready for their place on a page."""

import pytest
from bs4 import BeautifulSoup

from publishing import prose
from publishing.richtext import clean

HEAD = (
    "<thead><tr><th>Outcome</th><th>Result <strong>&amp; range</strong></th>"
    "<th>Certainty</th></tr></thead>"
)
ROWS = (
    "<tr><th>Cramps</th><td>Fewer [@smith2020]</td><td>Low</td></tr>"
    "<tr><th>Pain</th><td>The same</td><td>High</td></tr>"
)
CAPTION = "<caption>Trials</caption>"


def table_of(html: str):
    return BeautifulSoup(prose.body(clean(f"<table>{html}</table>")), "lxml").table


def test_cells_of_a_plain_table_say_their_columns_head_so_that_rows_may_be_cards():
    table = table_of(f"{CAPTION}{HEAD}<tbody>{ROWS}</tbody>")

    assert table["class"] == ["stack"]
    assert [cell["data-label"] for cell in table.select("td")] == [
        "Result & range", "Certainty", "Result & range", "Certainty",
    ]  # fmt: skip
    assert table.parent["class"] == ["scroll"]


@pytest.mark.parametrize(
    "html",
    [
        f"{HEAD}<tbody>{ROWS}</tbody>",
        f"{CAPTION}{HEAD}<tbody>{ROWS.replace('<td>Low</td>', '')}</tbody>",
        f"{CAPTION}{HEAD}<tbody>{ROWS.replace('<td>Low', '<td rowspan=2>Low')}</tbody>",
        f"{CAPTION}{HEAD}<tbody>{ROWS.replace('<th>Pain</th>', '<td>Pain</td>')}</tbody>",
        f"{CAPTION}{HEAD.replace('Certainty', '')}<tbody>{ROWS}</tbody>",
        f"{CAPTION}<tbody>{ROWS}</tbody>",
        f"{CAPTION}<thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><th>C</th><td>D</td></tr></tbody>",
    ],
)
def test_other_tables_stay_as_they_are(html):
    assert not table_of(html).select("[data-label]")
    assert not table_of(html).has_attr("class")
