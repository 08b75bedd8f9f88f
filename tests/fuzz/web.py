"""Make requests to pages: by the table of addresses, by links, by the forms they show."""

import re
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from django.urls import URLResolver, get_resolver

from shuoshi.matters.rules.states import Zone
from shuoshi.matters.rules.table import STEPS
from tests.fuzz import hostile
from tests.fuzz.wire import Asked


URLENCODED = "application/x-www-form-urlencoded"
MOST_LINKS, MOST_FORMS = 600, 400
LANGUAGES = ["zh-hans", "en", "x" * 99, "../..", "*"]
METHODS = ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST"]
CONVERTED = re.compile(r"<(?:(\w+):)?(\w+)>")


def routes(resolver=None, before=""):
    """Yield the pattern of every address outside the API."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            if one.namespace != "api":
                yield from routes(one, pattern)
        elif not pattern.startswith("api/"):
            yield "/" + pattern.replace("^", "").replace("$", "")


class Web:
    """Draws requests to pages at random, from a seeded source."""

    def __init__(self, world, chance):
        self.world, self.chance = world, chance
        self.routes = sorted(set(routes()))
        self.links = {who: set() for who in world.kinds}
        self.forms = {who: {} for who in world.kinds}
        self.order = {who: [] for who in world.kinds}

    def learn(self, who, page):
        """Remember where a page leads to, as far as that is new."""
        for link in sorted(page.links):
            known = link in self.links[who] or link.startswith("/static/")
            if not known and len(self.links[who]) < MOST_LINKS:
                self.links[who].add(link)
                self.order[who].append(link)
        for form in page.forms:
            if len(self.forms[who]) < MOST_FORMS:
                self.forms[who].setdefault(form.key, form)

    def draw(self, who):
        """Return a request that this kind of person might try."""
        ways = [self._route] * 3 + [self._link] * 4 + [self._form] * 7 + [self._odd]
        asked = self.chance.choice(ways)(who)
        chance = self.chance.random()
        if chance < 0.15:
            asked.headers["HX-Request"] = "true"
        elif chance < 0.2:
            asked.headers["Accept-Language"] = self.chance.choice(LANGUAGES)
        elif chance < 0.22:
            asked.headers["X-Forwarded-For"] = "203.0.113.9, 127.0.0.1"
        return asked

    def _whose(self, who):
        """Mostly one's own; else what somebody else was shown."""
        if self.chance.random() < 0.6:
            return who
        return self.chance.choice(sorted(self.world.kinds))

    def _route(self, who):
        pattern = self.chance.choice(self.routes)
        path = CONVERTED.sub(lambda found: self._part(found[1], found[2]), pattern)
        return Asked("GET", path, self._query(""))

    def _part(self, converter, name):
        chance, world = self.chance, self.world
        if chance.random() < 0.12:
            return chance.choice(hostile.PATHS)
        pools = {
            "number": lambda: chance.choice(world.planted).number,
            "receipt": lambda: chance.choice(world.planted).receipt,
            "uid": lambda: chance.choice(world.uids),
            "name": lambda: chance.choice([*STEPS, *map(str.lower, Zone.values)]),
            "kind": lambda: chance.choice(["acceptance", "decline", "opinion"]),
            "year": lambda: "2026",
            "serial": lambda: str(chance.choice([1, 2, 3, 99])),
        }
        if name in pools:
            return pools[name]()
        if converter == "int":
            return str(chance.choice([0, 1, 2, 3, 10**12]))
        if converter == "uuid":
            return chance.choice(world.uids)
        return chance.choice(["x", "mine-head", "person:1", "2026-09-09"])

    def _link(self, who):
        pool = self.order[self._whose(who)]
        if not pool:
            return self._route(who)
        there = urlsplit(self.chance.choice(pool))
        path, query = quote(there.path, safe="/%"), there.query
        chance = self.chance.random()
        if chance < 0.1:
            path += self.chance.choice(hostile.PATHS)
        elif chance < 0.4:
            query = self._query(query)
        elif chance < 0.5:
            other = self.chance.choice(self.world.planted).number
            path = re.sub(r"2026-\d{4}", other, path)
        return Asked("GET", path, query)

    def _query(self, query):
        """Return a query with one of its values spoilt, or with some of our own."""
        if self.chance.random() < 0.4:
            return query
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        names = ["q", "older", "newer", "since", "until", "unit", "of", "mine", "next"]
        names += [pair[0] for pair in pairs]
        name = self.chance.choice(names)
        value = quote_plus(hostile.encoded(hostile.word(self.chance))[:2000])
        kept = ["".join(pair) for pair in pairs if pair[0] != name]
        return "&".join([*kept, f"{name}={value}"])

    def _odd(self, who):
        asked = self._link(who)
        asked.method = self.chance.choice(METHODS)
        asked.is_ours = False
        if self.chance.random() < 0.5:
            asked.body = hostile.encoded(hostile.word(self.chance))
            asked.kind = self.chance.choice(
                [URLENCODED, "multipart/form-data", "application/json", "x", ""]
            )
        return asked

    def _form(self, who):
        """Send a form that somebody was shown, filled in by somebody who means ill."""
        # Some go along with the house: only so does anything move.
        fitting = self.chance.random() < 0.4
        shown_to = who if fitting else self._whose(who)
        known = self.forms[shown_to]
        if not known:
            return self._link(who)
        some = [known[self.chance.choice(list(known))] for _ in range(4)]
        # Every page has the same small forms: the long ones are worth more tries.
        form = max(some, key=lambda one: len(one.controls))
        action = urlsplit(form.action)
        pairs = [pair for one in form.controls for pair in self._filled(one, fitting)]
        is_ours = shown_to == who
        if not fitting:
            pairs, is_ours = self._spoilt_token(pairs, is_ours)
        if not fitting and self.chance.random() < 0.1:
            pairs.append((hostile.word(self.chance)[:40], hostile.word(self.chance)))
        if form.method == "get":
            query = urlencode(
                [(k, hostile.encoded(v)) for k, v in pairs], errors="surrogatepass"
            )
            return Asked("GET", quote(action.path, safe="/%"), query)
        asked = Asked("POST", quote(action.path, safe="/%"), action.query)
        asked.is_ours = is_ours
        self._write(asked, pairs, form, fitting=fitting)
        return asked

    def _spoilt_token(self, pairs, is_ours):
        if self.chance.random() < 0.85:
            return pairs, is_ours
        kept = [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]
        if self.chance.random() < 0.5:
            kept.append(("csrfmiddlewaretoken", "A" * 64))
        return kept, False

    def _filled(self, control, fitting):
        """Return what is sent of one field: as it was, as it may be, or spoilt."""
        chance = self.chance
        if control.name == "csrfmiddlewaretoken":
            return [(control.name, control.value)]
        if control.kind == "file":
            return []
        if control.name == "receipt" and chance.random() < 0.7:
            return [(control.name, chance.choice(self.world.planted).receipt)]
        if fitting:
            return [(control.name, self._fitting(control))]
        drawn = chance.random()
        if drawn < 0.45:
            return [(control.name, control.value or self._fitting(control))]
        if drawn < 0.55:
            return []
        spoilt = hostile.word(chance)
        if drawn < 0.62:
            return [(control.name, control.value), (control.name, spoilt)]
        return [(control.name, spoilt)]

    def _fitting(self, control):
        if control.options:
            return self.chance.choice(control.options)
        if control.value and control.kind in {"hidden", "number"}:
            return control.value
        if control.kind == "date":
            return self.chance.choice(["2026-11-28", "2026-12-15", "2026-09-10"])
        if control.kind == "number":
            return "3"
        return self.chance.choice(["已经查过，属实。", "mine-mate", "MINE-two", "6"])

    def _write(self, asked, pairs, form, *, fitting):
        """Put the answers into the body, as browsers do or as nobody should."""
        files = [one.name for one in form.controls if one.kind == "file"]
        chance = self.chance.random()
        if not files and chance < 0.6:
            asked.kind = URLENCODED
            asked.body = urlencode(
                [(hostile.encoded(k), hostile.encoded(v)) for k, v in pairs]
            ).encode()
            if chance < 0.03 and not fitting:
                asked.body = asked.body[: len(asked.body) // 2] + b"%ff%00&=&%"
                asked.is_cut = True
            return
        boundary = "----walk"
        asked.kind = f"multipart/form-data; boundary={boundary}"
        parts = [_part(boundary, name, hostile.encoded(value)) for name, value in pairs]
        for name in files or ["file"]:
            if not fitting and self.chance.random() < 0.6:
                told, content, kind = self.chance.choice(hostile.FILES)
                parts.append(_part(boundary, name, content, told, kind))
        asked.body = b"".join(parts) + f"--{boundary}--\r\n".encode()
        if chance > 0.95 and not fitting:
            asked.body = asked.body[: int(len(asked.body) * self.chance.random())]
            asked.is_cut = True


def _part(boundary, name, content, filename=None, kind=""):
    told = name.encode("utf-8", "replace").replace(b'"', b"%22").replace(b"\r", b"")
    head = b'Content-Disposition: form-data; name="' + told.replace(b"\n", b"") + b'"'
    if filename is not None:
        shown = (
            filename.encode("utf-8", "replace").replace(b"\r", b"").replace(b"\n", b"")
        )
        head += b'; filename="' + shown + b'"\r\nContent-Type: ' + kind.encode()
    return b"--" + boundary.encode() + b"\r\n" + head + b"\r\n\r\n" + content + b"\r\n"
