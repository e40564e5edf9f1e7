"""Code that site builders put into Markdown: MDX, Liquid, Jinja and Hugo short codes."""

import re

from django.utils.translation import gettext as _

from articles.importing.findings import Findings, name_lines

FENCE = re.compile(r"\s{0,3}(```+|~~~+)")
MODULE_LINE = re.compile(
    r"(?:import\s+(?:.{0,300}\bfrom\s+)?['\"]|import\s*\{"
    r"|export\s+(?:const|let|var|default|function|async|class|\{|\*))"
)
MDX_SIGN = re.compile(r"^import\s.{1,300}\sfrom\s+['\"]", re.M)
JSX_COMMENT = re.compile(r"\{/\*.{0,5000}?\*/\}", re.S)
JSX_TAG = re.compile(
    r"</?[A-Z][\w.]{0,80}(?:[^<>{}]|\{[^{}]{0,500}\}|\{\{[^{}]{0,500}\}\}){0,200}>"
)
JSX_FRAGMENT = re.compile(r"</?>")
TEMPLATE_LINE = re.compile(r"\s*(?:\{%.*%\}|\{\{[<%]?.*[>%]?\}\})\s*")
TEMPLATE_TAG = re.compile(r"\{%[^%\n]{0,500}%\}|\{\{[<%][^}\n]{0,500}[>%]\}\}")


def drop_template_code(text: str, mdx: bool, findings: Findings) -> str:
    """The text without template code; every line stays in its place, if only as a blank one."""
    mdx = mdx or bool(MDX_SIGN.search(text[:20_000]))
    dropped: list[int] = []
    if mdx:
        text = JSX_COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)
    lines = text.split("\n")
    fence = ""
    depth = 0
    for index, line in enumerate(lines):
        mark = FENCE.match(line)
        if mark and not depth:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if fence:
            continue
        if mdx and (depth or MODULE_LINE.match(line)):
            depth = _open_braces(line, depth) if line.strip() else 0
            kept = ""
        else:
            kept = _without_tags(line, mdx)
        if kept != line:
            dropped.append(index + 1)
            lines[index] = kept
    if dropped:
        findings.problem(
            "JUNK-1",
            "advice",
            _("Template code was left out (%(lines)s).") % {"lines": name_lines(dropped)},
            _("Check that no text went with it."),
            field="body",
            line=dropped[0],
        )
    return "\n".join(lines)


def _without_tags(line: str, mdx: bool) -> str:
    if TEMPLATE_LINE.fullmatch(line):
        return ""
    kept = TEMPLATE_TAG.sub("", line) if "{" in line else line
    return JSX_FRAGMENT.sub("", JSX_TAG.sub("", kept)) if mdx and "<" in kept else kept


def _open_braces(line: str, depth: int) -> int:
    """How many brackets of a module statement are open after a line."""
    opened = sum(line.count(c) for c in "{([") - sum(line.count(c) for c in "})]")
    return max(0, depth + opened)
