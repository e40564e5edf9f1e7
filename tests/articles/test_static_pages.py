"""Static pages stand at the root, beside the site's own addresses."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import StaticPage, is_the_sites_own
from publishing import languages
from publishing.models import Site


@pytest.mark.parametrize("slug", ["search", "style", "feedback", "glossary", "disclaimer", "share"])
def test_an_address_that_the_site_uses_itself_is_refused(db, slug):
    with pytest.raises(ValidationError, match=f"The site uses /{slug}/ itself"):
        StaticPage(slug=slug).clean()


@pytest.mark.parametrize("slug", ["search", "articles", "es", "pt-br", "gsw"])
def test_it_is_refused_whatever_the_language_of_the_desk(db, slug):
    Site.objects.update_or_create(defaults={"languages": ["en", "es", "gsw"]})
    for language in ("en", "es"):
        with languages.active(language), pytest.raises(ValidationError):
            StaticPage(slug=slug).clean()


@pytest.mark.parametrize("slug", ["about", "searching", "", "not.an.address"])
def test_another_address_is_taken(db, slug):
    assert not is_the_sites_own(slug or "nothing")
    assert StaticPage(slug=slug).clean() is None
