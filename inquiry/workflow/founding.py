"""What a new installation holds before anybody works with it (初期データ)."""

from sqlalchemy import select

from inquiry.store.municipalities import Municipality
from inquiry.store.reference import municipalities_csv
from inquiry.workflow import accounts, municipalities
from inquiry.workflow.work import House


def found(house: House) -> None:
    """Fill the municipality directory from the bundled list, once; main lines are entered by people."""
    operator = accounts.operator(house)
    with house.work(operator) as work:
        if work.session.scalar(select(Municipality.code).limit(1)) is None:
            municipalities.found_directory(work, municipalities_csv())
