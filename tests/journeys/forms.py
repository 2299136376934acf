"""Forms as they stand on a page: which fields can be typed into, what is wrong with one, and sending a file."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass

import lxml.html

from inquiry.cli.walkthrough.person import Answer, Page, Person

PATIENCE_SECONDS = 60
TYPED = ("text", "search", "tel", "email", "url", "time", "date", "number", None)


@dataclass(frozen=True)
class Field:
    """A field to type into; `id` is where its error stands."""

    name: str
    id: str


def fields_to_type_in(page: Page, action: str) -> list[Field]:
    """Return every field of a form that takes what somebody types."""
    form = _form(page, action)
    inputs = [each for each in form.xpath(".//input[@name]") if each.get("type") in TYPED]
    return [Field(each.get("name"), each.get("id")) for each in (*inputs, *form.xpath(".//textarea[@name]"))]


def error_at(page: Page, field: Field) -> str:
    """Return what the page says is wrong with a field."""
    found = _document(page).xpath(f"//*[@id='{field.id}-error']")
    return " ".join(found[0].text_content().split()) if found else ""


def asked(path: str, **query: str) -> str:
    """Return the address to which a search form leads."""
    return f"{path}?{urllib.parse.urlencode(query)}"


def links_in(page: Page, text: str = "") -> list[str]:
    """Return where the links of a page lead whose words hold the text."""
    links = _document(page).xpath("//a[@href]")
    return [str(each.get("href")) for each in links if text in " ".join(each.text_content().split())]


def offers(page: Page, action: str) -> bool:
    """Say whether the page has a form whose address ends so."""
    return any(each.action.endswith(action) for each in page.forms)


def items_of(page: Page, found_by: str) -> list[str]:
    """Return what stands in the elements that the path finds, white space evened out."""
    return [" ".join(each.text_content().split()) for each in _document(page).xpath(found_by)]


def title_of(content: bytes) -> str:
    return lxml.html.document_fromstring(content.decode()).findtext(".//title") or ""


def uploads(person: Person, action: str, name: str, content: bytes, **chosen: str) -> tuple[str, Answer]:
    """Send a file, and what else is chosen, by the form of the current page whose address ends so; follow nothing."""
    form, boundary = person.page.form(action), uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in form.filled({**chosen})
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + content + f"\r\n--{boundary}--\r\n".encode()
    url = urllib.parse.urljoin(person.page.url, form.action)
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    try:
        with person._opener.open(urllib.request.Request(url, body, headers), timeout=60) as response:
            return url, Answer(response.status, dict(response.headers), response.read())
    except urllib.error.HTTPError as error:
        with error:
            return url, Answer(error.code, dict(error.headers), error.read())


def finished(person: Person, page: Page) -> Page:
    """Wait, as the page's script does, until long work is over; return the page as it is then."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while json.loads(person.goes_to(f"{page.url}/progress").content)["is_loading"]:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return person.goes_to(page.url)


def _document(page: Page) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.content.decode())


def _form(page: Page, action: str) -> lxml.html.FormElement:
    for form in _document(page).forms:
        path = urllib.parse.urlsplit(urllib.parse.urljoin(page.url, form.get("action") or "")).path
        if form.method.lower() == "post" and path.endswith(action):
            return form
    raise AssertionError(f"no form {action}")
