"""
Who may come in where: written by hand, not worked out from anything.

A new door is one line in ``channels/rules/doors.py`` and one line here: under ``OPEN_TO``
if it leads to no matter, under ``LOOKS`` or in the steps below if it does.
"""

ADMINS = {"sysadmin", "secadmin", "auditor"}
AT_WORK = {
    "reception",
    "coordinator",
    "unit_head",
    "member",
    "leader",
    "chief",
    "discipline",
}
STAFF = AT_WORK | ADMINS
ALL = STAFF | {"stranger", "speaker"}
ANSWERING = {"coordinator", "chief", "discipline"}
KEEPING = {"coordinator", "secadmin"}
REVIEWING = KEEPING | {"auditor"}
FIGURES = {"coordinator", "chief", "leader", "unit_head"}

# Doors that lead to no single matter → who comes in.
WRITERS = {"reception", "coordinator", "unit_head", "chief", "leader"}
OPEN_TO = {
    "GET /": ALL,
    "GET|POST /speak/": ALL,
    "GET /leave/": ALL,
    "GET /desk/roads/": {"coordinator"},
    "POST /desk/roads/{road}/": {"coordinator"},
    "GET|POST /in/wechat/": ALL,
    "GET|POST /in/wecom/": ALL,
    "POST /in/qq/": ALL,
    "GET /progress/": ALL,
    "POST /progress/": {"speaker"},
    "POST /progress/files/{uid}/": {"speaker"},
    "POST /progress/check/": {"speaker"},
    "GET /api/openapi.json": ALL,
    "POST /api/v1/tokens": ALL,
    "POST /api/v1/matters": ALL,
    "GET /api/v1/matters": STAFF,
    "GET /api/v1/progress/{receipt}": {"speaker"},
    "GET|POST /accounts/sign-in/": ALL,
    "GET|POST /accounts/sign-in/second/": ALL,
    "GET|POST /accounts/sign-in/enrol/": ALL,
    "GET|POST /accounts/sign-in/passkey/": ALL,
    "GET /accounts/sign-in/company/": ALL,
    "GET /accounts/sign-in/company/back/": ALL,
    "POST /accounts/sign-out/": ALL,
    "GET|POST /accounts/invitation/": ALL,
    "GET /accounts/invitation/{link_part}/": ALL,
    "POST /accounts/language/": ALL,
    "POST /accounts/type/": ALL,
    "GET /accounts/": STAFF,
    "GET|POST /accounts/password/": STAFF,
    "GET|POST /accounts/prove/": STAFF,
    "POST /accounts/told/": STAFF,
    "GET /accounts/roads/": STAFF,
    "POST /accounts/roads/wish/": STAFF,
    "POST /accounts/roads/{road}/": STAFF,
    "POST /accounts/roads/{road}/confirm/": STAFF,
    "POST /accounts/roads/{road}/bind/": STAFF,
    "POST /accounts/roads/{road}/drop/": STAFF,
    "POST /accounts/sessions/end/": STAFF,
    "POST /accounts/sessions/{uid}/end/": STAFF,
    "GET|POST /accounts/factors/app/": STAFF,
    "POST /accounts/factors/app/remove/": STAFF,
    "POST /accounts/factors/codes/": STAFF,
    "GET|POST /accounts/factors/passkey/": STAFF,
    "POST /accounts/factors/passkey/{uid}/remove/": STAFF,
    "POST /accounts/tokens/{token_id}/withdraw/": STAFF,
    "GET /api/v1/notice": ALL,
    "GET /api/v1/puzzles/{door}": ALL,
    "GET /notice/{purpose}/": ALL,
    "GET /notice/{purpose}/{version}/": ALL,
    "GET /progress/own/": ALL,
    "GET|POST /office/set-up/": ALL,
    "GET /office/set-up/{link_part}/": ALL,
    "POST /progress/own/": {"speaker"},
    "POST /progress/own/copy/": {"speaker"},
    "POST /progress/own/do/{name}/": {"speaker"},
    "GET /office/": ADMINS,
    "GET /office/people/{person_id}/": ADMINS,
    "GET|POST /office/people/{person_id}/ask/{kind}/": ADMINS,
    "GET /office/proposals/": ADMINS,
    "GET /office/proposals/{uid}/": ADMINS,
    "POST /office/proposals/{uid}/confirm/": ADMINS,
    "POST /office/proposals/{uid}/decline/": ADMINS,
    "POST /office/proposals/{uid}/half/": ADMINS,
    "GET /office/people/": {"sysadmin", "secadmin"},
    "GET|POST /office/people/enter/": {"sysadmin"},
    "POST /office/people/{person_id}/invite/": {"sysadmin"},
    "POST /office/people/{person_id}/let-go/": {"sysadmin"},
    "GET|POST /office/units/": {"sysadmin"},
    "POST /office/people/{person_id}/half/": {"secadmin"},
    "POST /office/people/{person_id}/grant/": {"secadmin"},
    "POST /office/people/{person_id}/sign-out/": {"secadmin"},
    "POST /office/posts/{post_id}/withdraw/": {"secadmin"},
    "GET /audit/": {"auditor"},
    "GET /audit/export/{form}/": {"auditor"},
    "GET /audit/seals/": {"auditor"},
    "GET|POST /desk/my-data/": STAFF,
    "GET /desk/my-data/copy/": STAFF,
    "GET /desk/rights/": REVIEWING | ANSWERING,
    "GET /desk/rights/requests/": ANSWERING,
    "GET|POST /desk/rights/requests/{uid}/": ANSWERING,
    "GET /desk/rights/notices/": REVIEWING,
    "GET /desk/rights/retention/": REVIEWING,
    "GET /desk/rights/retention/{uid}/": REVIEWING,
    "GET /desk/rights/handings/": REVIEWING,
    "GET /desk/rights/handings/export/": REVIEWING,
    "GET /desk/rights/assessments/": REVIEWING,
    "GET|POST /desk/rights/notices/{purpose}/": KEEPING,
    "POST /desk/rights/retention/plan/": KEEPING,
    "POST /desk/rights/retention/{uid}/confirm/": KEEPING,
    "GET|POST /desk/rights/periods/{kind}/": KEEPING,
    "GET|POST /desk/rights/assessments/enter/": KEEPING,
    "GET /desk/figures/export/": FIGURES,
    "GET /desk/duty-sheet/": {"reception", "coordinator", "chief"},
    "GET /healthz": ALL,
    "GET /desk/notices/": AT_WORK,
    "POST /desk/notices/read/": AT_WORK,
    "GET /desk/figures/": FIGURES,
    "GET /desk/figures/behind/": FIGURES,
    "GET /desk/": STAFF,
    "GET /desk/zones/{name}/": AT_WORK,
    "GET /desk/ledger/": AT_WORK,
    "GET /desk/ledger/export/": AT_WORK,
    "GET|POST /desk/ledger/import/": {"coordinator"},
    "POST /desk/ledger/import/confirm/": {"coordinator"},
    "GET /desk/search/": AT_WORK,
    "GET|POST /desk/committee/": {"discipline"},
    "GET|POST /desk/register/": {"reception", "coordinator"},
    "GET /desk/referrals/": {"reception", "coordinator", "discipline"},
    "POST /desk/referrals/": {"reception", "coordinator"},
    "POST /desk/referrals/organ/": {"discipline"},
    "POST /desk/referrals/{uid}/passed/": {"discipline"},
    "POST /api/v1/referrals": ALL,
    "GET|POST /desk/handovers/": {"reception", "coordinator"},
    "POST /desk/handovers/{uid}/take/": {"reception", "coordinator"},
    "GET /rules/": ALL,
    "GET /rules/{name}/": ALL,
    "GET|POST /desk/rules/{name}/": {"coordinator"},
    "GET /wall/": ALL,
    "GET /column/": ALL,
    "GET /column/withdrawn/": ALL,
    "GET /column/{uid}/": ALL,
    "GET /column/{uid}/files/{file}/": ALL,
    "GET|POST /desk/column/": WRITERS,
    "GET /desk/column/{uid}/": WRITERS,
    "GET /desk/column/{uid}/files/{file}/": WRITERS,
    "POST /desk/column/{uid}/{how}/": WRITERS,
    "GET /open-days/": ALL,
    "GET /desk/poster/": {"reception", "coordinator"},
    "GET /desk/open-days/": {"reception", "coordinator"},
    "GET|POST /desk/open-days/rule/": {"coordinator"},
    "POST /desk/open-days/plan/": {"coordinator"},
    "POST /desk/open-days/{pk}/publish/": {"reception", "coordinator"},
    "POST /desk/open-days/{pk}/{how}/": {"coordinator"},
    "GET|POST /book/": ALL,
    "GET /book/mine/": ALL,
    "POST /book/mine/": {"speaker"},
    "GET /desk/promises/": AT_WORK,
    "GET|POST /desk/promises/on/{number}/": {"reception", "coordinator"},
    "POST /desk/promises/{uid}/report/": AT_WORK,
    "POST /desk/promises/{uid}/{how}/": {"reception", "coordinator"},
    "GET|POST /desk/call/": {"reception", "coordinator"},
    "POST /desk/call/keep/": {"reception", "coordinator"},
    "GET|POST /desk/scan/": {"reception", "coordinator"},
    "GET /desk/queue/": {"reception", "coordinator"},
    "POST /desk/queue/take/": {"reception", "coordinator"},
    "POST /desk/queue/call/": {"reception", "coordinator"},
    "GET /desk/queue/{uid}/": {"reception", "coordinator"},
    "GET|POST /desk/queue/{uid}/register/": {"reception", "coordinator"},
    "POST /desk/queue/{uid}/{how}/": {"reception", "coordinator"},
    "GET /desk/bookings/": {"reception", "coordinator"},
    "POST /desk/bookings/hours/": {"coordinator"},
    "GET|POST /desk/bookings/{uid}/register/": {"reception", "coordinator"},
    "POST /desk/bookings/{uid}/{how}/": {"reception", "coordinator"},
    "GET /desk/roster/": AT_WORK,
    "GET /desk/roster/poster/": AT_WORK,
    "GET /desk/roster/export/": AT_WORK,
    "POST /desk/roster/make/": {"coordinator"},
    "POST /desk/roster/turns/": {"coordinator"},
    "POST /desk/roster/turns/{pk}/off/": {"coordinator"},
    "POST /desk/roster/rule/": {"coordinator"},
    "POST /desk/roster/leaves/": AT_WORK,
    "POST /desk/roster/leaves/{pk}/back/": AT_WORK,
    "POST /desk/roster/swaps/": AT_WORK,
    "POST /desk/roster/swaps/{pk}/{how}/": AT_WORK,
    "POST /desk/roster/here/": AT_WORK,
    "POST /desk/roster/feed/": {"reception"},
    "GET /duty/{secret}.ics": ALL,
}

