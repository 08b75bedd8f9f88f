from django.urls import path

from shuoshi.duty.views import feeds, planning, rosters, swaps


app_name = "duty"
urlpatterns = [
    path("desk/roster/", rosters.roster, name="roster"),
    path("desk/roster/poster/", rosters.poster, name="poster"),
    path("desk/roster/export/", rosters.export, name="export"),
    path("desk/roster/make/", planning.make, name="make"),
    path("desk/roster/turns/", planning.turn, name="turn"),
    path("desk/roster/turns/<int:pk>/off/", planning.off, name="off"),
    path("desk/roster/leaves/", swaps.leave, name="leave"),
    path("desk/roster/leaves/<int:pk>/back/", swaps.back, name="back"),
    path("desk/roster/rule/", planning.rule, name="rule"),
    path("desk/roster/swaps/", swaps.swap, name="swap"),
    path("desk/roster/swaps/<int:pk>/<slug:how>/", swaps.answer, name="answer"),
    path("desk/roster/here/", swaps.here, name="here"),
    path("desk/roster/feed/", feeds.subscribe, name="subscribe"),
    path("duty/<str:secret>.ics", feeds.feed, name="feed"),
]
