"""What no answer may be, whoever asks for whatever."""

import io
import re
import zipfile
from urllib.parse import unquote

from django.urls import resolve
from django.urls.exceptions import Resolver404

from shuoshi.channels.rules.matrix import door_at
from shuoshi.channels.rules.needs import MALFORMED, Answer, Way
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page
from tests.fuzz.hostile import TAG
from tests.fuzz.world import MARK, MARKS, READS, SEES


NUMBER = re.compile(rb"2026-\d{4,7}")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
# The only answers of the house that are allowed to say that it is ill.
ILL = {"/healthz": {503}}
# Sent once more to sign in, or told to wait: allowed to everybody at every door.
ILL_OR_BUSY = {301, 429}
OF_THE_SPEAKER = ("/speak/", "/progress/", "/api/v1/progress/")
# Where who holds the receipt reads who they are.
OWN = "/progress/own/"
STALE = "页面放得太久了".encode()
EXEMPT = (
    "/accounts/language/",
    "/accounts/type/",
    "/speak/",
    "/progress/",
    "/api/",
    "/book/",
)


def content_of(answer):
    """Return what a person would read in the answer, unpacked if it is a workbook."""
    if not answer.body.startswith(b"PK"):
        return answer.body
    try:
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            return b"\n".join(book.read(name) for name in book.namelist())
    except zipfile.BadZipFile:
        return answer.body


def _is_sent_away(answer):
    """Tell whether somebody is to sign in anew, or to open the form anew."""
    if answer.status == 302:
        return answer.header("location").startswith("/accounts/sign-in/")
    return answer.status == 401 or (answer.status == 403 and STALE in answer.body)


