"""Lost tables in pieces: blank lines between the rows, or a line for each cell."""

from articles.importing.columns import (
    FORM_WORDS,
    Columns,
    Unclear,
    column_words_field,
    find_columns,
    is_suspect,
    split_header,
    supplement_in,
)

Line = tuple[int, str]
MOST_LINES = 400
MOST_CELL_WORDS = 14


def find_scattered(runs: list[list[Line]], index: int) -> tuple[Columns | Unclear, int] | None:
    """The table that begins at a run, and how many runs it takes up; None where none begins."""
    first = runs[index][0][1].strip()
    if not FORM_WORDS & set(first.casefold().split()[:4]):
        return None
    return _rows_apart(runs, index, first) or _cells_apart(runs, index, first)


def _rows_apart(
    runs: list[list[Line]], index: int, first: str
) -> tuple[Columns | Unclear, int] | None:
    header = split_header(first) if len(runs[index]) == 1 and is_suspect(first) else None
    supplement = supplement_in(header[0]) if header else ""
    rows: list[Line] = []
    for run in runs[index + 1 : index + MOST_LINES]:
        number, text = run[0][0], run[0][1].strip()
        if len(run) > 1 or not supplement or not _begins_with(text, supplement):
            break
        if text.endswith((".", "!", "?", ":")):
            break
        rows.append((number, text))
    if len(rows) < 2:
        return None
    found = find_columns([(runs[index][0][0], first), *rows])
    return (found, 1 + len(rows)) if found else None


def _cells_apart(
    runs: list[list[Line]], index: int, first: str
) -> tuple[Columns | Unclear, int] | None:
    """A line for each cell: the headings, then as many lines for each row."""
    supplement = supplement_in(first)
    cells: list[Line] = []
    ends: dict[int, int] = {}
    for offset, run in enumerate(runs[index : index + MOST_LINES], start=1):
        if any(len(text.split()) > MOST_CELL_WORDS for _, text in run):
            break
        cells.extend((number, text.strip()) for number, text in run)
        ends[len(cells)] = offset
    width = 1
    fields: set[str] = set()
    while width < len(cells) and (field := column_words_field(cells[width][1])):
        if field in fields or len(cells[width][1].split()) > 6:
            break
        fields.add(field)
        width += 1
    if width < 3 or not supplement or len(first.split()) > 4:
        return None
    count = width
    while count + width <= len(cells) and _begins_with(cells[count][1], supplement):
        count += width
    if count < 3 * width or count not in ends:
        return None
    rows = [cells[at : at + width] for at in range(0, count, width)]
    texts = [tuple(text for _, text in row) for row in rows]
    return Columns(texts[0], tuple(texts[1:]), tuple(row[0][0] for row in rows)), ends[count]


def _begins_with(text: str, supplement: str) -> bool:
    return text.casefold().startswith(supplement.casefold() + " ")
