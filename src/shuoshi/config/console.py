"""The console script: Django's commands under the names people type."""

import os
import sys

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, get_commands
from django.utils.translation import gettext as _


WRONG_USE = 2


def main() -> None:
    """
    Run ``shuoshi import-ledger …`` as the command ``import_ledger``.

    What is missing in the environment, and a command that does not exist, are said in one
    sentence; exit code 2. ``migrate`` makes the data folder if there is none.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuoshi.config.settings")
    typed, *rest = sys.argv[1:] or ["help"]
    name = typed.replace("-", "_") if not typed.startswith("-") else typed
    try:
        django.setup()
        if name not in _offered():
            unknown = _("没有“%(typed)s”这个命令，用 shuoshi help 看有哪些。")
            _refuse(unknown % {"typed": typed})
        if name == "migrate":
            _make_data_folder()
    except ImproperlyConfigured as missing:
        _refuse(str(missing))
    execute_from_command_line([sys.argv[0], name, *rest])


def _make_data_folder() -> None:
    """Make the folder that ``SHUOSHI_DATA`` names: a database file makes none for itself."""
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        sentence = _("SHUOSHI_DATA 指的文件夹 %(folder)s 建不了：%(why)s。")
        told = {"folder": settings.DATA_DIR, "why": fault.strerror or ""}
        _refuse(sentence % told)


def _offered() -> set[str]:
    """
    Return the commands there are: ours, and those of Django's that build and look.

    Not those that set a password or make an account: that is on record, and takes two.
    """
    kept = {"changepassword", "createsuperuser"}
    return {"help", "--help", "-h", "--version", *get_commands()} - kept


def _refuse(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(WRONG_USE)
