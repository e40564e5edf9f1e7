"""The site's own look, for the template round every page."""

from django import template

from publishing import icons, languages, look
from publishing.models import Site

register = template.Library()


@register.filter
def colours_path(site: Site | None) -> str:
    """Return the address of the stylesheet of the site's colours; "" where there is none."""
    return look.colours_path(site) if site else ""


@register.filter
def icon(site: Site | None, side: int) -> str:
    """Return the address of the site's icon of some pixels a side."""
    return icons.address(site or Site(), side)


@register.filter
def logo(site: Site | None) -> look.Logo | None:
    """Return the site's logo with its size; None where there is none."""
    return look.logo(site) if site else None


@register.inclusion_tag("site/_footer.html")
def footer(site: Site | None) -> dict:
    """Show the site's own lines at the foot of a page, in its language where they were given."""
    if site is None:
        return {}
    said = site.said("footer", languages.current())
    return {"lines": look.footer_lines(said.words), "code": said.language}
