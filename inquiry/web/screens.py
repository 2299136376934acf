"""Every screen, gathered (画面の一覧)."""

from flask import Flask

from inquiry.web import (
    account,
    accounts,
    answering,
    calling,
    clarifying,
    confirming,
    contact_files,
    contacts,
    correcting,
    corresponding,
    desk,
    difficult_insurers,
    escalating,
    filing,
    following_up,
    four_eyes,
    identifying,
    inquiry_page,
    later_findings,
    ledger,
    lettering,
    locking,
    matching_list,
    matching_rules,
    municipalities,
    overview,
    public,
    queue,
    rosters,
    settling,
    suspicions,
    withholding,
)

BLUEPRINTS = (
    account.blueprint,
    inquiry_page.blueprint,
    filing.blueprint,
    settling.blueprint,
    escalating.blueprint,
    desk.blueprint,
    clarifying.blueprint,
    correcting.blueprint,
    corresponding.blueprint,
    accounts.blueprint,
    contact_files.blueprint,
    contacts.blueprint,
    difficult_insurers.blueprint,
    later_findings.blueprint,
    ledger.blueprint,
    municipalities.blueprint,
    overview.blueprint,
    public.blueprint,
    answering.blueprint,
    calling.blueprint,
    confirming.blueprint,
    following_up.blueprint,
    four_eyes.blueprint,
    identifying.blueprint,
    lettering.blueprint,
    locking.blueprint,
    matching_list.blueprint,
    matching_rules.blueprint,
    queue.blueprint,
    rosters.blueprint,
    suspicions.blueprint,
    withholding.blueprint,
)


def hang(app: Flask) -> None:
    """Hang every screen into the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
