"""``inquiry demo``: fill an empty database with a demonstration and serve it (デモの実行)."""

import os
import secrets
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from inquiry.cli.surroundings import house
from inquiry.documents.electronic_seal import open_seal
from inquiry.documents.self_made_certificate import make_pkcs12
from inquiry.domain.errors import Forbidden
from inquiry.web.labels import ROLES
from inquiry.workflow import account_keeping, demonstration

PASSWORD_FILE = "demo-password"  # noqa: S105 a file's name
SEAL_HOLDER = "照会 デモ用の電子シール"


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fill-only", is_flag=True, help="Fill the database and do not serve.")
@with_appcontext
def demo(*, host: str, port: int, fill_only: bool) -> None:
    """Fill an empty database with a demonstration, print the accounts, and serve it."""
    surroundings = _equip(f"http://{host}:{port}")
    password = _filled()
    if fill_only:
        return
    _check_free(host, port)
    click.echo(f"\n  http://{host}:{port}/\n")
    for office in demonstration.OFFICES:
        click.echo(
            f"  {office.login_name:<12}{password}   {ROLES[office.role]}　{office.display_name}（{office.section}）"
        )
    click.echo("\n  Ctrl+C ends it.\n")
    sys.stdout.flush()
    root = current_app.root_path
    if house().post is not None:
        # It ends with this process: Ctrl+C reaches both.
        subprocess.Popen([Path(sys.executable).with_name("inquiry"), "mail", "send", "--watch"], cwd=root)  # noqa: S603 our own interpreter
    # gunicorn takes the place of this process: two workers of four threads.
    arguments = ["gunicorn", "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    os.chdir(root)
    command = [sys.executable, "-m", *arguments, "wsgi:app"]
    os.execve(sys.executable, command, surroundings | os.environ)  # noqa: S606 our own interpreter


def _equip(address: str) -> dict[str, str]:
    """Let the demonstration's letters say where it is served, and seal them with a certificate made here.

    Return the same for the server that takes the place of this process; what the operator named goes before it.
    """
    pkcs12, password = _certificate(Path(current_app.config["VAR"]))
    opened = house()
    seal = opened.seal or open_seal(pkcs12.read_bytes(), password.read_text())
    equipped = replace(opened, seal=seal, public_address=opened.public_address or address)
    current_app.extensions["house"] = equipped
    return {
        "INQUIRY_PUBLIC_ADDRESS": address,
        "INQUIRY_SEAL_FILE": str(pkcs12),
        "INQUIRY_SEAL_PASSWORD_FILE": str(password),
    }


def _certificate(folder: Path) -> tuple[Path, Path]:
    pkcs12, password = folder / "demo-seal.p12", folder / "demo-seal-password"
    if not (pkcs12.exists() and password.exists()):
        for path in (pkcs12, password):
            path.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe())
        # The demonstration's letters are dated some days back.
        pkcs12.write_bytes(make_pkcs12(SEAL_HOLDER, password.read_text(), datetime.now(UTC) - timedelta(days=30)))
    return pkcs12, password


def _filled() -> str:
    opened = house()
    kept = Path(current_app.config["VAR"]) / PASSWORD_FILE
    if kept.exists() and not demonstration.is_empty(opened):
        return kept.read_text().strip()
    click.echo("Filling the database with a demonstration …", err=True)
    examples = Path(current_app.root_path) / "examples"
    material = demonstration.Material(
        contacts=(examples / "contacts.csv").read_bytes(), roster=(examples / "roster.csv").read_bytes()
    )
    password = account_keeping.first_password()
    demonstration.fill(opened, material, password)
    kept.touch(mode=0o600)
    kept.write_text(password)
    return password


def _check_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Forbidden("demonstration:port_taken") from error
