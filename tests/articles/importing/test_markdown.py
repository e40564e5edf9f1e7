"""Markdown and MDX files."""

from pathlib import Path

from articles.importing.reader import read_article

INPUTS = Path(__file__).parent / "inputs"
PROSE = "This paragraph has enough words to be read as running text by anybody who counts them."


def read(text, name="x.md"):
    return read_article(text.encode(), name)


def sample():
    return read_article((INPUTS / "vitamin-d.md").read_bytes(), "vitamin-d.md")


def test_double_front_matter_and_repeated_title():
    article = sample()
    assert article.title == "Vitamin D in Winter"
    assert article.slug_hint == "vitamin-d-in-winter"
    assert article.language == "en"
    assert "vitamin d in winter" not in article.body + article.lead


def test_the_description_serves_where_there_is_no_summary():
    text = '---\ntitle: Tea\ndescription: "What tea does."\n---\n\n' + PROSE
    assert read(text).quick_summary == "What tea does."
    assert sample().quick_summary == "Ten micrograms a day is enough for most adults."


def test_toml_front_matter():
    article = read(f'+++\ntitle = "Tea: a guide"\nslug = "tea"\n+++\n\n{PROSE}\n')
    assert (article.title, article.slug_hint, article.lead) == ("Tea: a guide", "tea", PROSE)


def test_key_points_with_bold_labels():
    points = sample().key_points
    assert [(p.label, p.line) for p in points] == [("Sun", 25), ("Food", 26), ("", 27)]
    assert points[0].text == "it does not help in winter [@winterlight]."


def test_body_keeps_lists_links_and_emphasis_and_skips_no_level():
    body = sample().body
    assert "<h2>Where it comes from</h2>" in body
    assert "<h3>Oily fish</h3>" in body
    assert "<em>some</em>" in body
    assert '<a href="https://example.org/table">the table</a>' in body
    assert "<li>Salmon<ul><li>wild</li><li>farmed</li></ul></li>" in body


def test_citations_by_number_note_and_key():
    article = sample()
    assert article.lead.endswith("in the skin.[@holm2011]")
    assert "<em>some</em> of it [@ref-2]." in article.body
    keys = [(r.key, r.doi, r.title) for r in article.references]
    assert keys == [
        ("winterlight", "10.1000/light.2019", "Winter light and vitamin D"),
        ("ref-2", "", "Vitamin D facts"),
        ("holm2011", "", "Sun angles of the north"),
    ]


def test_a_number_without_reference_stays_and_is_told():
    article = sample()
    assert article.questions[0].answer.endswith("can harm [1, 9].</p>")
    (problem,) = [p for p in article.problems if p.id == "REF-1"]
    assert problem.line == 49
    assert problem.place.field == "questions"


def test_comparison_with_stated_columns_is_no_guess():
    table = sample().comparison
    assert table.supplement == "Vitamin D"
    assert not table.guessed
    assert table.line == 40
    assert table.rows[0] == ("Vitamin D2", "Lower", "Vegans")
    assert "[[forms:vitamin-d]]" in sample().body


def test_parts_after_the_body():
    article = sample()
    assert [q.question for q in article.questions] == [
        "Can I take too much?",
        "Is sun through glass enough?",
    ]
    assert article.disclaimer == "General information only."
    assert "Zinc" not in article.body
    left_out = [p.message for p in article.problems if p.level == "advice"]
    assert left_out == [
        "Template code was left out (line 15).",
        "“Related articles” was left out (line 68).",
    ]


def test_bold_questions():
    article = read(
        f"# Tea\n\n{PROSE}\n\n## FAQ\n\n**Is it safe?**\n\nYes.\n\n**Is it good?** It is.\n"
    )
    assert [(q.question, q.answer) for q in article.questions] == [
        ("Is it safe?", "<p>Yes.</p>"),
        ("Is it good?", "<p>It is.</p>"),
    ]


def test_mdx_loses_its_code_and_keeps_its_text():
    article = read(
        "import Box from './box'\n\nexport const meta = {\n  words: 'so many words that they "
        "make a line',\n}\n\n# Tea\n\n"
        f"<Box kind={{1 > 0}} onClick={{() => go()}}>\n\n{PROSE}\n\n</Box>\n\n"
        "## Leaves\n\nGreen.\n",
        "tea.mdx",
    )
    assert article.title == "Tea"
    assert article.lead == PROSE
    assert article.body == "<h2>Leaves</h2>\n<p>Green.</p>"


def test_lines_of_raw_html_are_those_of_the_file():
    article = read(f"# Tea\n\n{PROSE}\n\n<h2>FAQ</h2>\n<h3>Is it safe?</h3>\n<p>Yes.</p>\n")
    assert [q.line for q in article.questions] == [6]


def test_several_top_headings_are_sections():
    article = read(f"# Tea\n\n{PROSE}\n\n# Leaves\n\nGreen.\n\n# Roots\n\n### Fine\n\nBrown.\n")
    assert [line for line in article.body.split("\n") if line[:2] == "<h"] == [
        "<h2>Leaves</h2>",
        "<h2>Roots</h2>",
        "<h3>Fine</h3>",
    ]


def test_notes_to_the_writer_are_told():
    article = read(
        f"# Tea\n\n{PROSE}\n\n## Leaves\n\nTODO write this\n\n## Roots\n\n## Stems\n\nx\n"
    )
    told = [(p.level, p.line) for p in article.problems if p.id == "JUNK-1"]
    assert told == [("error", 7), ("warning", 9)]


def test_other_scripts():
    article = read(
        "---\ntitle: 녹차와 수면\n---\n\n## 녹차는 왜 잠을 깨울까?\n\n"
        + "녹차에는 카페인이 들어 있어서 저녁에 마시면 잠이 오지 않을 수 있습니다. " * 4
        + "\n\n## 자주 묻는 질문\n\n### 몇 시까지 마셔도 되나요?\n\n점심때까지는 괜찮습니다.\n"
    )
    assert article.title == "녹차와 수면"
    assert [q.question for q in article.questions] == ["몇 시까지 마셔도 되나요?"]


def test_a_summary_after_the_body_is_a_section():
    article = read(f"# Tea\n\n{PROSE}\n\n## Leaves\n\nGreen.\n\n## Summary\n\nDrink it.\n")
    assert article.quick_summary == ""
    assert article.body.endswith("<h2>Summary</h2>\n<p>Drink it.</p>")


def test_a_table_with_another_column_stays_whole():
    article = read(
        f"# Zinc\n\n{PROSE}\n\n## Forms of zinc\n\n| Form | Absorption | Price |\n|---|---|---|\n"
        "| Zinc citrate | Good | 9 |\n| Zinc oxide | Poor | 4 |\n"
    )
    assert article.comparison is None
    assert "<th>Price</th>" in article.body


def test_links_in_plain_text_parts_are_told():
    article = read(f"# Tea\n\n{PROSE} [More](https://example.org/)\n\n## Leaves\n\nGreen.\n")
    assert [(p.level, p.line) for p in article.problems] == [("advice", 3)]
    assert "https://example.org/" in article.problems[0].place.sentence