# Doors to one matter that are no steps → what it takes.
LOOKS = {
    "GET /desk/matters/{number}/": "see",
    "GET /api/v1/matters/{number}": "see",
    "GET /desk/matters/{number}/files/{uid}/": "read",
    "GET /desk/matters/{number}/slip/": "read",
    "GET /desk/matters/{number}/handings/": "read",
    "GET|POST /desk/matters/{number}/hand-outside/": "hand",
    "GET|POST /desk/matters/{number}/send-up/": "send_up",
    "GET /desk/matters/{number}/letters/{kind}/{year}-{serial}/": "read",
    "POST /desk/matters/{number}/speaker/": "speaker",
    "POST /api/v1/matters/{number}/speaker": "speaker",
}

NOTES = {"add_note", "attach", "recuse", "ask_release"}
RELEASING = {"grant_release", "refuse_release"}
KEEPING_OUT = {"recuse", "order_recusal", "name_object"}
OBJECTS = {"hand_to_discipline", "name_object"}
SORTING = {"solve_on_spot", "triage", "decline", "merge"}
ACCEPTING = {"accept", "send_back", "hand_over", "ask_part"}
WORKING = {"answer", "report_progress", "ask_extension", "resume"}
GRANTING = {"grant_extension", "refuse_extension", "suspend"}
DOING = OBJECTS | SORTING | ACCEPTING | WORKING | {"call_deliberation", "conclude"}

