"""The block of facts at the head of a Markdown file: a small, safe part of YAML, and TOML."""

import re
import tomllib
from dataclasses import dataclass, field

MAX_LINES = 400
KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*)|$)")
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "0": ""}


@dataclass
class FrontMatter:
    """What the head of a file says; `text` is the file with that head made blank lines."""

    text: str
    values: dict[str, str] = field(default_factory=dict)

    def get(self, *names: str) -> str:
        """The first of these values that the file gives, or ""."""
        return next((self.values[name] for name in names if self.values.get(name)), "")


def read_front_matter(text: str) -> FrontMatter:
    """Reads one or more heads at the start of a text; the first to name a value decides."""
    lines = text.split("\n")
    found = FrontMatter(text)
    at = 0
    while True:
        start = _next_text(lines, at)
        if start is None or lines[start].rstrip() not in ("---", "+++"):
            break
        fence = lines[start].rstrip()
        closing = {"---", "..."} if fence == "---" else {"+++"}
        end = next(
            (
                i
                for i in range(start + 1, min(len(lines), start + MAX_LINES))
                if lines[i].rstrip() in closing
            ),
            None,
        )
        inside = lines[start + 1 : end] if end is not None else []
        values = _toml(inside) if fence == "+++" else _yaml(inside)
        if end is None or values is None:
            break
        for name, value in values.items():
            found.values.setdefault(name, value)
        lines[start : end + 1] = [""] * (end + 1 - start)
        at = end + 1
    found.text = "\n".join(lines)
    return found


def _next_text(lines: list[str], at: int) -> int | None:
    return next((i for i in range(at, len(lines)) if lines[i].strip()), None)


def _yaml(lines: list[str]) -> dict[str, str] | None:
    """Top-level scalars and simple lists; nested maps are passed over. None: it is no YAML."""
    values: dict[str, str] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        match = KEY.match(line)
        if not match:
            if line.strip() and not line.startswith((" ", "\t", "#", "-", "}")):
                return None
            index += 1
            continue
        more = index + 1
        while more < len(lines) and (
            lines[more].startswith((" ", "\t", "- ")) or not lines[more].strip()
        ):
            more += 1
        name = match[1].strip().casefold()
        values[name] = _value((match[2] or "").strip(), lines[index + 1 : more])
        index = more
    return values if values else None


def _value(first: str, more: list[str]) -> str:
    rest = [line.strip() for line in more if line.strip()]
    if first[:1] in ("|", ">") and len(first) <= 3:
        return ("\n" if first[0] == "|" else " ").join(rest)
    if not first and rest and rest[0].startswith("- "):
        return ", ".join(_scalar(item[2:].strip()) for item in rest if item.startswith("- "))
    if not first and rest and KEY.match(rest[0]):
        return ""
    if first.startswith("[") and first.endswith("]"):
        return ", ".join(_scalar(item.strip()) for item in first[1:-1].split(","))
    return _scalar(" ".join([first, *rest]).strip())


def _scalar(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", lambda m: ESCAPES.get(m[1], m[0]), text[1:-1])
    text = re.split(r"\s+#", text, maxsplit=1)[0] if " #" in text else text
    return "" if text in ("null", "~") else text


def _toml(lines: list[str]) -> dict[str, str] | None:
    try:
        data = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    values = {}
    for name, value in data.items():
        if isinstance(value, list):
            value = ", ".join(str(item) for item in value if not isinstance(item, dict | list))
        if not isinstance(value, dict):
            values[name.casefold()] = str(value)
    return values or None
