from django.urls import path

from shuoshi.jobs import views


app_name = "jobs"
urlpatterns = [path("healthz", views.health, name="health")]
