"""A form in progress: kept on the server, sealed, one person's own (照会の下書き).

Decides   how long a draft is kept, and that a My Number never gets into one.
Not here  what the fields mean: web/filing.py reads them.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from inquiry.domain.errors import NotFound
from inquiry.security import guard
from inquiry.store.paperwork import Draft, draft_of, drafts_of, held_draft_of
from inquiry.workflow.work import Work

KEPT: Final = timedelta(days=14)

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One draft in a person's list: to whom it is going, when it was saved, and when it will be thrown away."""

    id: str
    insurer: str
    saved_at: datetime
    kept_until: datetime


def save(work: Work, draft_id: str, fields: Mapping[str, list[str]], *, apart: Collection[str]) -> Draft:
    """Keep what was typed so far; the fields named in `apart` have a form of their own and are guarded one by one.

    :raises MyNumberFound: naming the field; nothing is kept then.
    :raises NotFound: if the id is none, or somebody else's.
    """
    check_texts(fields, apart=apart)
    draft = draft_of(work.session, work.actor.account_id, draft_id)
    if draft is None:
        draft = _begin(work, draft_id)
    draft.form_ct = work.seal(dict(fields), "draft.form", draft.id)
    draft.updated_at = work.now
    _throw_away_old_ones(work)
    return draft


def check_texts(fields: Mapping[str, list[str]], *, apart: Collection[str]) -> None:
    """Refuse a My Number in what was typed.

    :raises MyNumberFound: naming the field.
    """
    texts = {name: "\n".join(values) for name, values in fields.items()}
    for name in apart:
        guard.enforce({name: texts.get(name, "")})
    guard.enforce({name: text for name, text in texts.items() if name not in apart})


def _begin(work: Work, draft_id: str) -> Draft:
    if not _is_id(draft_id) or work.session.get(Draft, draft_id) is not None:
        raise NotFound("draft:not_found")
    draft = Draft(id=draft_id, account_id=work.actor.account_id)
    work.session.add(draft)
    return draft


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _throw_away_old_ones(work: Work) -> None:
    for draft in drafts_of(work.session, work.actor.account_id):
        if draft.updated_at + KEPT < work.now:
            work.session.delete(draft)


def fields_of(work: Work, draft_id: str) -> Fields:
    """Return what was typed so far; nothing for a form that was never saved."""
    draft = draft_of(work.session, work.actor.account_id, draft_id)
    return _opened(work, draft) if draft is not None else {}


def written(work: Work, draft_id: str) -> Fields:
    """Return what was typed into a form that was saved.

    :raises NotFound: if there is no such draft, or it was sent already.
    """
    fields = fields_of(work, draft_id)
    if not fields:
        raise NotFound("draft:not_found")
    return fields


def mine(work: Work) -> list[DraftLine]:
    """Return the actor's own drafts, the newest first."""
    return [
        DraftLine(draft.id, next(iter(_opened(work, draft).get("insurer", [])), ""), draft.updated_at, until)
        for draft in drafts_of(work.session, work.actor.account_id)
        if (until := draft.updated_at + KEPT) >= work.now
    ]


def discard(work: Work, draft_id: str) -> None:
    """Throw a draft away.

    :raises NotFound: if there is none, or it was sent already.
    """
    draft = held_draft_of(work.session, work.actor.account_id, draft_id)
    if draft is None:
        raise NotFound("draft:not_found")
    work.session.delete(draft)
    work.session.flush()


def _opened(work: Work, draft: Draft) -> Fields:
    stored: Fields = work.open(draft.form_ct, "draft.form", draft.id)
    return stored
