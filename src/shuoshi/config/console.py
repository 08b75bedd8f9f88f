"""The console script: Django's commands under the names people type."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run ``shuoshi import-ledger …`` as the command ``import_ledger``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuoshi.config.settings")
    name, *rest = sys.argv[1:] or ["help"]
    execute_from_command_line([sys.argv[0], name.replace("-", "_"), *rest])
