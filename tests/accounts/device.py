"""A device that makes passkeys and signs with them, as a browser would tell of it."""

import hashlib
import json
import secrets
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode


PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Device:
    """One credential for one site; ``count`` rises with each signature."""

    def __init__(self, host="testserver", origin="http://testserver"):
        self.host, self.origin = host, origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.count = 0

    def make(self, asked, **told):
        """Answer ``navigator.credentials.create``."""
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = (
            bytes(16) + struct.pack(">H", 32) + self.id + cbor.encode(dict(public))
        )
        data = self._data(PRESENT | VERIFIED | ATTESTED) + attested
        sealed = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked, **told)
        return self._written(
            attestationObject=websafe_encode(sealed),
            clientDataJSON=websafe_encode(client),
        )

    def sign(self, asked, *, verified=True, **told):
        """Answer ``navigator.credentials.get``."""
        self.count += 1
        data = self._data(PRESENT | (VERIFIED if verified else 0))
        client = self._client("webauthn.get", asked, **told)
        signed = self.key.sign(
            data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256())
        )
        return self._written(
            authenticatorData=websafe_encode(data),
            clientDataJSON=websafe_encode(client),
            signature=websafe_encode(signed),
        )

    def _data(self, flags):
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([flags]) + struct.pack(">I", self.count)

    def _client(self, kind, asked, *, origin=None, challenge=None):
        told = {
            "type": kind,
            "challenge": challenge or json.loads(asked)["challenge"],
            "origin": origin or self.origin,
        }
        return json.dumps(told).encode()

    def _written(self, **response):
        called = websafe_encode(self.id)
        return json.dumps(
            {
                "id": called,
                "rawId": called,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {},
            }
        )
