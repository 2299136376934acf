"""The WSGI entrance: ``gunicorn wsgi:app`` (配備用の入口)."""

import config
from inquiry import create_app

app = create_app(config.load())
