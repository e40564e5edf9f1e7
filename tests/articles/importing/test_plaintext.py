"""Plain text, as it is copied out of a web page or typed."""

from pathlib import Path

from articles.importing.reader import read_article

INPUTS = Path(__file__).parent / "inputs"


def read(text, name="x.txt"):
    return read_article(text.encode(), name)


def ids(article, problem_id):
    return [p for p in article.problems if p.id == problem_id]


def test_a_page_copied_as_text_gives_every_part():
    article = read_article((INPUTS / "iron-tiredness.txt").read_bytes(), "iron-tiredness.txt")
    assert article.title == "Can iron help tiredness? What it does in the blood"
    assert article.reading_time == "4 min read"
    assert article.lead.startswith("About one adult in five")
    assert article.quick_summary.endswith("because too much iron does harm.")
    assert [p.label for p in article.key_points] == ["Carries Oxygen", "Test First", "Slow to Work"]
    assert article.key_points[1].text == "A ferritin test shows whether the stores are low."
    assert article.key_points[1].line == 17
    assert article.disclaimer.startswith("This text is general")
    assert "Skip to content" not in article.body
    assert article.counts() == {
        "key_points": 3,
        "headings": 6,
        "list_items": 3,
        "questions": 2,
        "references": 0,
        "comparison_rows": 3,
        "comparison_columns": 4,
        "links": 1,
    }


def test_levels_of_headings_are_guessed_and_said_once():
    article = read_article((INPUTS / "iron-tiredness.txt").read_bytes(), "iron-tiredness.txt")
    assert "<h2>The Work of Iron in the Blood</h2>" in article.body
    assert "<h3>Stores and Transport</h3>" in article.body
    assert "<h3>Signs of Low Iron</h3>" in article.body
    assert "<h2>How Iron Helps Tiredness</h2>" in article.body
    assert [g.field for g in article.guesses] == ["body", "comparison"]


def test_lost_columns_are_guessed_and_marked():
    article = read_article((INPUTS / "iron-tiredness.txt").read_bytes(), "iron-tiredness.txt")
    table = article.comparison
    assert table.guessed
    assert table.supplement == "Iron"
    assert table.line == 47
    assert table.rows == (
        ("Iron Sulfate", "High, taken fasting", "Low stores, anaemia", "Constipation, dark stools"),
        ("Iron Gluconate", "Lower, less elemental iron", "Sensitive stomachs", "Mild nausea"),
        ("Iron Bisglycinate", "Good, even with food", "Long courses", "Few, GI upset"),
    )
    assert "<p>[[forms:iron]]</p>" in article.body
    assert [p.line for p in ids(article, "GUESS-1") if p.place.field == "comparison"] == [47]


def test_answers_without_questions_are_kept_and_each_told_once():
    article = read_article((INPUTS / "iron-tiredness.txt").read_bytes(), "iron-tiredness.txt")
    assert [q.question for q in article.questions] == ["", ""]
    assert article.questions[1].answer == (
        "<p>Yes, tea and coffee with a meal hold back the iron of plants.</p>"
    )
    assert [(p.level, p.line) for p in ids(article, "FAQ-1")] == [("error", 58), ("error", 60)]


def test_empty_references_are_dropped_and_told_in_one_problem():
    article = read_article((INPUTS / "iron-tiredness.txt").read_bytes(), "iron-tiredness.txt")
    assert article.references == ()
    (problem,) = ids(article, "JUNK-1")
    assert problem.level == "warning"
    assert problem.message == "3 empty references were dropped (lines 64 to 66)."


def test_a_link_mark_becomes_a_link():
    article = read_article((INPUTS / "iron-tiredness.txt").read_bytes(), "iron-tiredness.txt")
    assert '<a href="https://example.org/iron/">Office of Examples</a> has' in article.body
    assert [(x.text, x.url, x.line) for x in article.links] == [
        ("Office of Examples", "https://example.org/iron/", 54)
    ]


def test_a_link_mark_without_an_address_is_left_and_told():
    article = read(f"A title\n\n{PROSE} {{Link: somewhere}}\n")
    assert "JUNK-1" in [p.id for p in article.problems]
    assert article.links == ()


PROSE = "This paragraph has enough words to be read as running text by anybody who counts them."


def test_rows_that_disagree_are_left_as_text_and_the_line_is_named():
    article = read(
        f"Iron and sleep\n\n{PROSE}\n\nForms of Iron\n\n{PROSE}\n\n"
        "Iron Form Absorption Common Use Side Effects\n"
        "Iron Sulfate High Anaemia Constipation\n"
        "Iron Gluconate Good Restless Legs Anaemia Mild Nausea\n\n" + PROSE
    )
    assert article.comparison is None
    assert "<p>Iron Gluconate Good Restless Legs Anaemia Mild Nausea</p>" in article.body
    (problem,) = [p for p in ids(article, "GUESS-1") if p.place.field == "comparison"]
    assert problem.line == 11
    assert "Line 11" in problem.message
    assert problem.level == "warning"


