"""
Every way into the house, one line each, and what it asks for.

A test fails for an address or an operation of the API that stands in no line here. To add
one, write ``_door("GET POST", "/its/{address}/", WHAT_IT_NEEDS)`` under its room, and a
line in the table written by hand in ``tests/access/by_hand.py``.
"""

from collections.abc import Iterator

from shuoshi.channels.rules.needs import Door, Need, Way
from shuoshi.matters.rules.access import FIGURING, IMPORTING, REGISTERING, Permission
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.rules.roles import ADMINISTRATORS, Role


def _door(methods: str, path: str, need: Need) -> Door:
    return Door(frozenset(methods.split()), path, need)


def session(*roles: Role) -> Need:
    """Whoever has signed in, or who holds one of these posts; 403 for the others."""
    return Need(Way.SESSION, roles=frozenset(roles))


def working(*roles: Role) -> Need:
    """Who deals with matters, never an administrator; 403 for the others."""
    return Need(Way.SESSION, roles=frozenset(roles), work=True)


def hidden(*roles: Role) -> Need:
    """Who holds one of these posts; for the others it is not there: 404."""
    return Need(Way.SESSION, roles=frozenset(roles), hidden=True)


def of_matter(permission: Permission, *roles: Role) -> Need:
    """Who has the permission on the matter: 404 who must not know of it, 403 the others."""
    return Need(Way.SESSION, permission, frozenset(roles))


def by_token(permission: Permission) -> Need:
    """The same by a token of the API."""
    return Need(Way.TOKEN, permission)


ANYBODY = Need(Way.FREE)
SIGNED_IN = session()
AT_WORK = working()
TOKEN = Need(Way.TOKEN)
RECEIPT = Need(Way.RECEIPT)

# Who looks after people's rights: answers them, keeps its tables, looks over both.
ANSWERING = (Role.COORDINATOR, Role.CHIEF, Role.DISCIPLINE)
KEEPING = (Role.COORDINATOR, Role.SECADMIN)
REVIEWING = (*KEEPING, Role.AUDITOR)
# Who may write what everybody is to read.
WRITING = (*REGISTERING, Role.UNIT_HEAD, Role.CHIEF, Role.LEADER)
SYSTEM, SECURITY, AUDITOR = Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR

MATTER = "/desk/matters/{number}/"
API_MATTER = "/api/v1/matters/{number}"
API_PROGRESS = "/api/v1/progress/{receipt}"


def _steps() -> Iterator[Door]:
    for name, step in STEPS.items():
        if step.sources:
            yield _door("GET POST", f"{MATTER}do/{name}/", of_matter(step.by))
            yield _door("POST", f"{API_MATTER}/actions/{name}", by_token(step.by))
        if step.by is Permission.SPEAK:
            yield _door("POST", f"/progress/do/{name}/", RECEIPT)
            yield _door("POST", f"{API_PROGRESS}/actions/{name}", RECEIPT)


