"""Say how many matters there are: ``python -m bench.inside size``."""

from shuoshi.matters.queries.heads import how_many


if __name__ == "__main__":
    print(how_many())
