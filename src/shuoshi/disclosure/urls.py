from django.urls import path

from shuoshi.disclosure.views import announcements, files, house_rules


app_name = "disclosure"
urlpatterns = [
    path("column/", announcements.column, name="column"),
    path("column/withdrawn/", announcements.withdrawn, name="withdrawn"),
    path("column/<uuid:uid>/", announcements.announcement, name="announcement"),
    path("column/<uuid:uid>/files/<uuid:file>/", files.public, name="file"),
    path("desk/column/", announcements.desk, name="desk"),
    path("desk/column/<uuid:uid>/", announcements.one, name="one"),
    path("desk/column/<uuid:uid>/files/<uuid:file>/", files.own, name="own_file"),
    path("desk/column/<uuid:uid>/<slug:how>/", announcements.act, name="act"),
    path("rules/", house_rules.house_rules, name="rules"),
    path("rules/<slug:name>/", house_rules.house_rule, name="rule"),
    path("desk/rules/<slug:name>/", house_rules.publish, name="publish"),
]
