"""Templates fit the strict content policy, and no form can be forged or counted twice.

A page carries no code and no style of its own: no `style=`, no `on…=`, no script body. Every form that changes
something carries the token against forgery and the key against repetition.
"""

import re
from collections.abc import Iterator

import pytest

from tests.guards.tree import tracked_texts

COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z][^>]*>")
INLINE = re.compile(r"""\s(?:style|on[a-z]+)\s*=|=\s*["']?\s*javascript:""", re.IGNORECASE)
SCRIPT_BODY = re.compile(r"<script\b[^>]*>\s*[^\s<]", re.IGNORECASE)
STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
FORM = re.compile(r"<form\b.*?(?:</form>|\Z)", re.DOTALL | re.IGNORECASE)
METHOD = re.compile(r"""<form\b[^>]*\bmethod\s*=\s*["']?(\w+)""", re.IGNORECASE)
SENDS_NOTHING = {"get", "dialog"}
# Forms about the session alone: twice is as good as once.
SESSION = re.compile(r"""<form\b[^>]*\baction\s*=\s*["'][^"']*\b(?:login|logout|session)""", re.IGNORECASE)


def blanked(pattern: re.Pattern[str], text: str, *, filling: str = " ") -> str:
    """Replace each match, keeping the line breaks, so that line numbers stay true."""
    return pattern.sub(lambda match: filling + "\n" * match[0].count("\n"), text)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def inline_code(name: str, text: str) -> Iterator[str]:
    """Yield every style, handler and script that stands in the page itself."""
    html = blanked(COMMENT, text)
    for found in SCRIPT_BODY.finditer(html):
        yield f"{name}:{line_of(html, found.start())}: script body"
    for found in STYLE_ELEMENT.finditer(html):
        yield f"{name}:{line_of(html, found.start())}: style element"
    html = blanked(JINJA, html, filling="x")
    for tag in TAG.finditer(html):
        if INLINE.search(tag[0].replace("\n", " ")):
            yield f"{name}:{line_of(html, tag.start())}: inline style or handler"


def unguarded_forms(name: str, text: str) -> Iterator[str]:
    """Yield every form without a stated method, and every sending one without its fields."""
    html = blanked(COMMENT, text)
    for form in FORM.finditer(html):
        method = METHOD.match(form[0])
        place = f"{name}:{line_of(html, form.start())}"
        if method is None:
            yield f"{place}: form without a method"
        elif method[1].lower() not in SENDS_NOTHING:
            needed = ["csrf_field"] if SESSION.match(form[0]) else ["csrf_field", "idempotency_field"]
            if lacking := [field for field in needed if field not in form[0]]:
                yield f"{place}: form without {' and '.join(lacking)}"


def templates() -> list[tuple[str, str]]:
    return [(name, text) for name, text in tracked_texts() if name.startswith("templates/")]


def test_no_template_holds_code_or_style():
    assert [breach for name, text in templates() for breach in inline_code(name, text)] == []


def test_every_changing_form_is_guarded():
    assert [breach for name, text in templates() for breach in unguarded_forms(name, text)] == []


@pytest.mark.parametrize(
    ("text", "checker"),
    [
        ('<p style="color: red">', inline_code),
        ('<p\n  class="{{ a > b }}"\n  style="x">', inline_code),
        ("<button type='submit' onclick='go()'>", inline_code),
        ('<a href="javascript:go()">', inline_code),
        ("<script>go()</script>", inline_code),
        ('<script nonce="{{ nonce }}">\n  go()\n</script>', inline_code),
        ("<script>{{ code }}</script>", inline_code),
        ("<style>p { color: red }</style>", inline_code),
        ("<form>{{ csrf_field() }}{{ idempotency_field() }}</form>", unguarded_forms),
        ('<form method="post">{{ csrf_field() }}</form>', unguarded_forms),
        ('<form method="post">{{ idempotency_field() }}</form>', unguarded_forms),
        ('<form method="post">{# {{ csrf_field() }} #}{{ idempotency_field() }}</form>', unguarded_forms),
        ('<form method="post" action="{{ logout_url }}">{{ idempotency_field() }}</form>', unguarded_forms),
        ('<form method="get"></form>{{ csrf_field() }}{{ idempotency_field() }}<form method=POST>', unguarded_forms),
    ],
)
def test_each_breach_is_seen(text, checker):
    assert len(list(checker("templates/a.html", text))) == 1


@pytest.mark.parametrize(
    ("text", "checker"),
    [
        ('<script src="/static/app.js" defer></script>', inline_code),
        ("{# <p style='x'> #}<!-- <p onclick='x'> --><p data-style='x' class='on'>", inline_code),
        ('<form method="get" action="{{ url }}"></form>', unguarded_forms),
        ('<form method="dialog"></form>', unguarded_forms),
        ('<form method="post" action="{{ logout_url }}">{{ csrf_field() }}</form>', unguarded_forms),
        ('<form method="post">{{ csrf_field() }}\n{{ idempotency_field() }}</form>', unguarded_forms),
    ],
)
def test_what_is_allowed_is_not_a_breach(text, checker):
    assert list(checker("templates/a.html", text)) == []
