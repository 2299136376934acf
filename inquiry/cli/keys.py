"""``inquiry keys``: the key ring (鍵束)."""

import click
from flask import current_app
from flask.cli import AppGroup

from inquiry.cli.surroundings import house, operator
from inquiry.security.keyring import rotate_keyring

group = AppGroup("keys", help="Keep the key ring.")


@group.command("rotate")
def rotate() -> None:
    """Add a new root key, which seals from now on; the older ones stay on the ring and open what they sealed."""
    opened = house()
    ring = rotate_keyring(current_app.config["KEYRING"])
    with opened.work(operator()) as work:
        work.record("keys:rotated", generation=str(ring.current))
    click.echo(f"Key generation {ring.current} seals from now on. Back up the key ring.")
    click.echo(
        "Restart every server that is running: it has read the ring already, and cannot open what is sealed next."
    )
    click.echo("`inquiry roster rebuild` then seals the rosters anew; what else there is stays under its older key.")
