"""Every address of the site. What an edition holds is served by one view, by its path."""

from django.contrib import admin
from django.urls import include, path, re_path

from healthcms import (
    contributors,
    corrections,
    crawlers,
    feeds,
    home,
    kind_lists,
    letters,
    searching,
    sitemaps,
    topics,
)
from healthcms.languages import in_each_language
from healthcms.style import style_page
from publishing import icons
from publishing.cards import card_picture
from publishing.feedback import feedback, thanks
from publishing.history import compare_editions, history_page, past_edition
from publishing.look import site_colours, site_logo
from publishing.pictures.serving import picture_file
from publishing.shared_views import share_page
from publishing.views import entry_page, markdown_page
from references.downloads import references_file

handler400 = "healthcms.error_pages.not_read"
handler404 = "healthcms.error_pages.not_found"
handler403 = "healthcms.error_pages.forbidden"
handler500 = "healthcms.error_pages.failed"

page_of_an_entry = include(
    [
        path("", entry_page),
        path("history/", history_page),
        path("history/compare/", compare_editions),
        path("history/<int:number>/", past_edition),
    ]
)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.file),
    path("robots.txt", crawlers.robots, name="robots"),
    path("site-colours.<slug:digest>.css", site_colours, name="site_colours"),
    path("favicon.ico", icons.favicon),
    path("apple-touch-icon.png", icons.touch_icon),
    path("icon-<int:side>-<slug:digest>.png", icons.icon, name="icon"),
    path("og/<str:name>.png", card_picture, name="card"),
    path("media/site/<str:name>", site_logo, name="site_logo"),
    path("media/pictures/<str:digest>/<str:name>", picture_file, name="picture_file"),
    path("share/<str:token>/", share_page, name="share"),
    path("style/", admin.site.admin_view(style_page), name="style"),
    *in_each_language(
        path("", home.home, name="home"),
        path("llms.txt", crawlers.llms, name="llms"),
        path("feed.atom", feeds.all_pages, name="feed"),
        path("topics/<slug:slug>/feed.atom", feeds.topic_pages),
        path("corrections/feed.atom", feeds.corrected_pages),
        path("articles/", kind_lists.kind_list, {"kind": "article"}, name="articles"),
        path("supplements/", kind_lists.supplements, name="supplements"),
        path("faq/", kind_lists.faq, name="faq"),
        path("glossary/", letters.glossary, name="glossary"),
        path("topics/", topics.topics, name="topics"),
        path("topics/<slug:slug>/", topics.topic, name="topic"),
        path("a-z/", letters.a_to_z, name="a_to_z"),
        path("contributors/", contributors.contributors, name="contributors"),
        path("contributors/<uuid:uid>/", contributors.contributor_by_uid),
        path("contributors/<slug:slug>/", contributors.contributor, name="contributor"),
        path("corrections/", corrections.corrections_page, name="corrections"),
        path("search/", searching.search_page, name="search"),
        path("search/suggest", searching.suggestions, name="suggest"),
        path("feedback/", feedback, name="feedback"),
        path("feedback/thanks/", thanks, name="feedback_thanks"),
        path("disclaimer/", page_of_an_entry),
        path("disclaimer/<slug:slug>/", page_of_an_entry),
        re_path(
            r"^(?:articles|supplements|faq|glossary)/[-\w]+/references\.(?P<form>ris|json)$",
            references_file,
            name="references_file",
        ),
        path("articles/<slug:slug>/", page_of_an_entry),
        path("supplements/<slug:slug>/", page_of_an_entry),
        path("faq/<slug:slug>/", page_of_an_entry),
        path("glossary/<slug:slug>/", page_of_an_entry),
        path("<slug:slug>/", page_of_an_entry),
        re_path(r"^(?P<stem>.+)\.md$", markdown_page),
    ),
]