# What the relation alone lets anybody at work do.
BY_RELATION = {
    "none": set(),
    "receiver": OBJECTS | SORTING | RELEASING | {"call_deliberation", "reopen"},
    "sorter": DOING | RELEASING | {"reopen"},
    "designated": DOING,
    "lead_head": ACCEPTING,
    "lead_leader": GRANTING
    | {"call_deliberation", "supervise", "instruct", "order_recusal"},
    "handler": DOING,
    "handler_who_leads": DOING | {"supervise", "instruct", "order_recusal"},
    "convener": DOING,
    "asked_head": {"give_opinion"},
    "joint_head": {"deliver_part"},
    "part_leader": set(),
    "reviewer": DOING | {"uphold", "overturn"},
}
KEPT = {
    "named",
    "bound",
    "of_named_unit",
    "above_named_unit",
    "stepped_back",
    "elsewhere",
}
RESPONSIBLE = {
    "sorter",
    "designated",
    "handler",
    "handler_who_leads",
    "convener",
    "reviewer",
}
HANDLED_BY_ME = {"handler", "handler_who_leads"}
# Who knows of every matter of the mine, from whom it is not kept.
KNOW_ALL = {"coordinator", "chief"}
# The speaker's and the clock's own steps: nobody at a desk takes them.
NOBODYS = {
    "rate",
    "close",
    "ask_review",
    "ask_final_review",
    "supplement",
    "withdraw",
    "recalculate",
    "climb",
    "name_as_told",
    "fall_to_discipline",
}


