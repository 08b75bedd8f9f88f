"""Solve puzzles as a browser does."""

from itertools import count

from shuoshi.channels.rules.puzzles import Puzzle


def solved(text):
    bits = int(text.split(".")[1])
    puzzle = Puzzle(text, bits, None)
    answer = next(str(n) for n in count() if puzzle.is_solved_by(str(n)))
    return f"{text}:{answer}"
