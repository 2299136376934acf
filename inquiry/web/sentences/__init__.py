"""Sentences by floor and step; `inquiry/web/messages.py` gathers them."""
