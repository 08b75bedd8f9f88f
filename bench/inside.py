"""Run a module of the bench with the product set up around it."""

import runpy
import sys

import django


if __name__ == "__main__":
    django.setup()
    runpy.run_module(f"bench.{sys.argv[1]}", run_name="__main__")
