"""The addresses of people's rights: for speakers, for everybody, for those who look after them."""

from django.urls import URLPattern, URLResolver, path

from shuoshi.rights.views import (
    handings,
    own,
    registers,
    requests,
    retention,
    room,
    staff,
    tellings,
)


app_name = "rights"
urlpatterns: list[URLPattern | URLResolver] = [
    path("notice/<slug:purpose>/", tellings.telling, name="telling"),
    path("notice/<slug:purpose>/<int:version>/", tellings.telling, name="telling"),
    path("desk/my-data/", staff.my_data, name="my_data"),
    path("desk/my-data/copy/", staff.my_copy, name="my_copy"),
    path("desk/rights/", room.room, name="room"),
    path("desk/rights/requests/", requests.queue, name="requests"),
    path("desk/rights/requests/<uuid:uid>/", requests.request_page, name="request"),
    path("desk/rights/notices/", tellings.tellings, name="tellings"),
    path("desk/rights/notices/<slug:purpose>/", tellings.publish, name="publish"),
    path("desk/rights/retention/", retention.retention, name="retention"),
    path("desk/rights/retention/plan/", retention.make, name="make_plan"),
    path("desk/rights/retention/<uuid:uid>/", retention.plan, name="plan"),
    path(
        "desk/rights/retention/<uuid:uid>/confirm/", retention.confirm, name="confirm"
    ),
    path("desk/rights/periods/<slug:kind>/", retention.period, name="period"),
    path("desk/rights/handings/", registers.handings, name="handings"),
    path("desk/rights/handings/export/", registers.export, name="export_handings"),
    path("desk/rights/assessments/", registers.assessments, name="assessments"),
    path("desk/rights/assessments/enter/", registers.enter, name="enter_assessment"),
    path("desk/matters/<slug:number>/handings/", handings.panel, name="handings_panel"),
    path(
        "desk/matters/<slug:number>/hand-outside/", handings.hand, name="hand_outside"
    ),
]
# Behind the receipt, with the phone's frame.
own_urls: tuple[list[URLPattern], str] = (
    [
        path("", own.own, name="own"),
        path("copy/", own.own_copy, name="copy"),
        path("do/<slug:name>/", own.own_act, name="act"),
    ],
    "own",
)
