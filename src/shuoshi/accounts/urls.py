from django.urls import path

from shuoshi.accounts.views import account, company, invitations, sign_in, wishes


app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/second/", sign_in.second, name="second"),
    path("sign-in/enrol/", sign_in.enrol, name="enrol"),
    path("sign-in/passkey/", sign_in.passkey, name="passkey"),
    path("sign-in/company/", company.leave, name="company"),
    path("sign-in/company/back/", company.come_back, name="company_back"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("invitation/", invitations.invitation, name="invitation"),
    path("invitation/<str:link_part>/", invitations.open_link, name="open_link"),
    path("", account.account, name="account"),
    path("password/", account.password, name="password"),
    path("prove/", account.prove, name="prove"),
    path("told/", account.told, name="told"),
    path("sessions/end/", account.end_others, name="end_others"),
    path("sessions/<uuid:uid>/end/", account.end, name="end"),
    path("factors/app/", account.add_app, name="add_app"),
    path("factors/app/remove/", account.drop_app, name="drop_app"),
    path("factors/codes/", account.new_codes, name="new_codes"),
    path("factors/passkey/", account.add_passkey, name="add_passkey"),
    path(
        "factors/passkey/<uuid:uid>/remove/", account.drop_passkey, name="drop_passkey"
    ),
    path("tokens/<int:token_id>/withdraw/", account.drop_token, name="drop_token"),
    path("language/", wishes.language, name="language"),
    path("type/", wishes.reading_size, name="type"),
]
