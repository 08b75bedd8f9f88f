from django.urls import path

from shuoshi.reception.views import (
    bookings,
    handovers,
    open_day_rule,
    open_days,
    posters,
    promises,
    queue,
    taking,
)


app_name = "reception"
urlpatterns = [
    path("open-days/", open_days.public, name="public_open_days"),
    path("desk/open-days/", open_days.open_days, name="open_days"),
    path("desk/open-days/rule/", open_day_rule.rule, name="open_day_rule"),
    path("desk/open-days/plan/", open_days.plan, name="plan_open_day"),
    path("desk/open-days/<int:pk>/publish/", open_days.publish, name="publish_report"),
    path("desk/open-days/<int:pk>/<slug:how>/", open_days.act, name="act_open_day"),
    path("desk/poster/", posters.poster, name="poster"),
    path("desk/handovers/", handovers.handovers, name="handovers"),
    path("desk/handovers/<uuid:uid>/take/", handovers.take, name="take"),
    path("desk/promises/", promises.promises, name="promises"),
    path("desk/promises/on/<slug:number>/", promises.make, name="make_promise"),
    path("desk/promises/<uuid:uid>/report/", promises.report, name="report_promise"),
    path("desk/promises/<uuid:uid>/<slug:how>/", promises.check, name="check_promise"),
    path("desk/call/", taking.call, name="take_call"),
    path("desk/call/keep/", taking.keep, name="keep_call"),
    path("desk/scan/", taking.scan, name="take_scan"),
    path("desk/queue/", queue.queue, name="queue"),
    path("desk/queue/take/", queue.take, name="take_number"),
    path("desk/queue/call/", queue.call, name="call"),
    path("desk/queue/<uuid:uid>/", queue.ticket, name="ticket"),
    path("desk/queue/<uuid:uid>/register/", queue.register, name="register_ticket"),
    path("desk/queue/<uuid:uid>/<slug:how>/", queue.act, name="act_ticket"),
    path("desk/bookings/", bookings.bookings, name="bookings"),
    path("desk/bookings/hours/", bookings.hours, name="hours"),
    path("desk/bookings/<uuid:uid>/register/", bookings.register, name="register"),
    path("desk/bookings/<uuid:uid>/<slug:how>/", bookings.came, name="came"),
]
