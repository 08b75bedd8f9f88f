"""Run Django's commands with this project's settings."""

from shuoshi.config.console import main


if __name__ == "__main__":
    main()
