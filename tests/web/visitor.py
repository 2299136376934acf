"""A person at a browser without JavaScript, who reads strictly: what is broken on a page fails the test.

page = clerk.open("/desk")                       # 200, unless `status` says otherwise
page = clerk.send(page, "/filing", kana="…")     # fills the page's own form and posts it; redirects are followed
assert "受付番号" in page.text
"""

from collections import Counter
from typing import Any

import lxml.html
from flask.testing import FlaskClient

REDIRECTS = 5


class Page:
    """One answer of the server, read strictly."""

    def __init__(self, response: Any, path: str) -> None:
        self.response, self.path, self.status = response, path, response.status_code
        self.is_html = response.mimetype == "text/html" and bool(response.data)
        self.tree = lxml.html.fromstring(response.get_data(as_text=True)) if self.is_html else None
        if self.is_html:
            self._check()

    def _check(self) -> None:
        ids = Counter(self.tree.xpath("//@id"))
        assert [name for name, times in ids.items() if times > 1] == [], self.path
        assert self.title, self.path
        assert len(self.tree.xpath("//h1")) == 1, f"{self.path} has {len(self.tree.xpath('//h1'))} headings"
        known = set(ids)
        for name in self.tree.xpath("//label/@for | //@aria-labelledby | //@aria-describedby"):
            assert set(name.split()) <= known, f"{self.path} points to a missing id: {name}"
        named = self.tree.xpath("//input[@type!='hidden' and not(@aria-label)]/@id | //select/@id | //textarea/@id")
        labelled = {*self.tree.xpath("//label/@for"), *self.tree.xpath("//*[@aria-label]/@id")}
        assert set(named) <= labelled, f"{self.path} has controls without a label: {set(named) - labelled}"

    @property
    def title(self) -> str:
        return " ".join(self.tree.xpath("string(//title)").split())

    @property
    def text(self) -> str:
        """What stands in the content of the page, white space evened out."""
        return " ".join(self.tree.xpath("string(//main)").split())

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [" ".join(line.text_content().split()) for line in self.tree.xpath("//ul[@class='c-errors__list']/li")]

    def links(self, text: str = "") -> list[str]:
        """Where the links whose words hold the text lead."""
        return [link.get("href") for link in self.tree.xpath("//main//a[@href]") if text in link.text_content()]

    def form(self, action: str = "", *, holding: str = "") -> Any:
        """Return the form of the content that goes to an address, and has a field if one is named."""
        for form in self.tree.xpath("//main//form"):
            if (form.get("action") or self.path).startswith(action or self.path) and (
                not holding or holding in form.fields
            ):
                return form
        raise AssertionError(f"no form to {action or self.path} on {self.path}; {self.actions}")

    @property
    def actions(self) -> list[str]:
        return [form.get("action") or self.path for form in self.tree.xpath("//main//form")]


class Visitor:
    """Somebody who is logged in, or nobody in particular."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str, *, status: int = 200) -> Page:
        """Open an address and follow where it leads."""
        response = self.client.get(path)
        for _ in range(REDIRECTS):
            if status in (302, 303) or response.status_code not in (302, 303):
                break
            path = response.location
            response = self.client.get(path)
        assert response.status_code == status, f"{path}: {response.status_code} {_said(response)}"
        return Page(response, path)

    def send(self, page: Page, action: str = "", *, status: int = 200, button: str = "", **fields: Any) -> Page:
        """Fill a form of the page and post it, as a browser would; a field that is not there fails.

        `button` is ``name=value`` of the button pressed, where there are several. With ``status=303`` the redirect is
        returned and not followed.
        """
        form = page.form(action, holding=next(iter(fields), ""))
        for name, value in fields.items():
            assert name in form.fields, f"no field {name} in {sorted(form.fields.keys())}"
            _fill(form, name, value)
        values = form.form_values()
        if button:
            name, _, value = button.partition("=")
            assert form.xpath(f".//button[@name='{name}' and @value='{value}']"), f"no button {button}"
            values = [pair for pair in values if pair[0] != name] + [(name, value)]
        return self.post(form.get("action") or page.path, values, status=status)

    def post(self, path: str, values: list[tuple[str, str]], *, status: int = 200) -> Page:
        """Post these values and follow where the answer leads."""
        data: dict[str, list[str]] = {}
        for name, value in values:
            data.setdefault(name, []).append(value)
        response = self.client.post(path, data=data)
        if response.status_code in (302, 303) and status not in (302, 303):
            return self.open(response.location, status=status)
        assert response.status_code == status, f"{path}: {response.status_code} {_said(response)}"
        return Page(response, path)


def _fill(form: Any, name: str, value: Any) -> None:
    if isinstance(value, bool):
        form.inputs[name].checked = value
    elif isinstance(value, (list, tuple, set)):
        form.inputs[name].value = value
    else:
        form.fields[name] = value


def _said(response: Any) -> str:
    if response.mimetype != "text/html" or not response.data:
        return response.get_data(as_text=True)[:200]
    tree = lxml.html.fromstring(response.get_data(as_text=True))
    return " ".join(tree.xpath("string(//main)").split())[:600]
