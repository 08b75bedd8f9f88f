"""Make requests to the API: from its description by schemathesis, and against it by hand."""

import json
import re
from urllib.parse import quote, urlencode

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase

from tests.fuzz import hostile
from tests.fuzz.wire import Asked


JSON = "application/json"
KINDS = [JSON] * 12 + ["text/plain", "application/x-www-form-urlencoded", "x", ""]
BATCH = 40


class Program:
    """Draws requests of programs at random, with and without a token."""

    def __init__(self, world, chance, description):
        self.world, self.chance = world, chance
        self.document = description
        self.schema = schemathesis.openapi.from_dict(description)
        self.operations = [found.ok() for found in self.schema.get_all_operations()]
        self.waiting = []

    def headers(self, who):
        """Return the token of this kind of person, rarely one that is none."""
        drawn = self.chance.random()
        if drawn < 0.03:
            return {"Authorization": f"Bearer {self.chance.choice(['x', 'a' * 43])}"}
        token = self.world.kinds[who].token
        return {"Authorization": f"Bearer {token}"} if token and drawn < 0.95 else {}

    def described(self, who):
        """Return a request that schemathesis made from the description."""
        if not self.waiting:
            self._make()
        case = self.waiting.pop()
        path = case["path"]
        for name, value in case["parameters"].items():
            path = path.replace("{" + name + "}", self._parameter(name, value))
        asked = Asked(case["method"], "/api" + path.removeprefix("/api"), case["query"])
        asked.headers = case["headers"] | self.headers(who)
        asked.body, asked.kind = case["body"], case["kind"]
        return asked

    def _make(self):
        """Let hypothesis draw some cases of one operation; they are sent one by one later."""
        operation = self.chance.choice(self.operations)

        @hypothesis.seed(self.chance.randrange(2**32))
        @hypothesis.settings(
            max_examples=BATCH,
            database=None,
            derandomize=False,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy())
        def drawn(case):
            self.waiting.append(_plain(case))

        drawn()
        self.chance.shuffle(self.waiting)

    def _parameter(self, name, value):
        known = {
            "number": lambda: self.chance.choice(self.world.planted).number,
            "receipt": lambda: self.chance.choice(self.world.planted).receipt,
        }
        if name in known and self.chance.random() < 0.8:
            return known[name]()
        return quote(str(value)[:300].encode("utf-8", "replace"), safe="")

    def against(self, who):
        """Return a request that the description does not foresee."""
        operation = self.chance.choice(self.operations)
        path = re.sub(
            r"\{(\w+)\}",
            lambda found: self._parameter(found[1], hostile.word(self.chance)),
            operation.path,
        )
        method = operation.method.upper()
        if self.chance.random() < 0.05:
            method = self.chance.choice(
                ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]
            )
        asked = Asked(method, path)
        asked.headers = self.headers(who)
        if method == "GET":
            names = [p["name"] for p in operation.definition.raw.get("parameters", [])]
            asked.query = urlencode(
                [
                    (
                        self.chance.choice([*names, "x"]),
                        hostile.encoded(hostile.word(self.chance)),
                    )
                    for _ in range(self.chance.randrange(4))
                ]
            )
            return asked
        asked.kind = self.chance.choice(KINDS)
        asked.body = self._body(operation)
        return asked

    def _body(self, operation):
        chance = self.chance
        drawn = chance.random()
        if drawn < 0.05:
            return hostile.encoded(hostile.word(chance))
        if drawn < 0.08:
            return chance.choice([b"", b"[" * 9000, b"\xff\xfe", b'{"a":', b"9" * 5000])
        names = self._names(operation)
        chosen = [name for name in names if chance.random() < 0.8]
        if chance.random() < 0.1:
            chosen.append("is_superuser")
        told = {name: self._value(name) for name in chosen}
        return json.dumps(told, ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )

    def _names(self, operation):
        content = operation.definition.raw.get("requestBody", {}).get("content", {})
        schema = content.get(JSON, {}).get("schema", {})
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self.document["components"]["schemas"][name]
        return sorted(schema.get("properties", {"text": {}, "reason": {}}))

    def _value(self, name):
        chance = self.chance
        drawn = chance.random()
        if drawn < 0.25:
            return {
                "username": "mine-head",
                "password": "矿灯房-旧密码-1",
                "handler": "mine-handler",
                "lead_unit": "MINE-one",
                "unit": "MINE-one",
                "text": "井下照明有问题，已经三天了。",
                "identity": "anonymous",
            }.get(name, "情况属实，已经查过。")
        if drawn < 0.7:
            return hostile.word(chance)
        return chance.choice(
            [
                None,
                True,
                0,
                -1,
                2**63,
                1e308,
                [],
                {},
                [[]],
                {"a": [1]},
                ["MINE-two"],
                "2026-12-01",
            ]
        )


def _plain(case):
    """Return what a case of schemathesis wants to send, without sending it."""
    body, kind = case.body, case.media_type or ""
    if isinstance(body, bytes):
        sent = body
    elif body is None or type(body).__name__ == "NotSet":
        sent = b""
    else:
        sent = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    query = urlencode(
        [
            (str(k).encode("utf-8", "replace"), str(v).encode("utf-8", "replace"))
            for k, v in (case.query or {}).items()
        ]
    )
    headers = {
        str(k): str(v)
        for k, v in (case.headers or {}).items()
        if re.fullmatch(r"[A-Za-z0-9-]{1,40}", str(k))
        and str(v).isascii()
        and str(v).isprintable()
    }
    headers.pop("Authorization", None)
    headers.pop("Content-Type", None)
    return {
        "method": case.method.upper(),
        "path": case.path,
        "parameters": dict(case.path_parameters or {}),
        "query": query,
        "headers": headers,
        "body": sent,
        "kind": kind,
    }
