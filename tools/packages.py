"""
Run uv with what pip on this machine was told about mirrors and certificates.

A company mirror is set up once, for pip: in the environment or in pip's own file.
uv reads neither, so the words are handed over here. WHEELHOUSE=folder needs no
index at all.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path


UV = Path(sys.executable).with_name("uv")
TRUE = {"1", "true", "True", "yes", "on"}


def pip_says() -> dict[str, str]:
    """Return pip's options on this machine, the environment before the files."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, tuple[int, str]] = {}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        place, _, option = name.rpartition(".")
        rank = {"global": 0, "install": 1, ":env:": 2}.get(place, -1)
        if rank >= found.get(option, (0, ""))[0]:
            found[option] = (rank, str(ast.literal_eval(value)))
    return {option: value for option, (_, value) in found.items()}


def _reachable(places: str) -> list[str]:
    return [place for place in places.split() if "://" in place or Path(place).exists()]


def uv_environment(said: dict[str, str]) -> dict[str, str]:
    """Return the same words in uv's language."""
    bundle = Path("/etc/ssl/certs/ca-certificates.crt")
    words = {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_DEFAULT_INDEX": said.get("index-url", ""),
        "UV_INDEX": " ".join(said.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(_reachable(said.get("find-links", ""))),
        "UV_INSECURE_HOST": " ".join(said.get("trusted-host", "").split()),
        "UV_HTTP_TIMEOUT": said.get("timeout", said.get("default-timeout", "")),
        "HTTPS_PROXY": said.get("proxy", ""),
        # A company signs its mirror with its own authority, which the system knows.
        "SSL_CERT_FILE": said.get("cert", str(bundle) if bundle.exists() else ""),
    }
    if words["UV_INDEX"]:
        # Every file is hashed, so it may come from whichever index has it, as for pip.
        words["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in words.items() if value}


def main() -> int:
    """Run uv with the arguments given; what the environment already says wins."""
    wheelhouse = os.environ.get("WHEELHOUSE")
    if wheelhouse:
        words = {"UV_PYTHON_DOWNLOADS": "never"}
        more = ["--no-index", "--find-links", wheelhouse]
    else:
        said = pip_says()
        words = uv_environment(said)
        more = ["--no-index"] if said.get("no-index", "0") in TRUE else []
    return subprocess.run([UV, *sys.argv[1:], *more], env=words | os.environ).returncode


if __name__ == "__main__":
    sys.exit(main())
