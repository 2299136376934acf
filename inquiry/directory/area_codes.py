"""How long the area code of a fixed line is, so that a number is shown in the groups people know (市外局番).

Source    the ministry's published numbering plan, checked against another implementation of it (docs/data-sources.md).
Decides   where the first hyphen goes. A number is dialled without it, so an unknown code costs only looks.

Area codes are prefix-free but share their first digits: the longest prefix below that fits decides, else three digits
after the zero. Prefixes are written without the leading zero.
"""

_USUAL_LENGTH = 3
_LONGEST_PREFIX = 5

_PREFIXES_BY_LENGTH = {
    1: ("3 420 429 4700 4701 4709 471 6"),
    2: (
        "11 1540 1541 1548 1550 1551 1557 177 188 196 199 221 222 223 227 230 231 232 236 239 245 249 2500 2501 251 "
        "252 253 2540 2541 255 2560 2561 257 2580 2581 25917 25999 262 264 271 272 273 275 2780 2781 2788 2789 281 "
        "2830 2831 2833 2834 286 289 290 2917 292 293 298 4 4220 4221 4291 4297 4298 462 464 468 4750 4751 4759 "
        "4790 4791 4799 492 499 52 530 534 535 539 54 552 559 580 582 583 588 589 590 591 592 593 5980 5981 5989 "
        "5990 5991 5999 72 734 75 760 762 764 769 775 777 78 792 793 794 7950 7951 7955 7956 7959 7960 7961 7966 "
        "7967 821 822 8240 8241 8242 8243 8249 825 828 8290 8291 8292 82941 82942 82943 8296 8299 832 8360 8370 "
        "8371 83766 83767 83768 8377 8378 8379 8380 8381 839 83960 83961 83963 83966 849 8510 8511 86 8636 86552 "
        "86553 8660 8661 86691 86697 86698 86722 86723 86724 86726 86728 86737 86738 8680 8681 8689 87 886 888 890 "
        "891 899 92 93 941 945 951 953 958 961 962 963 971 975 976 981 988 989 991 992 99331 99343 99345 99347 9940 "
        "9941 9947 9948 998 999"
    ),
    3: (
        "2232 2233 2557 2558 2572 2573 2574 2642 2643 2644 2645 2896 2897 2898 2899 2932 2933 2934 41 422 4282 4283 "
        "4287 4288 4289 436 438 439 46 470 475 476 478 479 480 49 53960 53961 53962 53963 53974 53977 5399 544 545 "
        "547 548 59790 59791 59797 59798 721 725 7946 7947 7948 82920 863 86360 86361 86366 8654 8655 8656 8657 866 "
        "867 868 8692 8693 8696 8697 8698 86992 86993 875 877 879 920 930"
    ),
    4: (
        "1267 1372 1374 1377 1392 1397 1398 1456 1457 1466 1547 1558 1564 1586 1587 1632 1634 1635 1648 1654 1655 "
        "1656 1658 4992 4994 4996 4998 5769 5979 7468 8387 8388 8389 8396 8477 851 9802 9912 9913 9969"
    ),
}
_LENGTHS = {prefix: length for length, prefixes in _PREFIXES_BY_LENGTH.items() for prefix in prefixes.split()}


def area_code_of(number: str) -> str:
    """Return the area code, its leading zero included, of a fixed line written in ten digits."""
    for digits in range(_LONGEST_PREFIX, 0, -1):
        if length := _LENGTHS.get(number[1 : 1 + digits]):
            return number[: 1 + length]
    return number[: 1 + _USUAL_LENGTH]
