"""The files of the repository, without what is built or installed beside them."""

from pathlib import Path


ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "shuoshi"
IGNORED = {
    line.strip("/") for line in (ROOT / ".gitignore").read_text().split() if line
} | {".git"}


def _belongs(path):
    return not any(
        part in IGNORED or path.match(mask) for part in path.parts for mask in IGNORED
    )


def repository_files(*suffixes):
    """Return the files that are, or could be, committed."""
    found = []
    for top in ROOT.iterdir():
        if top.name in IGNORED:
            continue
        found.extend([top] if top.is_file() else top.rglob("*"))
    return sorted(
        path
        for path in found
        if path.is_file() and _belongs(path.relative_to(ROOT))
        if not suffixes or path.suffix in suffixes
    )


def templates():
    """Return every template of the product."""
    return [
        path for path in sorted(SOURCE.rglob("*.html")) if "templates" in path.parts
    ]


def named(path):
    """Return a path as people write it."""
    return str(path.relative_to(ROOT))


def lines_with(pattern, paths):
    """Return ``file:line`` of each line in which the pattern is found."""
    return [
        f"{named(path)}:{number}: {line.strip()[:100]}"
        for path in paths
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
