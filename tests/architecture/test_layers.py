"""Imports and foreign keys point down."""

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps

from tests.architecture.tree import ROOT


def floors():
    """Return how high each app stands, read from the contract."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    rooms = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        app.strip(): height
        for height, row in enumerate(reversed(rooms))
        for app in row.split("|")
    }


def test_contracts_hold():
    linter = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )

    assert result.returncode == 0, result.stdout


def test_foreign_keys_point_down():
    """Strings such as "care.File" hide from the linter."""
    floor = floors()

    upward = [
        str(field)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and (there := field.related_model)
        if there._meta.app_label in floor
        if there._meta.app_label != model._meta.app_label
        if floor[there._meta.app_label] >= floor[model._meta.app_label]
    ]

    assert upward == []
