"""Everything that `make test` runs, and one line on whatever could not be run.

    python -m tests.run [--all]

``--all`` (the continuous integration's way) lets nothing be skipped: a missing PostgreSQL
server, Chromium or GNU gettext is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser import chromium

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgres://healthcms:healthcms@127.0.0.1:5432/healthcms"
)


def postgres_answers() -> bool:
    """Say whether a PostgreSQL server takes the tests' role."""
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def run(title: str, *command: str) -> bool:
    """Run one part; say what it is, and whether it passed."""
    print(f"== {title}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


class Beside:
    """A part that runs beside another one, on the second core; its output is shown at its end."""

    def __init__(self, title: str, *command: str, **environment: str) -> None:
        self.title = title
        self.output = tempfile.TemporaryFile()  # noqa: SIM115  lives as long as the part
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def passed(self) -> bool:
        """Wait for the end, show what was printed, and say whether it passed."""
        code = self.process.wait()
        print(f"== {self.title}", flush=True)
        self.output.seek(0)
        sys.stdout.buffer.write(self.output.read())
        sys.stdout.flush()
        return code == 0


def main() -> int:
    """Run all parts and return the exit status."""
    everything = "--all" in sys.argv[1:]
    python = sys.executable
    bin_folder = Path(python).parent
    skipped: list[str] = []
    passed = [
        run("ruff: lint", str(bin_folder / "ruff"), "check", "."),
        run("ruff: layout", str(bin_folder / "ruff"), "format", "--check", "."),
        run("import-linter: floors", str(bin_folder / "lint-imports")),
    ]
    pytest = (python, "-m", "pytest")
    # Two at a time: they take both cores when the other engine has come to its end.
    on_both_cores = ("-m", "not browser", "-n", "2", "--dist", "worksteal")
    beside = None
    if postgres_answers():
        beside = Beside("tests on PostgreSQL", *pytest, *on_both_cores, DATABASE_URL=POSTGRES)
    else:
        skipped.append("tests on PostgreSQL (no server answers; set TEST_DATABASE_URL)")
    passed.append(run("tests on SQLite", *pytest, *on_both_cores))
    if beside is not None:
        passed.append(beside.passed())
    if chromium.executable():
        # By themselves: people's steps have a time, and a busy machine is no fault of theirs.
        in_chromium = ("tests/browser", "-n", "2", "--dist", "worksteal")
        passed.append(run("tests in Chromium, on SQLite", *pytest, *in_chromium))
    else:
        skipped.append("browser tests (no chromium found)")
    if not shutil.which("xgettext"):
        skipped.append("whether the catalogue is fresh (no xgettext found; install gettext)")
    print(f"Skipped: {'; '.join(skipped) or 'nothing'}.")
    if everything and skipped:
        print("Nothing may be skipped here.")
        return 1
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
