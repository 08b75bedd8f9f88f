"""Every room, and where its door is."""

from django.urls import include, path

from shuoshi.matters.urls import inbox_urls
from shuoshi.rights.urls import own_urls


handler400 = "shuoshi.common.views.bad_request"
handler403 = "shuoshi.common.views.forbidden"
handler404 = "shuoshi.common.views.not_found"
handler500 = "shuoshi.common.views.broken"
urlpatterns = [
    path("accounts/roads/", include("shuoshi.notices.urls")),
    path("accounts/", include("shuoshi.accounts.urls")),
    path("office/", include("shuoshi.administrators.urls")),
    path("api/", include("shuoshi.channels.api.urls")),
    path("", include("shuoshi.jobs.urls")),
    path("desk/notices/", include(inbox_urls)),
    path("progress/own/", include(own_urls)),
    path("", include("shuoshi.rights.urls")),
    path("", include("shuoshi.audit.urls")),
    path("", include("shuoshi.disclosure.urls")),
    path("", include("shuoshi.duty.urls")),
    path("", include("shuoshi.reception.urls")),
    path("", include("shuoshi.insight.urls")),
    path("", include("shuoshi.matters.urls")),
    path("", include("shuoshi.channels.urls")),
]
