"""Every address of the site. What an edition holds is served by one view, by its path."""

from django.contrib import admin
from django.urls import path, re_path

from healthcms import crawlers, feeds, sitemaps, views
from publishing.cards import card_picture
from publishing.look import site_colours, site_logo
from publishing.shared_views import share_page
from publishing.views import disclaimer_history, entry_page, markdown_page

handler400 = "healthcms.views.not_read"
handler404 = "healthcms.views.not_found"
handler403 = "healthcms.views.forbidden"
handler500 = "healthcms.views.failed"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.home, name="home"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.file),
    path("robots.txt", crawlers.robots, name="robots"),
    path("llms.txt", crawlers.llms, name="llms"),
    path("feed.atom", feeds.all_pages, name="feed"),
    path("topics/<slug:slug>/feed.atom", feeds.topic_pages),
    path("corrections/feed.atom", feeds.corrected_pages),
    path("site-colours.<slug:digest>.css", site_colours, name="site_colours"),
    path("og/<str:name>.png", card_picture, name="card"),
    path("media/site/<str:name>", site_logo, name="site_logo"),
    path("articles/", views.kind_list, {"kind": "article"}, name="articles"),
    path("supplements/", views.kind_list, {"kind": "supplement"}, name="supplements"),
    path("faq/", views.kind_list, {"kind": "question"}, name="faq"),
    path("glossary/", views.kind_list, {"kind": "term"}, name="glossary"),
    path("share/<str:token>/", share_page, name="share"),
    path("disclaimer/history/", disclaimer_history, name="disclaimer_history"),
    path("disclaimer/<slug:slug>/history/", disclaimer_history, name="disclaimer_history_of"),
    path("disclaimer/", entry_page, name="disclaimer"),
    path("disclaimer/<slug:slug>/", entry_page),
    path("articles/<slug:slug>/", entry_page),
    path("supplements/<slug:slug>/", entry_page),
    path("faq/<slug:slug>/", entry_page),
    path("glossary/<slug:slug>/", entry_page),
    path("<slug:slug>/", entry_page),
    re_path(r"^(?P<stem>.+)\.md$", markdown_page),
]
