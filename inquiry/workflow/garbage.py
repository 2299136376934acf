"""Looking for cyclic garbage less often while millions of rows come and go (大量処理中の不要領域の回収).

The interpreter looks through its objects whenever a few hundred more were made than given up. A roster's rows are held
by the thousand until they are written, none of them refers to itself, and looking through them again and again takes
an eighth of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

OBJECTS: Final = 100_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look once in so many objects, in this process and in those forked from it; afterwards as often as before."""
    usual = gc.get_threshold()
    gc.set_threshold(OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