DOORS: tuple[Door, ...] = (
    # channels, for whoever has something to say
    _door("GET", "/", ANYBODY),
    _door("GET POST", "/speak/", ANYBODY),
    _door("GET", "/leave/", ANYBODY),
    _door("GET", "/desk/roads/", working(Role.COORDINATOR)),
    _door("POST", "/desk/roads/{road}/", working(Role.COORDINATOR)),
    # What comes by these is let in by its signature.
    _door("GET POST", "/in/wechat/", ANYBODY),
    _door("GET POST", "/in/wecom/", ANYBODY),
    _door("POST", "/in/qq/", ANYBODY),
    _door("GET", "/progress/", ANYBODY),
    _door("POST", "/progress/", RECEIPT),
    _door("POST", "/progress/files/{uid}/", RECEIPT),
    _door("POST", "/progress/check/", RECEIPT),
    # channels, for programs
    _door("GET", "/api/openapi.json", ANYBODY),
    _door("POST", "/api/v1/tokens", ANYBODY),
    _door("POST", "/api/v1/matters", ANYBODY),
    _door("GET", "/api/v1/matters", TOKEN),
    _door("GET", API_MATTER, by_token(Permission.SEE)),
    _door("POST", f"{API_MATTER}/speaker", by_token(Permission.SEE_SPEAKER)),
    _door("POST", "/api/v1/referrals", ANYBODY),
    _door("GET", API_PROGRESS, RECEIPT),
    _door("GET", "/api/v1/notice", ANYBODY),
    _door("GET", "/api/v1/puzzles/{door}", ANYBODY),
    # accounts
    _door("GET POST", "/accounts/sign-in/", ANYBODY),
    _door("GET POST", "/accounts/sign-in/second/", ANYBODY),
    _door("GET POST", "/accounts/sign-in/enrol/", ANYBODY),
    _door("GET POST", "/accounts/sign-in/passkey/", ANYBODY),
    _door("GET", "/accounts/sign-in/company/", ANYBODY),
    _door("GET", "/accounts/sign-in/company/back/", ANYBODY),
    _door("POST", "/accounts/sign-out/", ANYBODY),
    _door("GET POST", "/accounts/invitation/", ANYBODY),
    _door("GET", "/accounts/invitation/{link_part}/", ANYBODY),
    _door("POST", "/accounts/language/", ANYBODY),
    _door("POST", "/accounts/type/", ANYBODY),
    _door("GET", "/accounts/", SIGNED_IN),
    _door("GET POST", "/accounts/password/", SIGNED_IN),
    _door("GET POST", "/accounts/prove/", SIGNED_IN),
    _door("POST", "/accounts/told/", SIGNED_IN),
    _door("POST", "/accounts/sessions/end/", SIGNED_IN),
    _door("POST", "/accounts/sessions/{uid}/end/", SIGNED_IN),
    _door("GET POST", "/accounts/factors/app/", SIGNED_IN),
    _door("POST", "/accounts/factors/app/remove/", SIGNED_IN),
    _door("POST", "/accounts/factors/codes/", SIGNED_IN),
    _door("GET POST", "/accounts/factors/passkey/", SIGNED_IN),
    _door("POST", "/accounts/factors/passkey/{uid}/remove/", SIGNED_IN),
    _door("POST", "/accounts/tokens/{token_id}/withdraw/", SIGNED_IN),
    # notices
    _door("GET", "/accounts/roads/", SIGNED_IN),
    _door("POST", "/accounts/roads/wish/", SIGNED_IN),
    _door("POST", "/accounts/roads/{road}/", SIGNED_IN),
    _door("POST", "/accounts/roads/{road}/confirm/", SIGNED_IN),
    _door("POST", "/accounts/roads/{road}/bind/", SIGNED_IN),
    _door("POST", "/accounts/roads/{road}/drop/", SIGNED_IN),
    # administrators
    _door("GET", "/office/", hidden(*ADMINISTRATORS)),
    _door("GET", "/office/people/", hidden(SYSTEM, SECURITY)),
    _door("GET POST", "/office/people/enter/", hidden(SYSTEM)),
    _door("GET", "/office/people/{person_id}/", hidden(*ADMINISTRATORS)),
    _door("POST", "/office/people/{person_id}/invite/", hidden(SYSTEM)),
    _door("POST", "/office/people/{person_id}/half/", hidden(SECURITY)),
    _door("POST", "/office/people/{person_id}/let-go/", hidden(SYSTEM)),
    _door("POST", "/office/people/{person_id}/grant/", hidden(SECURITY)),
    _door("POST", "/office/people/{person_id}/sign-out/", hidden(SECURITY)),
    _door(
        "GET POST", "/office/people/{person_id}/ask/{kind}/", hidden(*ADMINISTRATORS)
    ),
    _door("POST", "/office/posts/{post_id}/withdraw/", hidden(SECURITY)),
    _door("GET", "/office/proposals/", hidden(*ADMINISTRATORS)),
    _door("GET", "/office/proposals/{uid}/", hidden(*ADMINISTRATORS)),
    _door("POST", "/office/proposals/{uid}/confirm/", hidden(*ADMINISTRATORS)),
    _door("POST", "/office/proposals/{uid}/decline/", hidden(*ADMINISTRATORS)),
    _door("POST", "/office/proposals/{uid}/half/", hidden(*ADMINISTRATORS)),
    _door("GET POST", "/office/units/", hidden(SYSTEM)),
    _door("GET POST", "/office/set-up/", ANYBODY),
    _door("GET", "/office/set-up/{link_part}/", ANYBODY),
    # audit
    _door("GET", "/audit/", hidden(AUDITOR)),
    _door("GET", "/audit/export/{form}/", hidden(AUDITOR)),
    _door("GET", "/audit/seals/", hidden(AUDITOR)),
    # rights
    _door("GET", "/notice/{purpose}/", ANYBODY),
    _door("GET", "/notice/{purpose}/{version}/", ANYBODY),
    _door("GET", "/progress/own/", ANYBODY),
    _door("POST", "/progress/own/", RECEIPT),
    _door("POST", "/progress/own/copy/", RECEIPT),
    _door("POST", "/progress/own/do/{name}/", RECEIPT),
    _door("GET POST", "/desk/my-data/", SIGNED_IN),
    _door("GET", "/desk/my-data/copy/", SIGNED_IN),
    _door("GET", "/desk/rights/", session(*REVIEWING, *ANSWERING)),
    _door("GET", "/desk/rights/requests/", session(*ANSWERING)),
    _door("GET POST", "/desk/rights/requests/{uid}/", hidden(*ANSWERING)),
    _door("GET", "/desk/rights/notices/", session(*REVIEWING)),
    _door("GET POST", "/desk/rights/notices/{purpose}/", session(*KEEPING)),
    _door("GET", "/desk/rights/retention/", session(*REVIEWING)),
    _door("POST", "/desk/rights/retention/plan/", session(*KEEPING)),
    _door("GET", "/desk/rights/retention/{uid}/", session(*REVIEWING)),
    _door("POST", "/desk/rights/retention/{uid}/confirm/", session(*KEEPING)),
    _door("GET POST", "/desk/rights/periods/{kind}/", session(*KEEPING)),
    _door("GET", "/desk/rights/handings/", session(*REVIEWING)),
    _door("GET", "/desk/rights/handings/export/", session(*REVIEWING)),
    _door("GET", "/desk/rights/assessments/", session(*REVIEWING)),
    _door("GET POST", "/desk/rights/assessments/enter/", session(*KEEPING)),
    _door("GET", f"{MATTER}handings/", of_matter(Permission.READ)),
    _door("GET POST", f"{MATTER}send-up/", of_matter(Permission.READ, Role.DISCIPLINE)),
    _door(
        "GET POST",
        f"{MATTER}hand-outside/",
        of_matter(Permission.READ, Role.COORDINATOR, Role.DISCIPLINE),
    ),
    # jobs
    _door("GET", "/healthz", ANYBODY),
    # notices
    _door("GET", "/desk/notices/", AT_WORK),
    _door("POST", "/desk/notices/read/", AT_WORK),
    # insight
    _door("GET", "/desk/figures/", working(*FIGURING)),
    _door("GET", "/desk/figures/behind/", working(*FIGURING)),
    _door("GET", "/desk/figures/export/", working(*FIGURING)),
    # matters
    _door("GET", "/desk/", SIGNED_IN),
    _door("GET", "/desk/zones/{name}/", AT_WORK),
    _door("GET", "/desk/ledger/", AT_WORK),
    _door("GET", "/desk/ledger/export/", AT_WORK),
    _door("GET POST", "/desk/ledger/import/", working(*IMPORTING)),
    _door("POST", "/desk/ledger/import/confirm/", working(*IMPORTING)),
    _door("GET", "/desk/search/", AT_WORK),
    _door("GET POST", "/desk/committee/", hidden(Role.DISCIPLINE)),
    _door("GET", "/desk/referrals/", hidden(*REGISTERING, Role.DISCIPLINE)),
    _door("POST", "/desk/referrals/", hidden(*REGISTERING)),
    _door("POST", "/desk/referrals/organ/", hidden(Role.DISCIPLINE)),
    _door("POST", "/desk/referrals/{uid}/passed/", hidden(Role.DISCIPLINE)),
    _door("GET POST", "/desk/register/", working(*REGISTERING)),
    _door("GET", "/wall/", ANYBODY),
    # disclosure
    _door("GET", "/column/", ANYBODY),
    _door("GET", "/column/withdrawn/", ANYBODY),
    _door("GET", "/column/{uid}/", ANYBODY),
    _door("GET", "/column/{uid}/files/{file}/", ANYBODY),
    _door("GET POST", "/desk/column/", session(*WRITING)),
    _door("GET", "/desk/column/{uid}/", session(*WRITING)),
    _door("GET", "/desk/column/{uid}/files/{file}/", session(*WRITING)),
    _door("POST", "/desk/column/{uid}/{how}/", session(*WRITING)),
    _door("GET", "/rules/", ANYBODY),
    _door("GET", "/rules/{name}/", ANYBODY),
    _door("GET POST", "/desk/rules/{name}/", session(Role.COORDINATOR)),
    # reception
    _door("GET", "/open-days/", ANYBODY),
    _door("GET", "/desk/poster/", working(*REGISTERING)),
    _door("GET", "/desk/open-days/", working(*REGISTERING)),
    _door("GET POST", "/desk/open-days/rule/", working(Role.COORDINATOR)),
    _door("POST", "/desk/open-days/plan/", working(Role.COORDINATOR)),
    _door("POST", "/desk/open-days/{pk}/publish/", working(*REGISTERING)),
    _door("POST", "/desk/open-days/{pk}/{how}/", working(Role.COORDINATOR)),
    _door("GET POST", "/book/", ANYBODY),
    _door("GET", "/book/mine/", ANYBODY),
    _door("POST", "/book/mine/", RECEIPT),
    _door("GET", "/desk/promises/", AT_WORK),
    _door("GET POST", "/desk/promises/on/{number}/", working(*REGISTERING)),
    _door("POST", "/desk/promises/{uid}/report/", AT_WORK),
    _door("POST", "/desk/promises/{uid}/{how}/", working(*REGISTERING)),
    _door("GET POST", "/desk/call/", working(*REGISTERING)),
    _door("POST", "/desk/call/keep/", working(*REGISTERING)),
    _door("GET POST", "/desk/scan/", working(*REGISTERING)),
    _door("GET", "/desk/queue/", working(*REGISTERING)),
    _door("POST", "/desk/queue/take/", working(*REGISTERING)),
    _door("POST", "/desk/queue/call/", working(*REGISTERING)),
    _door("GET", "/desk/queue/{uid}/", working(*REGISTERING)),
    _door("GET POST", "/desk/queue/{uid}/register/", working(*REGISTERING)),
    _door("POST", "/desk/queue/{uid}/{how}/", working(*REGISTERING)),
    _door("GET", "/desk/bookings/", working(*REGISTERING)),
    _door("POST", "/desk/bookings/hours/", working(Role.COORDINATOR)),
    _door("GET POST", "/desk/bookings/{uid}/register/", working(*REGISTERING)),
    _door("POST", "/desk/bookings/{uid}/{how}/", working(*REGISTERING)),
    _door("GET POST", "/desk/handovers/", working(*REGISTERING)),
    _door("POST", "/desk/handovers/{uid}/take/", working(*REGISTERING)),
    # duty
    _door("GET", "/desk/roster/", AT_WORK),
    _door("GET", "/desk/roster/poster/", AT_WORK),
    _door("GET", "/desk/roster/export/", AT_WORK),
    _door("POST", "/desk/roster/make/", hidden(Role.COORDINATOR)),
    _door("POST", "/desk/roster/turns/", hidden(Role.COORDINATOR)),
    _door("POST", "/desk/roster/turns/{pk}/off/", hidden(Role.COORDINATOR)),
    _door("POST", "/desk/roster/rule/", hidden(Role.COORDINATOR)),
    _door("POST", "/desk/roster/leaves/", AT_WORK),
    _door("POST", "/desk/roster/leaves/{pk}/back/", AT_WORK),
    _door("POST", "/desk/roster/swaps/", AT_WORK),
    _door("POST", "/desk/roster/swaps/{pk}/{how}/", AT_WORK),
    _door("POST", "/desk/roster/here/", AT_WORK),
    _door("POST", "/desk/roster/feed/", working(Role.RECEPTION)),
    _door("GET", "/duty/{secret}.ics", ANYBODY),
    _door("GET", "/desk/duty-sheet/", working(*REGISTERING, Role.CHIEF)),
    _door("GET", MATTER, of_matter(Permission.SEE)),
    _door("POST", f"{MATTER}speaker/", of_matter(Permission.SEE_SPEAKER)),
    _door("GET", f"{MATTER}files/{{uid}}/", of_matter(Permission.READ)),
    _door("GET", f"{MATTER}slip/", of_matter(Permission.READ)),
    _door(
        "GET",
        f"{MATTER}letters/{{kind}}/{{year}}-{{serial}}/",
        of_matter(Permission.READ),
    ),
    *_steps(),
)
