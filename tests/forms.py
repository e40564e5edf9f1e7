"""Filling in a page's own form, as a browser would send it."""

from bs4 import BeautifulSoup


def form_data(html: str, selector: str = "#content-main form") -> dict[str, list[str]]:
    """Return what a browser would send if the form were submitted untouched."""
    form = BeautifulSoup(html, "html.parser").select_one(selector)
    data: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        name, kind = field["name"], field.get("type", "text")
        if kind in ("submit", "button") or "__prefix__" in name:
            continue
        if field.name == "select":
            chosen = [o.get("value", "") for o in field.select("option[selected]")]
            if not chosen and not field.has_attr("multiple"):
                chosen = [o.get("value", "") for o in field.select("option")[:1]]
            data.setdefault(name, []).extend(chosen)
        elif field.name == "textarea":
            # A browser drops the first line feed and sends CRLF.
            text = field.text.removeprefix("\n").replace("\n", "\r\n")
            data.setdefault(name, []).append(text)
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        else:
            data.setdefault(name, []).append(field.get("value", ""))
    return {name: values for name, values in data.items() if values}


def texts(html: str, selector: str) -> list[str]:
    """Return the texts of the elements that match."""
    found = BeautifulSoup(html, "html.parser").select(selector)
    return [" ".join(element.get_text(" ", strip=True).split()) for element in found]
