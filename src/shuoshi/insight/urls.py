"""The addresses of the figures."""

from django.urls import path

from shuoshi.insight.views import figures, wall


app_name = "insight"
urlpatterns = [
    path("wall/", wall.wall, name="wall"),
    path("desk/figures/", figures.figures, name="figures"),
    path("desk/figures/export/", figures.export, name="export"),
    path("desk/figures/behind/", figures.behind, name="behind"),
]
