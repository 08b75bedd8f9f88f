from django.urls import path

from shuoshi.notices.views import roads


app_name = "roads"
urlpatterns = [
    path("", roads.roads, name="roads"),
    path("wish/", roads.wish, name="wish"),
    path("<slug:road>/", roads.ask, name="ask"),
    path("<slug:road>/confirm/", roads.confirm, name="confirm"),
    path("<slug:road>/bind/", roads.bind, name="bind"),
    path("<slug:road>/drop/", roads.drop, name="drop"),
]
