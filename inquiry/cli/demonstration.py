"""``inquiry demo``: fill an empty database with a demonstration and serve it (デモの実行)."""

import os
import secrets
import socket
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from inquiry.cli.surroundings import house
from inquiry.domain.errors import Forbidden
from inquiry.security.passphrases import new_passphrase
from inquiry.web.labels import ROLES
from inquiry.workflow import demonstration

PASSWORD_FILE = "demo-password"  # noqa: S105 a file's name


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fill-only", is_flag=True, help="Fill the database and do not serve.")
@with_appcontext
def demo(*, host: str, port: int, fill_only: bool) -> None:
    """Fill an empty database with a demonstration, print the accounts, and serve it."""
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
    # gunicorn takes the place of this process: two workers of four threads.
    arguments = ["gunicorn", "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    os.chdir(root)
    os.execv(sys.executable, [sys.executable, "-m", *arguments, "wsgi:app"])  # noqa: S606 our own interpreter


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
    password = new_passphrase(secrets.choice)
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
