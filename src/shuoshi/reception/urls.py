from django.urls import path

from shuoshi.reception.views import bookings, handovers


app_name = "reception"
urlpatterns = [
    path("desk/handovers/", handovers.handovers, name="handovers"),
    path("desk/handovers/<uuid:uid>/take/", handovers.take, name="take"),
    path("desk/bookings/", bookings.bookings, name="bookings"),
    path("desk/bookings/hours/", bookings.hours, name="hours"),
    path("desk/bookings/<uuid:uid>/register/", bookings.register, name="register"),
    path("desk/bookings/<uuid:uid>/<slug:how>/", bookings.came, name="came"),
]
