"""Lighthouse, as a phone on a slow line: the middle of five runs a page."""

import json
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 5
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST_BYTES = 40_000
MOST_SCRIPT_BYTES = 10_000
_OPTIONS = (
    "--quiet",
    "--output=json",
    "--no-enable-error-reporting",
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    f"--only-categories={','.join(WANTED)}",
)


@dataclass(frozen=True)
class Run:
    """What one run measured: a score a category, the shift of the layout, and what was sent.

    ``sent`` is the page with its styles and scripts; ``pictures`` come later, each when it is near.
    """

    scores: dict[str, int]
    shift: float
    paint: float
    sent: int
    pictures: int
    scripts: int
    hosts: frozenset[str]
    lacking: frozenset[str]


def _tried(command: list[str], chromium: str) -> None:
    """Run it, and again where it could not record the page: that is its own fault (NO_NAVSTART)."""
    environment = {**os.environ, "CHROME_PATH": chromium}
    for last in (False, False, True):
        if subprocess.run(command, check=last, env=environment).returncode == 0:
            return


def run(url: str, chromium: str) -> Run:
    """Measure a page once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, url, f"--output-path={path}", *_OPTIONS]
        _tried(command, chromium)
        report = json.loads(path.read_text(encoding="utf-8"))
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    told = [each for each in requests if urlsplit(each["url"]).scheme in ("http", "https")]
    scripts = [each for each in told if each["resourceType"] == "Script"]
    pictures = [each for each in told if each["resourceType"] == "Image"]
    return Run(
        {name: round(report["categories"][name]["score"] * 100) for name in WANTED},
        audits["cumulative-layout-shift"]["numericValue"],
        audits["largest-contentful-paint"]["numericValue"],
        sum(each["transferSize"] for each in told if each not in pictures),
        sum(each["transferSize"] for each in pictures),
        sum(each["resourceSize"] for each in scripts),
        frozenset(urlsplit(each["url"]).netloc for each in told),
        frozenset(_lacking(report)),
    )


def _lacking(report: dict) -> list[str]:
    """Return what cost points, but of the speed, which no single audit decides."""
    return [
        f"{name}: {report['audits'][each['id']]['title']}"
        for name, category in report["categories"].items()
        if name != "performance"
        for each in category["auditRefs"]
        if each["weight"] and report["audits"][each["id"]]["score"] == 0
    ]


def faults(runs: list[Run], host: str) -> list[str]:
    """Return what the middle of some runs of a page lacks of the numbers that it must have."""
    found = [
        f"{name}: {middle(runs, name):.0f}, wanted {wanted}"
        for name, wanted in WANTED.items()
        if middle(runs, name) < wanted
    ]
    shift, sent, scripts = (
        max(getattr(each, n) for each in runs) for n in ("shift", "sent", "scripts")
    )
    if shift:
        found.append(f"the layout shifted by {shift:.4f}")
    if sent >= MOST_BYTES:
        found.append(f"{sent:,} bytes were sent, wanted under {MOST_BYTES:,}")
    if scripts >= MOST_SCRIPT_BYTES:
        found.append(f"{scripts:,} bytes of scripts, wanted under {MOST_SCRIPT_BYTES:,}")
    others = frozenset().union(*(each.hosts for each in runs)) - {host}
    found += [f"another host was asked: {other}" for other in sorted(others)]
    return [*found, *sorted(frozenset().union(*(each.lacking for each in runs)))]


def middle(runs: list[Run], category: str) -> float:
    """Return the median score of a category."""
    return statistics.median(each.scores[category] for each in runs)
