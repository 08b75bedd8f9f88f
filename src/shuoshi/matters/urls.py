"""The addresses of the desk."""

from django.urls import URLPattern, URLResolver, include, path

from shuoshi.matters.views import (
    committee,
    duty,
    files,
    inbox,
    ledger,
    ledger_export,
    ledger_import,
    letters,
    matters,
    referrals,
    register,
    search,
    steps,
    workbench,
)


app_name = "matters"
_matter: list[URLPattern | URLResolver] = [
    path("", matters.matter, name="matter"),
    path("speaker/", matters.speaker, name="speaker"),
    path("do/<slug:name>/", steps.step, name="step"),
    path("files/<uuid:uid>/", files.file, name="file"),
    path("slip/", letters.slip, name="slip"),
    path("send-up/", referrals.send_up, name="send_up"),
    path("letters/<slug:kind>/<int:year>-<int:serial>/", letters.letter, name="letter"),
]
_desk: list[URLPattern | URLResolver] = [
    path("", workbench.workbench, name="workbench"),
    path("zones/<slug:name>/", workbench.zone, name="zone"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", ledger_export.export, name="export_ledger"),
    path("ledger/import/", ledger_import.choose, name="import_ledger"),
    path("ledger/import/confirm/", ledger_import.confirm, name="confirm_ledger"),
    path("committee/", committee.committee, name="committee"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals/organ/", referrals.organ, name="organ"),
    path("referrals/<uuid:uid>/passed/", referrals.passed, name="passed"),
    path("duty-sheet/", duty.duty_sheet, name="duty_sheet"),
    path("search/", search.search, name="search"),
    path("register/", register.register, name="register"),
    path("matters/<slug:number>/", include(_matter)),
]
urlpatterns: list[URLPattern | URLResolver] = [path("desk/", include(_desk))]
# A room of its own by name; it shows only what the gate lets be seen, so it is answered here.
inbox_urls = (
    [
        path("", inbox.inbox, name="inbox"),
        path("read/", inbox.read_all, name="read_all"),
    ],
    "notices",
)
