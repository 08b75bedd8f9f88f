from django.urls import path

from shuoshi.channels.views import home, progress, speaking


app_name = "channels"
urlpatterns = [
    path("", home.home, name="home"),
    path("speak/", speaking.speak, name="speak"),
    path("progress/", progress.progress, name="progress"),
    path("progress/do/<str:name>/", progress.progress_step, name="progress_step"),
]
