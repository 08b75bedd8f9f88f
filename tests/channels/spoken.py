"""Matters that were raised on the open road: the receipt is at hand, the time is now."""

import json
import re

from django.utils.timezone import localdate, now

from shuoshi.accounts.actions.people import give_token
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.rules.sayings import Saying
from tests.matters.house import TEXT, Story


class Spoken(Story):
    """A story that the speaker can come back to."""

    def __init__(self, house, **saying):
        self.house, self.now = house, now()
        on_duty_now(house)
        words = {
            "text": TEXT,
            "identity": "NAMED",
            "name": "张三丰",
            "contact": "13800000000",
        }
        raised = raise_matter(
            Saying(**(words | saying)),
            mine_id=house.mine.pk,
            channel="WEB",
            now=self.now,
        )
        self.matter, self.receipt = raised.matter, raised.receipt


def on_duty_now(house):
    put_on_duty(
        house.people["receiver"], unit=house.units["party"], day=localdate(now())
    )


def receipt_in(answer):
    """Return the receipt that a page shows, in its groups of four."""
    shown = re.search(r'<p class="code">(.*?)</p>', answer.content.decode(), re.DOTALL)
    return re.sub(r"\D", "", shown[1])


def nonce_in(answer):
    return re.search(r'name="nonce" value="([^"]+)"', answer.content.decode())[1]


class Program:
    """A program that speaks JSON, for somebody or for nobody."""

    def __init__(self, client, person=None):
        self.client, self.headers = client, {}
        if person is not None:
            token, _ = give_token(person, purpose="test", now=now(), second=True)
            self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path, **asked):
        return self.client.get(f"/api/v1/{path}", asked, headers=self.headers)

    def post(self, path, body=None, **headers):
        return self.client.post(
            f"/api/v1/{path}",
            b"" if body is None else json.dumps(body),
            content_type="application/json",
            headers=self.headers | headers,
        )


def problems(answer):
    """Return what was refused as {field: sentence}."""
    return {one["field"]: one["message"] for one in answer.json()["errors"]}
