"""A person at a browser: follows links, fills in forms, sends them over HTTP (利用者の操作).

Only what stands on the page can be sent: a form is found on the page that was fetched, with its own hidden fields.
"""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Final

import lxml.html

NO_REDIRECT_LIMIT: Final = 10


class StepFailed(Exception):
    """A page did not show what the step expects; the message names the step, never a person."""


@dataclass(slots=True)
class Form:
    """A form as it stands on a page: where it goes and what it holds; choices keep what may be chosen."""

    action: str
    method: str
    fields: list[tuple[str, str]]
    names: set[str]

    def filled(self, values: dict[str, str | list[str]]) -> list[tuple[str, str]]:
        """Return what the browser would send with these values filled in.

        :raises StepFailed: if the form has no such field.
        """
        if missing := sorted(set(values) - self.names):
            raise StepFailed(f"the form {self.action} has no field {', '.join(missing)}")
        kept = [(name, value) for name, value in self.fields if name not in values]
        for name, value in values.items():
            kept.extend((name, each) for each in (value if isinstance(value, list) else [value]))
        return kept


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: address, status, content, and what was read from it when it is HTML."""

    url: str
    status: int
    content: bytes
    media_type: str
    forms: tuple[Form, ...] = ()
    text: str = ""
    marked: dict[str, str] = field(default_factory=dict)

    def form(self, action: str) -> Form:
        """Return the form whose address ends so.

        :raises StepFailed: if the page has none.
        """
        for each in self.forms:
            path = urllib.parse.urlsplit(urllib.parse.urljoin(self.url, each.action)).path
            if each.method == "post" and path.endswith(action):
                return each
        raise StepFailed(f"the page {urllib.parse.urlsplit(self.url).path} has no form {action}")

    def shown(self, mark: str) -> str:
        """Return the check word or the secret that stands under this title.

        :raises StepFailed: if the page shows none.
        """
        if mark not in self.marked:
            raise StepFailed(f"the page {urllib.parse.urlsplit(self.url).path} does not show {mark}")
        return self.marked[mark]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent back to one request."""

    status: int
    headers: dict[str, str]
    content: bytes


class _Manual(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        """Follow nothing by itself; `Person` does, with GET."""


@dataclass
class Person:
    """Somebody at a browser of their own."""

    name: str
    base: str
    page: Page = field(init=False)
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(_Manual, cookies)

    def goes_to(self, path: str) -> Page:
        """Fetch a page and follow where it leads."""
        return self._fetch(urllib.parse.urljoin(self.base, path), None)

    def sends(self, action: str, **values: str | list[str]) -> Page:
        """Fill in and send the form of the current page whose address ends so."""
        form = self.page.form(action)
        body = urllib.parse.urlencode(form.filled(values)).encode()
        return self._fetch(urllib.parse.urljoin(self.page.url, form.action), body)

    def _fetch(self, url: str, body: bytes | None) -> Page:
        for _ in range(NO_REDIRECT_LIMIT):
            answer = self._exchange(url, body)
            location = answer.headers.get("Location")
            if location is None:
                self.page = _read(url, answer)
                return self.page
            url, body = urllib.parse.urljoin(url, location), None
        raise StepFailed("the pages lead in a circle")

    def _exchange(self, url: str, body: bytes | None) -> Answer:
        # The address is our own server's, on the loopback interface.
        request = urllib.request.Request(url, data=body)  # noqa: S310
        try:
            with self._opener.open(request, timeout=60) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())


def _read(url: str, answer: Answer) -> Page:
    media_type = answer.headers.get("Content-Type", "").split(";")[0]
    if media_type != "text/html":
        return Page(url, answer.status, answer.content, media_type)
    document = lxml.html.document_fromstring(answer.content.decode("utf-8"))
    marked = {
        _class(each, "__title"): _class(each, "__letters") or _class(each, "__value")
        for each in document.xpath("//section[contains(@class, 'c-word') or contains(@class, 'c-secret')]")
    }
    forms = tuple(_form(each) for each in document.forms)
    text = " ".join(document.body.text_content().split())
    return Page(url, answer.status, answer.content, media_type, forms, text, marked)


def _class(section: lxml.html.HtmlElement, ending: str) -> str:
    # A word is written twice: whole for those who listen to the page, in letters for those who look.
    found = section.xpath(f".//*[contains(@class, '{ending}')]")
    whole = found[0].xpath("./span[contains(@class, 'u-hidden')]") if found else []
    return str((whole or found)[0].text_content()).strip() if found else ""


def _form(element: lxml.html.FormElement) -> Form:
    names = {each.get("name") for each in element.xpath(".//*[@name]")}
    return Form(element.get("action") or "", element.method.lower(), element.form_values(), names)
