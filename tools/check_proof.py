"""
Check a proof by yourself, without the program it came from: only Python is needed.

    python check_proof.py proof.json "1a2b 3c4d …"

The second text is the seal as it is printed on the duty sheet of the next day: at least
its first sixteen digits.
"""

import hashlib
import json
import sys
from pathlib import Path


def seal_hash(seal: dict) -> str:
    """Return the hash of a seal: of its fields as JSON, in this order."""
    names = ["day", "sealed_at", "after_id", "last_id", "leaves", "root", "prev_hash"]
    text = json.dumps([seal[name] for name in names], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def root_over(leaf: str, index: int, leaves: int, path: list) -> str:
    """Climb from a leaf to the root, as in RFC 6962."""
    node = hashlib.sha256(b"\0" + bytes.fromhex(leaf)).digest()
    last = leaves - 1
    for twin in map(bytes.fromhex, path):
        # Where the node is the last of an odd row it goes up alone.
        while not index % 2 and index == last:
            index, last = index // 2, last // 2
        pair = twin + node if index % 2 else node + twin
        node = hashlib.sha256(b"\1" + pair).digest()
        index, last = index // 2, last // 2
    return node.hex()


def main(file: str, printed: str) -> int:
    """Say whether the proof agrees with the paper."""
    proof = json.loads(Path(file).read_text(encoding="utf-8"))
    seal, digits = proof["seal"], "".join(printed.split()).lower()
    root = root_over(proof["leaf"], proof["index"], seal["leaves"], proof["path"])
    good = root == seal["root"] and len(digits) >= 16
    good = good and seal_hash(seal).startswith(digits)
    print("相符 agrees" if good else "不相符 does not agree")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
