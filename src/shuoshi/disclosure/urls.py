from django.urls import path

from shuoshi.disclosure.views import house_rules


app_name = "disclosure"
urlpatterns = [
    path("rules/", house_rules.house_rules, name="rules"),
    path("rules/<slug:name>/", house_rules.house_rule, name="rule"),
    path("desk/rules/<slug:name>/", house_rules.publish, name="publish"),
]