def test_tabs_are_real_columns():
    article = read(
        f"Zinc forms\n\n{PROSE}\n\nWhich Zinc\n\n{PROSE}\n\n"
        "Zinc form\tAbsorption\tCommon use\tSide effects\n"
        "Zinc citrate\tGood\tLow zinc\tNausea\n"
        "Zinc oxide\tPoor\tCreams\tFew\n"
    )
    assert article.comparison.guessed is False
    assert article.comparison.rows[1] == ("Zinc oxide", "Poor", "Creams", "Few")


def test_another_table_stays_a_table():
    article = read(
        f"Foods with zinc\n\n{PROSE}\n\nBest Foods\n\n{PROSE}\n\n"
        "Food  Zinc in 100 g  Rank\nOysters  40 mg  First\nBeef  6 mg  Second\n"
    )
    assert article.comparison is None
    assert "<th>Zinc in 100 g</th>" in article.body
    assert "<td>6 mg</td>" in article.body


def test_wrapped_lines_are_one_paragraph_and_one_item():
    article = read(
        "Sleep and light\n\n"
        "Light in the evening keeps the body awake, because the eyes tell\n"
        "the brain that it is still day and the brain believes what it is\n"
        "told.\n\n"
        "What to Do\n\n"
        "- Put the telephone away an hour before you mean to sleep, so that\n"
        "  it cannot tempt you\n"
        "- Dim the lamps\n"
    )
    assert article.lead.endswith(
        "the brain that it is still day and the brain believes what it is told."
    )
    assert "so that it cannot tempt you</li><li>Dim the lamps</li>" in article.body


def test_nested_bullets_and_numbers():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nHow to Brew\n\n1. Boil water\n2. Add the leaves\n"
        "    - green\n    - black\n3. Wait\n"
    )
    assert (
        "<ol><li>Boil water</li><li>Add the leaves<ul><li>green</li><li>black</li></ul></li>"
        "<li>Wait</li></ol>" in article.body
    )


def test_questions_that_end_in_a_question_mark():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nFAQs\n\nDoes tea keep you awake?\n\nBlack tea can.\n\n"
        "It holds caffeine.\n\nIs mint tea better?\n\nYes, it has none.\n\nConclusion\n\n" + PROSE
    )
    assert [(q.question, q.line) for q in article.questions] == [
        ("Does tea keep you awake?", 7),
        ("Is mint tea better?", 13),
    ]
    assert article.questions[0].answer == "<p>Black tea can.</p>\n<p>It holds caffeine.</p>"
    assert "<h2>Conclusion</h2>" in article.body
    assert ids(article, "FAQ-1") == []


def test_q_and_a_labels():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nFrequently asked questions\n\n"
        "Q: Does tea keep you awake?\nA: Black tea can.\n\nQ2. Is mint better?\nA2. It is.\n"
    )
    assert [(q.question, q.answer) for q in article.questions] == [
        ("Does tea keep you awake?", "<p>Black tea can.</p>"),
        ("Is mint better?", "<p>It is.</p>"),
    ]


def test_numbered_questions_with_their_answers_below():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nFAQ\n\n1. Does tea keep you awake?\n\nBlack tea can.\n\n"
        "2. Is mint better?\n\nIt is.\n"
    )
    assert [(q.question, q.answer) for q in article.questions] == [
        ("Does tea keep you awake?", "<p>Black tea can.</p>"),
        ("Is mint better?", "<p>It is.</p>"),
    ]


def test_the_list_of_contents_states_the_levels():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nIn this article\n\n• What Tea Holds\n• Better Drinks\n\n"
        f"What Tea Holds\n\n{PROSE}\n\nLeaves and Roots\n\n{PROSE}\n\nBetter Drinks\n\n{PROSE}\n"
    )
    assert [line for line in article.body.split("\n") if line[:2] == "<h"] == [
        "<h2>What Tea Holds</h2>",
        "<h3>Leaves and Roots</h3>",
        "<h2>Better Drinks</h2>",
    ]
    assert article.guesses == ()


def test_names_of_parts_in_other_words_and_other_case():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nAT A GLANCE\n\nDrink it before noon.\n\nKEY TAKEAWAYS\n\n"
        f"– Noon is late enough\n– Mint is free of caffeine\n\nWhat Tea Holds\n\n{PROSE}\n\n"
        "SOURCES:\n\n[1] Lee C. Leaves at night. J Ex. 2018;1:2.\n\nDISCLAIMER\n\nGeneral text.\n"
    )
    assert article.quick_summary == "Drink it before noon."
    assert [p.text for p in article.key_points] == [
        "Noon is late enough",
        "Mint is free of caffeine",
    ]
    assert [r.key for r in article.references] == ["lee2018"]
    assert article.disclaimer == "General text."


