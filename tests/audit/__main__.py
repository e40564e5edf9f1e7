"""What `make audit` measures: the readers' pages as they are served, against the numbers they owe.

    python -m tests.audit

It needs Node 20 with npx (Lighthouse and the Nu checker come from npm, once), Chromium and, for
the Nu checker, Java. Exit status 1 where a number is missed.
"""

import shutil
import sys

from tests.audit import lighthouse, validity
from tests.audit.serving import BASE, served
from tests.browser import chromium

PAGES = {
    "article": "/articles/magnesium-for-muscle-weakness/",
    "home": "/",
    "search": "/search/?q=magnesium",
    "supplement": "/supplements/magnesium/",
}


def measure(browser: str) -> list[str]:
    """Print a line a page; return what falls short."""
    found = []
    heads = (*lighthouse.WANTED, "LCP, s", "shift", "KB sent", "KB pictures")
    print(f"{lighthouse.LIGHTHOUSE}, phone, middle of {lighthouse.RUNS} runs")
    print(f"{'':12}" + "".join(f"{head:>16}" for head in heads), flush=True)
    for name, path in PAGES.items():
        runs = [lighthouse.run(f"{BASE}{path}", browser) for _run in range(lighthouse.RUNS)]
        scores = [f"{lighthouse.middle(runs, each):.0f}" for each in lighthouse.WANTED]
        paint = sorted(each.paint for each in runs)[len(runs) // 2] / 1000
        shift, sent = max(each.shift for each in runs), max(each.sent for each in runs) / 1000
        pictures = max(each.pictures for each in runs) / 1000
        figures = (*scores, f"{paint:.2f}", f"{shift:.3f}", f"{sent:.1f}", f"{pictures:.1f}")
        print(f"{name:12}" + "".join(f"{figure:>16}" for figure in figures), flush=True)
        host = BASE.partition("//")[2]
        found += [f"{path}: {fault}" for fault in lighthouse.faults(runs, host)]
    return found


def check() -> list[str]:
    """Print how many pages are valid HTML; return what is not."""
    if not validity.can_run():
        print("HTML was not checked: there is no Java. On Debian: apt install default-jre-headless")
        return []
    asked = validity.paths()
    found = validity.faults(asked)
    print(f"{validity.CHECKER}: {len(asked)} pages, {len(found)} errors")
    return found


def main() -> int:
    """Run all of it and return the exit status."""
    browser = chromium.executable(whole=True)
    lacking = [
        name for name, path in (("npx", shutil.which("npx")), ("chromium", browser)) if not path
    ]
    if lacking:
        print(f"Nothing was measured: there is no {' and no '.join(lacking)}.")
        return 1
    with served():
        found = [*check(), *measure(browser)]
    print("\n".join(found) or "Every number is met.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
