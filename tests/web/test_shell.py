"""The shell around every screen: headers, login, how long it lasts, and what an error shows."""

import logging
import re
from datetime import timedelta

import pytest

from inquiry.web import shell
from tests.world import PASSWORD


def test_every_answer_carries_the_strict_policy_and_is_kept_by_no_cache(anybody):
    answer = anybody.client.get("/login")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_broken_page_tells_an_error_number_and_nothing_of_what_was_typed(app, anybody, caplog, monkeypatch):
    secret = "髙橋太郎"
    monkeypatch.setitem(app.error_handler_spec[None][None], Exception, shell.broken)
    monkeypatch.setitem(app.view_functions, "shell.alive", lambda: 1 / len(secret.replace(secret, "")))
    monkeypatch.setitem(app.config, "TESTING", False)
    with caplog.at_level(logging.ERROR):
        answer = anybody.client.get("/alive")
    number = re.search("<strong>([0-9a-f]{8})</strong>", answer.text)
    assert answer.status_code == 500
    assert number[1] in caplog.text
    assert secret not in answer.text + caplog.text


def test_wrong_passwords_make_the_name_wait_and_say_nothing_about_whether_it_exists(anybody, world):
    def tries(name):
        page = anybody.open("/login")
        return anybody.send(page, "/login", login_name=name, password="wrong password 1", status=422).errors

    assert tries("clerk") == tries("nobody") != []
    for _ in range(3):
        tries("clerk")
    page = anybody.open("/login")
    anybody.send(page, "/login", login_name="clerk", password=PASSWORD, status=429)
    world.clock.forward(minutes=1)
    page = anybody.open("/login")
    anybody.send(page, "/login", login_name="clerk", password=PASSWORD, status=303)


@pytest.mark.parametrize("elsewhere", ["//example.com", "https://example.com", "/\\example.com", "javascript:alert(1)"])
def test_a_login_leads_to_no_place_but_our_own(anybody, elsewhere):
    form = anybody.client.get(f"/login?next={elsewhere}").text
    token = re.search('name="csrf_token" value="([^"]+)"', form)[1]
    sent = {"csrf_token": token, "login_name": "clerk", "password": PASSWORD}
    answer = anybody.client.post(f"/login?next={elsewhere}", data=sent)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


def test_a_login_idles_out_and_polling_does_not_keep_it_alive(client_as, world):
    officer = client_as("officer")
    for _ in range(3):
        world.clock.forward(minutes=12)
        officer.client.get("/queue/version")
    assert "/login" in officer.client.get("/queue").headers.get("Location", "")


def test_a_person_at_work_stays_and_is_told_how_long(client_as, world):
    officer = client_as("officer")
    world.clock.forward(minutes=20)
    assert officer.client.get("/session").json["seconds_left"] == timedelta(minutes=10).total_seconds()
    officer.client.get("/queue")
    assert officer.client.get("/session").json["seconds_left"] == timedelta(minutes=30).total_seconds()


def test_a_day_s_work_is_the_longest_login(client_as, world):
    officer = client_as("officer")
    for _ in range(31):
        world.clock.forward(minutes=20)
        officer.client.get("/queue")
    assert "/login" in officer.client.get("/queue").headers.get("Location", "")


def test_an_address_without_its_slash_is_led_right(client_as):
    assert client_as("auditor").client.get("/ledger").status_code in (301, 308)
