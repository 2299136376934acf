"""Every screen, gathered (画面の一覧)."""

from flask import Flask

from inquiry.web import account, inquiry_page

BLUEPRINTS = (account.blueprint, inquiry_page.blueprint)


def hang(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
