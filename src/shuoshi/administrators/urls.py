from django.urls import path

from shuoshi.administrators.views import office, people, proposals, set_up, units


app_name = "administrators"
urlpatterns = [
    path("", office.office, name="office"),
    path("people/", people.people, name="people"),
    path("people/enter/", people.enter_one, name="enter"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/invite/", people.invite_one, name="invite"),
    path("people/<int:person_id>/half/", people.first_half, name="first_half"),
    path("people/<int:person_id>/let-go/", people.let_one_go, name="let_go"),
    path("people/<int:person_id>/grant/", people.grant, name="grant"),
    path("people/<int:person_id>/sign-out/", people.sign_out, name="sign_out"),
    path("posts/<int:post_id>/withdraw/", people.withdraw, name="withdraw"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:uid>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:uid>/confirm/", proposals.agree, name="confirm"),
    path("proposals/<uuid:uid>/decline/", proposals.refuse, name="decline"),
    path("proposals/<uuid:uid>/half/", proposals.half, name="half"),
    path("people/<int:person_id>/ask/<slug:kind>/", proposals.ask, name="ask"),
    path("units/", units.units, name="units"),
    path("set-up/", set_up.set_up_house, name="set_up"),
    path("set-up/<str:link_part>/", set_up.open_link, name="open_set_up"),
]
