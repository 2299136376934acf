"""A timestamp server as RFC 3161 draws it, asked over HTTP where the operator names one (タイムスタンプ).

Decides   nothing: a server that does not answer is an error, and the letter stays unreleased until it does.
"""

import asyncio
import urllib.request
from typing import Final

from asn1crypto import tsp
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

TIMEOUT_SECONDS: Final = 10
LARGEST_ANSWER: Final = 64 * 1024


class TimestampServer(TimeStamper):
    """Asks one server; pyHanko's own client needs a package that nothing else here does."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyHanko's own
        if not address.startswith(("http://", "https://")):
            raise ValueError("a timestamp server has an address with http:// or https://")
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send the request and return what the server says.

        :raises TimestampRequestError: if it cannot be reached or says something else.
        """
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, question: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(  # noqa: S310 - the scheme is looked at above
            self._address, data=question, headers={"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
                content = answer.read(LARGEST_ANSWER)
        except OSError as error:
            raise TimestampRequestError("the timestamp server does not answer") from error
        try:
            response = tsp.TimeStampResp.load(content, strict=True)
            response.native  # noqa: B018 - reads it through, which the library otherwise puts off
        except ValueError as error:
            raise TimestampRequestError("the timestamp server's answer is none") from error
        return response
