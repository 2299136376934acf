"""Open data that ships with the product; README.md beside this file says where it comes from (同梱データ)."""

from importlib import resources


def municipalities_csv() -> bytes:
    """Return the bundled list of prefectures and municipalities as CSV."""
    return resources.files(__name__).joinpath("municipalities.csv").read_bytes()
