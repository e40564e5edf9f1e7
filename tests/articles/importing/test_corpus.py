"""Real files, where the corpus lies beside the repository."""

from pathlib import Path

import pytest

from articles.importing.reader import read_article

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
MUSCLE = CORPUS / "articles-text" / "muscle-weakness.txt"
MARKDOWN = sorted(CORPUS.glob("articles-markdown/*.md*"))

if not MUSCLE.exists():
    pytest.skip("the corpus is not here", allow_module_level=True)


def test_muscle_weakness():
    article = read_article(MUSCLE.read_bytes(), MUSCLE.name)
    assert article.counts() == {
        "key_points": 6,
        "headings": 9,
        "list_items": 12,
        "questions": 7,
        "references": 0,
        "comparison_rows": 4,
        "comparison_columns": 4,
        "links": 1,
    }
    assert article.title.startswith("Will magnesium help muscle weakness?")
    assert article.lead
    assert article.quick_summary
    assert article.disclaimer
    assert all(point.label for point in article.key_points)
    assert [q.question for q in article.questions] == [""] * 7
    assert article.comparison.guessed
    assert article.comparison.rows[2] == (
        "Magnesium Oxide", "Lower, less absorbed", "Constipation", "Diarrhea, GI distress",
    )  # fmt: skip
    ids = [problem.id for problem in article.problems]
    assert (ids.count("FAQ-1"), ids.count("JUNK-1"), ids.count("GUESS-1")) == (7, 1, 2)


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)
def test_markdown_files_are_articles(path):
    article = read_article(path.read_bytes(), path.name)
    assert article.title
    assert article.body
    assert article.counts()["headings"] >= 3
    if "health-guide" in path.name:
        assert article.references
        assert all(r.url for r in article.references)
