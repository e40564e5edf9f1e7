"""The demo's pictures: kept beside its texts, added to the library as any upload is."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from publishing.pictures.library import add_picture, find
from publishing.pictures.reading import read
from publishing.pictures.renditions import original_digest

FOLDER = Path(__file__).parent / "content" / "pictures"


def make_pictures(by: Any) -> None:
    """Add every picture that the library does not hold."""
    listed = tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))
    for row in listed["pictures"]:
        data = (FOLDER / row["file"]).read_bytes()
        if find(data) is None:
            add_picture(data, by=by, title=row["title"], credit=row["credit"])


@cache
def digest_of(file: str) -> str:
    """Return the digest under which the library holds a file of the demo."""
    return original_digest(*read((FOLDER / file).read_bytes()))
