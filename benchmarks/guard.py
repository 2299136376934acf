"""How fast the My Number guard reads, against NFKC of the same text, for growing sizes and awkward texts.

Run with ``python -m benchmarks.guard``. The ratio should not grow with the size: that is the point of the table.
"""

import time
import unicodedata
from collections.abc import Callable

from inquiry.domain.my_number import examine

ROW = "K000123,21700023,45,01,照会　花子,ｼｮｳｶｲ ﾊﾅｺ,3330401,2,1,2019-05-01,,東京都千代田区霞が関一丁目2番2号,0\n"
TEXTS = {
    "roster": ROW,
    "prose": "対象者の資格情報について照会します。電話は03-5253-1111（内線3137）です。",
    "ones": "1",
    "ones apart": "1 ",
    "separators": "1 - ",
    "keywords": "個人番号12345",
    "entities": "&amp;%41",
    "circles": "①2",
}


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    print(f"{'text':<12}{'characters':>12}{'seconds':>10}{'MB/s':>8}{'x NFKC':>9}")
    for name, pattern in TEXTS.items():
        for size in (62_500, 250_000, 1_000_000, 4_000_000):
            text = pattern * (size // len(pattern))
            guard = seconds(lambda text=text: examine(text))
            nfkc = seconds(lambda text=text: unicodedata.normalize("NFKC", text + "ｱ"))
            speed = len(text.encode()) / 1e6 / guard
            print(f"{name:<12}{len(text):>12}{guard:>10.3f}{speed:>8.1f}{guard / nfkc:>9.1f}")


if __name__ == "__main__":
    main()
