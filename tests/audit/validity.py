"""The whole of HTML's standard, as the Nu checker knows it, on every page of the served demo."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.audit.serving import BASE, read

CHECKER = "vnu-jar@26.9.27"
# What no sitemap names: pages for people alone, and pages of bad days.
_ALSO = (
    "/search/?q=magnesium",
    "/search/?q=magnesum",
    "/search/?q=xylophones",
    "/search/?q=magnesium&page=9",
    "/faq/?topic=magnesium",
    "/a-z/?letter=M",
    "/articles/magnesium-for-muscle-weakness/history/",
    "/articles/magnesium-for-muscle-weakness/history/compare/",
    "/disclaimer/history/",
    "/feedback/thanks/",
    "/share/nothing/",
    "/nothing/",
)
_PLACE = re.compile(r'^"file:.*/([0-9]+)\.html":([0-9.]+)-[0-9.]+: (.*)$')


def paths() -> list[str]:
    """Return every public page: what the sitemaps name, and what they don't."""
    found = [_path(page) for file in _places("/sitemap.xml") for page in _places(_path(file))]
    return [*found, *_ALSO]


def faults(asked: list[str]) -> list[str]:
    """Return what is no valid HTML on these pages; nothing is checked without Java."""
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(asked):
            (Path(folder) / f"{number}.html").write_bytes(read(path))
        command = ["npx", "--yes", CHECKER, "--errors-only", "--skip-non-html", folder]
        said = subprocess.run(command, check=False, capture_output=True, text=True)
    lines = [line for line in said.stderr.splitlines() if line]
    if said.returncode and not lines:
        raise SystemExit(f"{CHECKER} did not run: {said.stdout or said.returncode}")
    return [
        f"{asked[int(place[1])]} line {place[2]}: {place[3]}" if place else line
        for line in lines
        for place in [_PLACE.match(line)]
    ]


def can_run() -> bool:
    """Say whether there is the Java that the checker needs."""
    return shutil.which("java") is not None


def _places(path: str) -> list[str]:
    return re.findall(r"<loc>([^<]+)</loc>", read(path).decode())


def _path(url: str) -> str:
    return url.removeprefix(BASE)
