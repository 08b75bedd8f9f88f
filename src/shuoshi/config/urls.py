"""Every room, and where its door is."""

from django.urls import include, path


urlpatterns = [
    path("", include("shuoshi.matters.urls")),
]