class Judge:
    """Looks at an answer as somebody would who must not learn anything from it."""

    def __init__(self, world):
        self.world = world
        self.receipts = [one.receipt.encode() for one in world.planted]

    def allowed(self, who, asked):
        """
        Return the statuses that the printed matrix allows, as things stand before; None
        where a number leads to no planted matter.
        """
        door = door_at(asked.method, unquote(asked.path))
        if door is None or not _leads_somewhere(asked.path):
            return frozenset({301, 404}) | MALFORMED
        planted, person = None, self._asker(who, asked, door)
        if door.need.permission is not None and person is not None:
            found = re.search(r"/matters/(2026-\d{4})(?=/|$)", asked.path)
            planted = self.world.numbers.get(found[1]) if found else None
            if planted is None or who == "elsewhere":
                return None
            one = Matter.objects.filter(pk=planted.matter.pk)
            planted = for_the_page(one).first()
        holds = bool(self._opened_by(asked.said))
        told = door.need.answer(person, planted, holds_receipt=holds)
        allowed = door.statuses(told) | MALFORMED
        if door.need.way is Way.RECEIPT:
            # Which receipt is meant when several are sent is not for us to say.
            allowed |= door.statuses(Answer.ABSENT)
        allowed |= {422} if door.is_api else set()
        if planted is None:
            # No matter is at stake: a refusal tells nothing.
            allowed |= {401, 403, 404}
        is_whole = asked.is_ours and not asked.is_cut
        return allowed if is_whole else allowed | {403}

    def _asker(self, who, asked, door):
        kind = self.world.kinds[who]
        by_token = asked.headers.get("Authorization") == f"Bearer {kind.token}"
        known = by_token if door.is_api else bool(kind.cookies)
        return self.world.house.standing(who) if known else None

    def findings(self, who, asked, answer, allowed=None):
        """Yield a sentence for each thing that is wrong with the answer."""
        fits = allowed is None or answer.status in allowed | ILL_OR_BUSY
        if not fits and not _is_sent_away(answer):
            yield f"answered {answer.status}, the matrix allows {sorted(allowed)}"
        if answer.status >= 500 and answer.status not in ILL.get(asked.path, ()):
            yield f"answered {answer.status}"
        yield from self._leaks(who, asked, content_of(answer))
        yield from self._ways(who, asked, answer)
        yield from self._headers(asked, answer)

    def _leaks(self, who, asked, content):
        said = asked.said
        own = self._opened_by(said)
        for kind, place in sorted(set(MARK.findall(content))):
            planted = self.world.places[int(place)]
            column = MARKS[kind.decode()]
            # Who holds the receipt is the speaker, and reads the own data there alone.
            personal = kind in {b"name", b"tel"} and not asked.path.startswith(OWN)
            known = planted.name in own and not personal
            told = b"qx" + kind + place + b"z" in said
            if not (self.world.may(who, column, planted) or known or told):
                yield f"{kind.decode()} of {planted.name} shown to {who}"
        for number in sorted(set(NUMBER.findall(content))):
            planted = self.world.numbers.get(number.decode())
            if planted is None or who == "elsewhere" or number in said:
                continue
            audited = who == "auditor" and asked.path.startswith("/audit/")
            if self.world.may(who, SEES, planted) or planted.name in own:
                continue
            # What was done to a matter is told by its number, but for whom it is kept from.
            if not audited:
                yield f"number of {planted.name} shown to {who}"
        digits = re.sub(rb"(?<=\d)[ \xa0](?=\d)", b"", content)
        for receipt in self.receipts:
            if receipt in digits and receipt not in re.sub(rb"\D", b"", said):
                yield f"a receipt shown to {who}"

    def _opened_by(self, said):
        """Return the names of the matters whose receipt was in the request."""
        digits = re.sub(rb"[^0-9]", b"", said)
        own = {one.name for one in self.world.planted if one.receipt.encode() in digits}
        # Who was merged is told the course of the main one.
        return own | ({"received"} if "merged" in own else set())

    def _ways(self, who, asked, answer):
        signed_in = bool(self.world.kinds[who].cookies)
        found = re.search(r"/matters/(2026-\d{4})(?=/|$)", asked.path)
        planted = self.world.numbers.get(found[1]) if found else None
        good = 200 <= answer.status < 300
        is_desk = asked.path.startswith("/desk/")
        if planted and good and not self.world.may(who, SEES, planted):
            yield f"{planted.name} answered {answer.status} to {who}"
        is_file = planted and "/files/" in asked.path and good
        if is_file and not self.world.may(who, READS, planted):
            yield f"a file of {planted.name} handed to {who}"
        if is_desk and not signed_in and good:
            yield f"the desk answered {answer.status} to {who}"
        changing = asked.method not in {"GET", "HEAD", "OPTIONS", "TRACE"}
        forged = changing and signed_in and not (asked.is_ours or asked.is_cut)
        if answer.status == 301 or _is_sent_away(answer):
            # To the same address with a slash, or to sign in: nothing was taken.
            return
        if forged and answer.status < 400 and not asked.path.startswith(EXEMPT):
            yield f"a form without our token was answered {answer.status}"

    def _headers(self, asked, answer):
        is_page = answer.header("content-type").startswith("text/html")
        if is_page and TAG.encode() in answer.body:
            yield "a tag came back as it was sent"
        if is_page and "default-src 'none'" not in answer.header(
            "content-security-policy"
        ):
            yield "a page without its policy"
        if answer.header("x-content-type-options") != "nosniff":
            yield "an answer that may be sniffed"
        if asked.path.startswith(OF_THE_SPEAKER) and answer.header("set-cookie"):
            yield "a cookie for who speaks"
        is_shown = is_page and answer.status == 200 and asked.path.startswith("/desk/")
        if is_shown and "no-store" not in answer.header("cache-control"):
            yield "a page of the desk that browsers keep"
        place = answer.header("location") + answer.header("hx-redirect")
        if place.startswith(("http:", "https:", "//", "\\")):
            yield f"sent on to {place[:60]}"


def _leads_somewhere(path):
    try:
        resolve(unquote(path))
    except (Resolver404, ValueError):
        return False
    return True


def alike(hidden, absent, number, other):
    """Tell whether two answers are the same but for the number that was asked for."""
    bodies = [
        TOKEN.sub(b"", one.body).replace(given.encode(), b"NUMBER")
        for one, given in ((hidden, number), (absent, other))
    ]
    places = [
        one.header("location").replace(given, "NUMBER")
        for one, given in ((hidden, number), (absent, other))
    ]
    return (
        hidden.status == absent.status
        and bodies[0] == bodies[1]
        and (places[0] == places[1])
    )
