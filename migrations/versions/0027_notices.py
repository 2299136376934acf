"""Addresses for notices, and what a mail tells of (通知用メールアドレス・督促と名簿の変更の通知)."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ADDRESSED = {
    "municipality": ("notice_address", "通知用メールアドレス"),
    "contact_entry": ("notice_address", "通知用メールアドレス（一覧には出さない）"),
    "escalation_rules": ("pmo_notice_address", "ＰＭＯの通知用メールアドレス"),
}


def upgrade() -> None:
    for table, (name, comment) in _ADDRESSED.items():
        op.add_column(table, sa.Column(name, sa.String(254), nullable=False, server_default="", comment=comment))
    with op.batch_alter_table("outgoing_mail") as mail:
        mail.add_column(sa.Column("escalation_id", sa.String(36)))
        mail.add_column(sa.Column("amendment_id", sa.String(36)))
        mail.create_foreign_key("fk_outgoing_mail_escalation_id", "escalation", ["escalation_id"], ["id"])
        mail.create_foreign_key("fk_outgoing_mail_amendment_id", "amendment", ["amendment_id"], ["id"])
        mail.create_index("ix_outgoing_mail_escalation_id", ["escalation_id"])


def downgrade() -> None:
    # Nothing that an earlier version knows how to send.
    op.execute("DELETE FROM outgoing_mail WHERE kind <> 'locked_file'")
    with op.batch_alter_table("outgoing_mail") as mail:
        mail.drop_index("ix_outgoing_mail_escalation_id")
        mail.drop_constraint("fk_outgoing_mail_amendment_id", type_="foreignkey")
        mail.drop_constraint("fk_outgoing_mail_escalation_id", type_="foreignkey")
        mail.drop_column("amendment_id")
        mail.drop_column("escalation_id")
    for table, (name, _) in _ADDRESSED.items():
        op.drop_column(table, name)
