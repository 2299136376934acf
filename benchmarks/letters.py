"""Letters per second: one press kept, against everything made anew for each letter.

Usage: python -m benchmarks.letters [LETTERS]

Both print the same letter in this process, in turns, so that a busy machine slows both; CPU time counts.
"""

import sys
from time import process_time

from inquiry.documents.press import LetterPress
from tests.documents.letters import ANSWER, TEMPLATES

ROUNDS = 5


def kept(letters):
    press = LetterPress(TEMPLATES)
    press.print_pdf(ANSWER)
    started = process_time()
    for _ in range(letters):
        press.print_pdf(ANSWER)
    return process_time() - started


def anew(letters):
    started = process_time()
    for _ in range(letters):
        LetterPress(TEMPLATES).print_pdf(ANSWER)
    return process_time() - started


def main():
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    LetterPress(TEMPLATES).print_pdf(ANSWER)  # the fonts' tables are read once, whoever prints
    best = {way.__name__: min(way(letters) for _ in range(ROUNDS)) for way in (kept, anew)}
    for name, seconds in best.items():
        print(f"{name:>5}  {letters / seconds:6.1f} letters/s  {1000 * seconds / letters:6.1f} ms each")
    print(f"ratio  {best['anew'] / best['kept']:6.2f}")


if __name__ == "__main__":
    main()