def test_a_sentence_with_a_citation_at_its_end_is_no_heading():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nWhat Tea Holds\n\nIt holds caffeine.[1]\n\n{PROSE}\n\n"
        "References\n\n1. Lee C. Leaves at night. J Ex. 2018;1:2.\n"
    )
    assert "<p>It holds caffeine.[@lee2018]</p>" in article.body


def test_page_furniture_is_dropped():
    article = read(
        "Home > Drinks > Tea\n\nMenu\n\nTea at night\n\nBy Ann Example, RD\n\nShare on Facebook\n\n"
        f"{PROSE}\n\nAdvertisement\n\nWhat Tea Holds\n\n{PROSE}\n\n"
        "Subscribe to our newsletter\n\n© 2024 Example Health. All rights reserved.\n"
    )
    assert article.title == "Tea at night"
    assert article.lead == PROSE
    assert article.body == f"<h2>What Tea Holds</h2>\n<p>{PROSE}</p>"


def test_an_article_cut_off_in_the_middle_is_still_an_article():
    data = (INPUTS / "iron-tiredness.txt").read_bytes()
    cut = data[: data.index(b"  \xe2\x80\xa2 Slow") + 3]
    article = read_article(cut, "cut.txt")
    assert len(article.key_points) == 2
    assert article.questions == ()
    assert article.references == ()
    assert [p.id for p in article.problems] == ["JUNK-1"]


def test_no_title_takes_the_name_of_the_file_and_says_so():
    sentence = "It was a long paragraph that began at once and went on without any heading at all. "
    article = read(sentence * 4, "tea-at_night.txt")
    assert article.title == "Tea at night"
    assert [g.field for g in article.guesses] == ["title"]


def test_rows_with_blank_lines_between_them():
    article = read(
        f"Zinc forms\n\n{PROSE}\n\nWhich Zinc\n\n{PROSE}\n\n"
        "Zinc Form Absorption Common Use Side Effects\n\nZinc Citrate High Low zinc Nausea\n\n"
        f"Zinc Oxide Low Creams Few\n\nHow Much\n\n{PROSE}\n"
    )
    assert article.comparison.guessed
    assert len(article.comparison.rows) == 2
    assert "<h2>How Much</h2>" in article.body


def test_a_line_for_each_cell():
    article = read(
        f"Zinc forms\n\n{PROSE}\n\nWhich Zinc\n\n{PROSE}\n\n"
        "Zinc Form\n\nAbsorption\n\nCommon use\n\nZinc citrate\n\nHigh\n\nLow zinc\n\n"
        f"Zinc oxide\n\nLow\n\nCreams\n\nHow Much\n\n{PROSE}\n"
    )
    assert article.comparison.rows == (
        ("Zinc citrate", "High", "Low zinc"),
        ("Zinc oxide", "Low", "Creams"),
    )
    assert article.comparison.guessed
    assert "<h2>How Much</h2>" in article.body


def test_the_last_line_is_no_heading():
    article = read(f"Tea at night\n\n{PROSE}\n\nWhat Tea Holds\n\n{PROSE}\n\nDrink it warm\n")
    assert article.body.endswith("<p>Drink it warm</p>")


def test_lists_belong_to_the_answer_above_them():
    article = read(
        f"Tea at night\n\n{PROSE}\n\nFAQ\n\nThese keep you awake:\n\n- black tea\n- green tea\n\n"
        "Mint tea is free of caffeine.\n"
    )
    assert [q.answer for q in article.questions] == [
        "<p>These keep you awake:</p>\n<ul><li>black tea</li><li>green tea</li></ul>",
        "<p>Mint tea is free of caffeine.</p>",
    ]


def test_text_without_any_blank_line():
    article = read(
        "Tea at night\n"
        f"{PROSE}\n"
        "Key Points\nNoon is late enough\nMint is free of caffeine\n"
        f"What Tea Holds\n{PROSE} {PROSE}\n"
        "FAQ\nIs mint tea better?\nYes, it has no caffeine.\n"
    )
    assert article.title == "Tea at night"
    assert article.lead == PROSE
    assert len(article.key_points) == 2
    assert "<h2>What Tea Holds</h2>" in article.body
    assert [q.question for q in article.questions] == ["Is mint tea better?"]


def test_the_name_of_a_part_never_joins_a_wrapped_line():
    article = read(
        "Light at night\n\n"
        "Light in the evening keeps the body awake, because the eyes tell\n"
        "the brain that it is still day, and the brain believes the news.\n"
        "Disclaimer\nThis text is general, and it cannot replace advice from someone\n"
        "who knows you.\n"
    )
    assert article.lead.endswith("believes the news.")
    assert article.disclaimer.endswith("from someone who knows you.")
