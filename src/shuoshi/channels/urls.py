from django.urls import path

from shuoshi.channels.views import (
    booking,
    home,
    platforms,
    progress,
    roads,
    speaking,
    traces,
)


app_name = "channels"
urlpatterns = [
    path("", home.home, name="home"),
    path("speak/", speaking.speak, name="speak"),
    path("book/", booking.booking, name="book"),
    path("book/mine/", booking.my_booking, name="my_booking"),
    path("leave/", traces.leave, name="leave"),
    path("progress/", progress.progress, name="progress"),
    path("progress/check/", progress.progress_check, name="progress_check"),
    path("progress/do/<str:name>/", progress.progress_step, name="progress_step"),
    path("progress/files/<uuid:uid>/", progress.progress_file, name="progress_file"),
    path("desk/roads/", roads.roads, name="roads"),
    path("desk/roads/<slug:road>/", roads.switch, name="switch_road"),
    path("in/wechat/", platforms.wechat, name="wechat"),
    path("in/wecom/", platforms.wecom, name="wecom"),
    path("in/qq/", platforms.qq, name="qq"),
]
