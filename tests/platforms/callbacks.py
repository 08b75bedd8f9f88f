"""Messages as the platforms hand them over."""

import json
import time
from dataclasses import dataclass
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shuoshi.platforms.rules.codec import Codec
from shuoshi.platforms.rules.setup import WECHAT, WECOM
from shuoshi.platforms.rules.xml import parsed, written
from tests.platforms.fake import accounts


_numbers = count(1)
ACCOUNTS = accounts("http://127.0.0.1:9")
NONCE = "n0nce"


@dataclass(frozen=True)
class ByXml:
    """WeChat or WeCom."""

    platform: str
    path: str

    @property
    def codec(self) -> Codec:
        return ACCOUNTS[self.platform].codec

    def message(self, sender, words, number, **_how):
        return {
            "ToUserName": "gh",
            "FromUserName": sender,
            "CreateTime": str(int(time.time())),
            "MsgType": "text",
            "Content": words,
            "MsgId": number,
        }

    def packed(self, fields, *, stamp, forged=False):
        """Return address, body and headers of a request."""
        sealed = self.codec.sealed(written(fields))
        signature = "0" * 40 if forged else self.codec.signed(stamp, NONCE, sealed)
        query = f"?timestamp={stamp}&nonce={NONCE}&msg_signature={signature}"
        body = written({"ToUserName": "gh", "Encrypt": sealed}).encode()
        return self.path + query, body, {}

    def fields(self, answer):
        return parsed(answer.content.decode())

    def read(self, answer):
        """Return what stands in an answer."""
        sealed = self.fields(answer)["Encrypt"]
        return parsed(self.codec.opened(sealed))["Content"]


@dataclass(frozen=True)
class ByJson:
    """QQ."""

    platform: str = "QQ"
    path: str = "/in/qq/"

    def message(self, sender, words, number, group=""):
        kind = "GROUP_AT_MESSAGE_CREATE" if group else "C2C_MESSAGE_CREATE"
        author = {"member_openid" if group else "user_openid": sender}
        given = {"id": number, "author": author, "content": words}
        return {"op": 0, "t": kind, "d": given | {"group_openid": group}}

    def packed(self, fields, *, stamp, forged=False):
        body = json.dumps(fields).encode()
        secret = "forged" if forged else ACCOUNTS["QQ"].told["SECRET"]
        key = Ed25519PrivateKey.from_private_bytes((secret.encode() * 32)[:32])
        headers = {
            "X-Signature-Ed25519": key.sign(stamp.encode() + body).hex(),
            "X-Signature-Timestamp": stamp,
        }
        return self.path, body, headers


AS_WECHAT = ByXml(WECHAT, "/in/wechat/")
AS_WECOM = ByXml(WECOM, "/in/wecom/")
AS_QQ = ByJson()


class Sender:
    """Somebody who writes to the house on one platform, through Django's client."""

    def __init__(self, client, way, name):
        self.client, self.way, self.name = client, way, name

    def say(self, words, *, number=None, stamp=None, forged=False, **how):
        number = number or f"n-{next(_numbers)}-{self.name}"
        fields = self.way.message(self.name, words, number, **how)
        return self._send(fields, stamp, forged=forged)

    def event(self, kind, key=""):
        fields = self.way.message(self.name, "", "") | {
            "MsgType": "event",
            "Event": kind,
            "EventKey": key,
        }
        return self._send(fields, None)

    def send(self, body, headers):
        """Send whatever it is."""
        stamp = str(int(time.time()))
        path = f"{self.way.path}?timestamp={stamp}&nonce=n&msg_signature=x"
        return self._post(path, body, headers)

    def _send(self, fields, stamp, *, forged=False):
        stamp = str(stamp or int(time.time()))
        return self._post(*self.way.packed(fields, stamp=stamp, forged=forged))

    def _post(self, path, body, headers):
        return self.client.post(
            path, body, content_type="application/octet-stream", headers=headers
        )