def sees(kind, relation, protection):
    if kind in ADMINS or relation in KEPT:
        return False
    if relation != "none" or kind in KNOW_ALL:
        return True
    return kind == "discipline" and protection == "sealed"


def looks(kind, relation, protection):
    """Return what somebody who sees the matter may look at."""
    if protection == "sealed":
        return {"see", "read", "speaker"} if kind == "discipline" else {"see"}
    if protection == "plain":
        return {"see", "read", "speaker"}
    known = relation in {"receiver", "sorter"} or kind == "coordinator"
    guarded = protection == "confidential" and known
    return {"see", "read", "speaker"} if guarded else {"see", "read"}


def steps(kind, relation, protection):
    """Return the steps whose door is open to somebody who sees the matter."""
    may = set(BY_RELATION[relation])
    if protection != "sealed":
        may |= NOTES
    if kind == "coordinator":
        may |= OBJECTS | {"call_deliberation", "supervise", "reopen", "order_recusal"}
        may |= RELEASING
        may |= set() if relation == "designated" else SORTING
    if kind == "chief":
        may |= {"supervise", "instruct", "order_recusal"}
        may |= set() if relation in HANDLED_BY_ME else GRANTING
        may |= SORTING if relation == "designated" else set()
    if kind == "discipline" and relation in RESPONSIBLE:
        may |= {"order_recusal"}
    if protection == "sealed":
        # Whom it is kept from is the committee's to say, once it lies under its seal.
        may -= KEEPING_OUT
        may |= KEEPING_OUT if kind == "discipline" else set()
    return may


def of_matter(kind, relation, protection, wanted):
    """Return what a door answers that takes this look or this step."""
    if kind in {"stranger", "speaker"}:
        return "sign_in"
    if not sees(kind, relation, protection):
        return "absent"
    may = looks(kind, relation, protection) | steps(kind, relation, protection)
    if "read" in may and kind in {"coordinator", "discipline"}:
        may |= {"hand"}
    if "read" in may and kind == "discipline":
        may |= {"send_up"}
    return "open" if wanted in may else "refused"
