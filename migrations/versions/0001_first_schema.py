"""The first schema.

The ledger's triggers stop accidents and this program; they do not stop an administrator of the database, whose
traces `inquiry audit verify` finds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The insert guard closes the way round the others: INSERT OR REPLACE deletes without firing a delete trigger.
SQLITE_GUARDS = (
    """CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_entry_no_replace BEFORE INSERT ON ledger_entry
       WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id
                    OR (chain_id = NEW.chain_id AND seq = NEW.seq))
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
)
POSTGRES_GUARDS = (
    """CREATE FUNCTION ledger_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_is_append_only()""",
    "ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_no_change",
)


def upgrade() -> None:
    op.create_table(
        "form_key",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("key", "account_id", name="pk_form_key"),
    )
    op.create_table(
        "insurer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False, comment="保険者種別"),
        sa.Column("prefecture", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kana", sa.String(length=300), nullable=False),
        sa.Column("successor_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["successor_id"], ["insurer.id"], name="fk_insurer_successor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_insurer"),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("chain_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("header", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_entry"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_ledger_entry_chain_id_seq", "ledger_entry", ["chain_id", "seq"], unique=True)
    op.create_table(
        "login_delay",
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name_hash", name="pk_login_delay"),
    )
    op.create_table(
        "municipality",
        sa.Column("code", sa.String(length=6), nullable=False, comment="全国地方公共団体コード"),
        sa.Column("prefecture", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kana", sa.String(length=200), nullable=False),
        sa.Column("postal_code", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("main_line", sa.String(length=20), nullable=False, comment="代表電話番号（数字のみ）"),
        sa.Column("main_line_source", sa.String(length=300), nullable=False, comment="番号を確認したページ"),
        sa.Column("main_line_checked_on", sa.Date(), nullable=True),
        sa.Column("main_line_checked_by", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_municipality"),
    )
    op.create_index("ix_municipality_prefecture", "municipality", ["prefecture"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_number_series"),
    )
    op.create_table(
        "contact_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("prefecture", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False, comment="その版での保険者名称"),
        sa.Column("kana", sa.String(length=300), nullable=False),
        sa.Column("department", sa.String(length=100), nullable=False, comment="担当部署"),
        sa.Column("telephone", sa.String(length=20), nullable=False),
        sa.Column("fax", sa.String(length=20), nullable=False),
        sa.Column("hours", sa.String(length=100), nullable=False, comment="受付時間"),
        sa.Column("postal_code", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False, comment="対応できる回答方法"),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True, comment="確認日"),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_contact_entry_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_entry"),
    )
    op.create_index("uq_contact_entry_insurer_id_version", "contact_entry", ["insurer_id", "version"], unique=True)
    op.create_table(
        "difficult_entry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=24), nullable=False, comment="全加入者・被扶養者のみ"),
        sa.Column("category", sa.String(length=40), nullable=False, comment="区分"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="掲載日"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="解除日の前日"),
        sa.Column("reason", sa.Text(), nullable=False, comment="理由（ＰＭＯ内部）"),
        sa.Column("entered_by", sa.String(length=36), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_difficult_entry_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_difficult_entry"),
    )
    op.create_index("ix_difficult_entry_insurer_id", "difficult_entry", ["insurer_id"], unique=False)
    op.create_table(
        "insurer_number",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False, comment="保険者番号（８桁。６桁は左に０を補う）"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_insurer_number_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_insurer_number"),
    )
    op.create_index("ix_insurer_number_insurer_id", "insurer_number", ["insurer_id"], unique=False)
    op.create_index("uq_insurer_number_number_valid_from", "insurer_number", ["number", "valid_from"], unique=True)
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="市町村等・医療保険者・ＰＭＯ・運用者の別"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("municipality_code", sa.String(length=6), nullable=True, comment="団体コード"),
        sa.Column("insurer_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_seq", sa.Integer(), nullable=False),
        sa.Column("ledger_head", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_organisation_insurer_id"),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"], name="fk_organisation_municipality_code"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_index("uq_organisation_insurer_id", "organisation", ["insurer_id"], unique=True)
    op.create_index("uq_organisation_municipality_code", "organisation", ["municipality_code"], unique=True)
    op.create_table(
        "roster_generation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=36), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_roster_generation_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_generation"),
    )
    op.create_index(
        "ix_roster_generation_insurer_id_imported_at", "roster_generation", ["insurer_id", "imported_at"], unique=False
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("organisation_id", sa.String(length=36), nullable=False),
        sa.Column("login_name", sa.String(length=100), nullable=False),
        sa.Column("display_name", sa.String(length=100), nullable=False),
        sa.Column("section", sa.String(length=100), nullable=False, comment="所属"),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("uses_shortcuts", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_account_organisation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login_name", name="uq_account_login_name"),
    )
    op.create_index("ix_account_organisation_id", "account", ["organisation_id"], unique=False)
    op.create_table(
        "active_roster",
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_active_roster_generation_id"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_active_roster_insurer_id"),
        sa.PrimaryKeyConstraint("insurer_id", name="pk_active_roster"),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("member_ct", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_member_generation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
    )
    op.create_index("ix_member_generation_id", "member", ["generation_id"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("form_ct", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_draft_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_account_id", "draft", ["account_id"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False, comment="受付番号"),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("entrance", sa.String(length=16), nullable=False, comment="システム・電話・文書の別"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=6), nullable=False),
        sa.Column("section", sa.String(length=100), nullable=False, comment="所属"),
        sa.Column("person", sa.String(length=100), nullable=False, comment="担当者氏名"),
        sa.Column("heard_telephone", sa.String(length=40), nullable=False, comment="照会者が告げた番号（架電しない）"),
        sa.Column("heard_mail", sa.String(length=200), nullable=False, comment="照会者が告げたアドレス（送信しない）"),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("contact_entry_id", sa.String(length=36), nullable=True),
        sa.Column("difficult_entry_id", sa.String(length=36), nullable=True),
        sa.Column("insurer_evidence", sa.String(length=32), nullable=False, comment="保険者を知った資料"),
        sa.Column("network_error", sa.String(length=8), nullable=False, comment="エラーの種別"),
        sa.Column("error_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("network_reference", sa.String(length=60), nullable=False, comment="処理通番等"),
        sa.Column("procedure", sa.String(length=24), nullable=False, comment="事務手続"),
        sa.Column("items", sa.JSON(), nullable=False, comment="照会したい情報"),
        sa.Column("channel", sa.String(length=16), nullable=False, comment="希望する回答方法"),
        sa.Column("needed_by", sa.Date(), nullable=True, comment="文書回答の期限"),
        sa.Column("note_ct", sa.LargeBinary(), nullable=True),
        sa.Column("subject_ct", sa.LargeBinary(), nullable=False, comment="３情報ほか（暗号化）"),
        sa.Column("subject_key", sa.LargeBinary(), nullable=False, comment="同一人の照会を探す索引（鍵付き）"),
        sa.Column("dates_ct", sa.LargeBinary(), nullable=True, comment="資格取得・喪失の時期（暗号化）"),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.String(length=36), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected_at", sa.DateTime(timezone=True), nullable=True, comment="告げられた回答見込み"),
        sa.Column("refused_reason", sa.String(length=40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ledger_seq", sa.Integer(), nullable=False),
        sa.Column("ledger_head", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["contact_entry_id"], ["contact_entry.id"], name="fk_inquiry_contact_entry_id"),
        sa.ForeignKeyConstraint(["difficult_entry_id"], ["difficult_entry.id"], name="fk_inquiry_difficult_entry_id"),
        sa.ForeignKeyConstraint(["filed_by"], ["account.id"], name="fk_inquiry_filed_by"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_inquiry_insurer_id"),
        sa.ForeignKeyConstraint(["municipality_code"], ["municipality.code"], name="fk_inquiry_municipality_code"),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry"),
        sa.UniqueConstraint("number", name="uq_inquiry_number"),
    )
    op.create_index(
        "ix_inquiry_insurer_id_state_filed_at", "inquiry", ["insurer_id", "state", "filed_at"], unique=False
    )
    op.create_index(
        "ix_inquiry_municipality_code_state_filed_at",
        "inquiry",
        ["municipality_code", "state", "filed_at"],
        unique=False,
    )
    op.create_index("ix_inquiry_subject_key", "inquiry", ["subject_key"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_login_session_account_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_login_session"),
    )
    op.create_index("ix_login_session_account_id", "login_session", ["account_id"], unique=False)
    op.create_table(
        "member_key",
        sa.Column("generation_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.LargeBinary(length=8), nullable=False),
        sa.Column("member_row_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_member_key_generation_id"),
        sa.ForeignKeyConstraint(["member_row_id"], ["member.id"], name="fk_member_key_member_row_id"),
        sa.PrimaryKeyConstraint("generation_id", "kind", "key", "member_row_id", name="pk_member_key"),
    )
    op.create_table(
        "call_back",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("inquiry_id", sa.String(length=36), nullable=False),
        sa.Column("number_dialled", sa.String(length=20), nullable=False, comment="名簿の代表電話"),
        sa.Column("municipality_word", sa.String(length=20), nullable=False, comment="市町村が読み上げる合言葉"),
        sa.Column("insurer_word", sa.String(length=20), nullable=False, comment="保険者が読み返す合言葉"),
        sa.Column("wrong_words", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False, comment="結果。空欄は通話中"),
        sa.Column("carried", sa.JSON(), nullable=False, comment="この電話で伝えた・聞いたこと"),
        sa.Column("reached_ct", sa.LargeBinary(), nullable=True, comment="電話に出た人（暗号化）"),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=36), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_call_back_inquiry_id"),
        sa.ForeignKeyConstraint(["started_by"], ["account.id"], name="fk_call_back_started_by"),
        sa.PrimaryKeyConstraint("id", name="pk_call_back"),
    )
    op.create_index("ix_call_back_inquiry_id", "call_back", ["inquiry_id"], unique=False)
    op.create_table(
        "copy_refresh",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("inquiry_id", sa.String(length=36), nullable=False),
        sa.Column("insurer_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name="fk_copy_refresh_done_by"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_copy_refresh_inquiry_id"),
        sa.ForeignKeyConstraint(["insurer_id"], ["insurer.id"], name="fk_copy_refresh_insurer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_copy_refresh"),
        sa.UniqueConstraint("inquiry_id", name="uq_copy_refresh_inquiry_id"),
    )
    op.create_index("ix_copy_refresh_insurer_id", "copy_refresh", ["insurer_id"], unique=False)
    op.create_table(
        "identification",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("inquiry_id", sa.String(length=36), nullable=False),
        sa.Column("basis", sa.String(length=16), nullable=False, comment="名簿・担当者の確認の別"),
        sa.Column("finding", sa.String(length=16), nullable=False),
        sa.Column("equal", sa.JSON(), nullable=False, comment="一致した３情報"),
        sa.Column("generation_id", sa.String(length=36), nullable=True),
        sa.Column("rule_version", sa.String(length=100), nullable=False),
        sa.Column("number_registered", sa.Boolean(), nullable=False, comment="個人番号登録済（番号そのものではない）"),
        sa.Column("member_ct", sa.LargeBinary(), nullable=True, comment="特定した加入者（暗号化）"),
        sa.Column("reason_ct", sa.LargeBinary(), nullable=True, comment="担当者の理由（暗号化）"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["generation_id"], ["roster_generation.id"], name="fk_identification_generation_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_identification_inquiry_id"),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name="fk_identification_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_identification"),
    )
    op.create_index("ix_identification_inquiry_id", "identification", ["inquiry_id"], unique=False)
    op.create_table(
        "step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("inquiry_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=36), nullable=False),
        sa.Column("by_name", sa.String(length=100), nullable=False),
        sa.Column("by_organisation", sa.String(length=200), nullable=False),
        sa.Column("note_ct", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_step_inquiry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_step"),
    )
    op.create_index("uq_step_inquiry_id_seq", "step", ["inquiry_id", "seq"], unique=True)
    op.create_table(
        "answer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("inquiry_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="回答・該当者なし"),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("identification_id", sa.String(length=36), nullable=False, comment="回答の根拠とした確認"),
        sa.Column("items_ct", sa.LargeBinary(), nullable=True, comment="回答内容（暗号化）"),
        sa.Column("document_number", sa.String(length=60), nullable=False, comment="文書番号"),
        sa.Column("file_ct", sa.LargeBinary(), nullable=True, comment="回答ファイル（暗号化）"),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("mail_address_ct", sa.LargeBinary(), nullable=True, comment="折り返し電話で聞き取ったアドレス"),
        sa.Column("posted_on", sa.Date(), nullable=True, comment="発送日"),
        sa.Column("tracking_number", sa.String(length=20), nullable=False, comment="引受番号"),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prepared_by", sa.String(length=36), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.String(length=36), nullable=True),
        sa.Column("handed_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("downloads", sa.Integer(), nullable=False),
        sa.Column("call_back_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["call_back_id"], ["call_back.id"], name="fk_answer_call_back_id"),
        sa.ForeignKeyConstraint(["given_by"], ["account.id"], name="fk_answer_given_by"),
        sa.ForeignKeyConstraint(["identification_id"], ["identification.id"], name="fk_answer_identification_id"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_answer_inquiry_id"),
        sa.ForeignKeyConstraint(["prepared_by"], ["account.id"], name="fk_answer_prepared_by"),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_index("ix_answer_given_at", "answer", ["given_at"], unique=False)
    op.create_index("ix_answer_inquiry_id", "answer", ["inquiry_id"], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        for statement in POSTGRES_GUARDS:
            op.execute(statement)
    else:
        for statement in SQLITE_GUARDS:
            op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_answer_inquiry_id", table_name="answer")
    op.drop_index("ix_answer_given_at", table_name="answer")
    op.drop_table("answer")
    op.drop_index("uq_step_inquiry_id_seq", table_name="step")
    op.drop_table("step")
    op.drop_index("ix_identification_inquiry_id", table_name="identification")
    op.drop_table("identification")
    op.drop_index("ix_copy_refresh_insurer_id", table_name="copy_refresh")
    op.drop_table("copy_refresh")
    op.drop_index("ix_call_back_inquiry_id", table_name="call_back")
    op.drop_table("call_back")
    op.drop_table("member_key")
    op.drop_index("ix_login_session_account_id", table_name="login_session")
    op.drop_table("login_session")
    op.drop_index("ix_inquiry_subject_key", table_name="inquiry")
    op.drop_index("ix_inquiry_municipality_code_state_filed_at", table_name="inquiry")
    op.drop_index("ix_inquiry_insurer_id_state_filed_at", table_name="inquiry")
    op.drop_table("inquiry")
    op.drop_index("ix_draft_account_id", table_name="draft")
    op.drop_table("draft")
    op.drop_index("ix_member_generation_id", table_name="member")
    op.drop_table("member")
    op.drop_table("active_roster")
    op.drop_index("ix_account_organisation_id", table_name="account")
    op.drop_table("account")
    op.drop_index("ix_roster_generation_insurer_id_imported_at", table_name="roster_generation")
    op.drop_table("roster_generation")
    op.drop_index("uq_organisation_municipality_code", table_name="organisation")
    op.drop_index("uq_organisation_insurer_id", table_name="organisation")
    op.drop_table("organisation")
    op.drop_index("uq_insurer_number_number_valid_from", table_name="insurer_number")
    op.drop_index("ix_insurer_number_insurer_id", table_name="insurer_number")
    op.drop_table("insurer_number")
    op.drop_index("ix_difficult_entry_insurer_id", table_name="difficult_entry")
    op.drop_table("difficult_entry")
    op.drop_index("uq_contact_entry_insurer_id_version", table_name="contact_entry")
    op.drop_table("contact_entry")
    op.drop_table("number_series")
    op.drop_index("ix_municipality_prefecture", table_name="municipality")
    op.drop_table("municipality")
    op.drop_table("login_delay")
    op.drop_index("uq_ledger_entry_chain_id_seq", table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_table("insurer")
    op.drop_table("form_key")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ledger_entry_is_append_only()")
