"""What is documented exists, and what exists is documented."""

import re
from pathlib import Path

from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
OURS = {path.parent.name for path in ROOT.glob("*/apps.py")}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_environment_variable_is_documented_and_no_other():
    used = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', read("healthcms/settings.py")))
    documented = re.findall(r"^\| `([A-Z_]+)` \|", read("docs/settings.md"), re.MULTILINE)
    assert len(documented) == len(set(documented))
    assert set(documented) == used


def test_every_command_of_ours_is_in_the_readme_and_no_other():
    ours = {name for name, app in get_commands().items() if app in OURS}
    assert set(re.findall(r"`python manage\.py (\w+)", read("README.md"))) == ours


def test_every_make_target_is_in_the_readme_and_no_other():
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)[1].split()
    assert set(re.findall(r"`make (\w+)`", read("README.md"))) == set(phony)


def test_every_app_of_ours_is_on_a_floor_of_the_readme():
    layout = read("README.md").partition("## Layout")[2].partition("## Commands")[0]
    installed = {config.name for config in apps.get_app_configs()} & OURS
    assert installed == set(re.findall(r"`(\w+)/`", layout)) - {"templates", "tests"}


def test_links_of_the_readme_lead_to_files():
    for address in re.findall(r"\]\((?!https?:)([^)#]+)", read("README.md")):
        assert (ROOT / address).is_file(), address
