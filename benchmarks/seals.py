"""What a seal costs a letter, and how small one file for the printer is beside the single letters.

Usage: python -m benchmarks.seals [LETTERS]

Each letter has a rare-kanji name of its own, a check number and a QR code. Bare and sealed letters are printed in
turns in this process; CPU time counts. Sizes: the target is an eighth of the single files at three hundred letters.
"""

import random
import sys
from dataclasses import replace
from time import process_time

from inquiry.documents.letter import Proof
from inquiry.documents.press import LetterPress
from inquiry.documents.print_file import print_file
from tests.documents.letters import ANSWER, TEMPLATES, asking_about
from tests.documents.seals import seal

SIGNS = "髙﨑𠮷濵栁葛邉邊齋齊斎澤𣘺𡈽㐂廣國渡辺佐藤鈴木田中山本小林加藤吉田佐々木松本井上村清水崎島池部橋石川"
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
ADDRESS = "https://inquiry.example.jp/verify"


def letters(count):
    lots = random.Random(2017)
    for place in range(1, count + 1):
        number = "".join(lots.choices(LETTERS, k=16))
        proof = Proof(number, ADDRESS, f"HTTPS://INQUIRY.EXAMPLE.JP/V/{number}")
        yield replace(asking_about("".join(lots.sample(SIGNS, 4))), number=f"R8-{place:05d}", proof=proof)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    press, own, done = LetterPress(TEMPLATES), seal(), []
    own.sealed(press.print_pdf(ANSWER))
    bare = sealing = 0.0
    for letter in letters(count):
        started = process_time()
        printed = press.print_pdf(letter)
        between = process_time()
        done.append(own.sealed(printed))
        bare, sealing = bare + between - started, sealing + process_time() - between
    started = process_time()
    together = print_file(done)
    joining = process_time() - started
    print(f"bare      {1000 * bare / count:6.1f} ms a letter")
    print(f"sealed    {1000 * (bare + sealing) / count:6.1f} ms a letter, {(bare + sealing) / bare:.2f} times bare")
    print(f"joined    {1000 * joining / count:6.1f} ms a letter more for the print file")
    single = sum(map(len, done))
    print(f"size      {single:,} bytes in {count} files, {len(together):,} in one: 1/{single / len(together):.1f}")


if __name__ == "__main__":
    main()
