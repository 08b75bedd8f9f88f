from django.urls import path, re_path

from shuoshi.channels.api.application import api
from shuoshi.channels.api.errors import nothing_here


urlpatterns = [
    path("", nothing_here),
    path("", api.urls),
    re_path("", nothing_here),
]
