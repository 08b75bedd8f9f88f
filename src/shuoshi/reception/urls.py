from django.urls import path

from shuoshi.reception.views import bookings, handovers, open_days, posters


app_name = "reception"
urlpatterns = [
    path("open-days/", open_days.public, name="public_open_days"),
    path("desk/open-days/", open_days.open_days, name="open_days"),
    path("desk/open-days/plan/", open_days.plan, name="plan_open_day"),
    path("desk/open-days/<int:pk>/<slug:how>/", open_days.act, name="act_open_day"),
    path("desk/poster/", posters.poster, name="poster"),
    path("desk/handovers/", handovers.handovers, name="handovers"),
    path("desk/handovers/<uuid:uid>/take/", handovers.take, name="take"),
    path("desk/bookings/", bookings.bookings, name="bookings"),
    path("desk/bookings/hours/", bookings.hours, name="hours"),
    path("desk/bookings/<uuid:uid>/register/", bookings.register, name="register"),
    path("desk/bookings/<uuid:uid>/<slug:how>/", bookings.came, name="came"),
]
