"""What a command stands on: the house of the loaded application, and the operator as actor (コマンドの文脈)."""

from flask import current_app

from inquiry.domain.parties import Actor
from inquiry.workflow import accounts, founding
from inquiry.workflow.work import House


def house() -> House:
    """Return the house of the application that Flask loaded for this command, founded at its first command."""
    opened: House = current_app.extensions["house"]
    founding.found(opened)
    return opened


def operator() -> Actor:
    """Return the operator, whose organisation is made at the first command."""
    return accounts.operator(current_app.extensions["house"])
