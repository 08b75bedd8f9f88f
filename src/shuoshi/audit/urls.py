from django.urls import path

from shuoshi.audit.views import trail


app_name = "audit"
urlpatterns = [
    path("audit/", trail.trail, name="trail"),
    path("audit/export/<slug:form>/", trail.export, name="export"),
    path("audit/seals/", trail.seals, name="seals"),
]
