"""Sentences about the lists and the directory (窓口一覧・困難保険者リスト・名簿)."""

SENTENCES = {
    "bulk:nothing_picked": "照会を選んでください。",
    "bulk:not_waiting": "選んだ照会の中に、すでに進んだものがあります。画面を開き直して、選び直してください。",
    "bulk:said_missing": "応対した部署・担当者と、確かめた件数・受付番号の範囲を入力してください。",
    "bulk:not_found": "一括処理が見つかりません。一覧から選び直してください。",
    "bulk:not_from_system": "電話・文書で受け付けた照会は、まとめて確かめられません。照会を開いて、１件ずつ確かめてください。",
    "bulk:suspected": "不審な点がＰＭＯに知らされている照会です。照会を開いて、１件ずつ確かめてください。",
    "bulk:main_line_changed": "電話した後に、名簿の代表電話が変わりました。今の代表電話に電話して、確かめ直してください。",
    "bulk:not_from_roster": "加入者名簿で特定した照会ではありません。照会を開いて、回答を作成してください。",
    "bulk:broke_off": (
        "処理の途中で、思わぬ誤りが起きました。ほかの照会を処理した後に、もう一度処理し、直らない場合は管理者に連絡してください。"
    ),
    "bulk:several_periods": "加入期間が複数あります。照会を開いて、どの期間を回答するかを選んでください。",
    "notice_address:no_address": "メールアドレスの形になっていません。半角で１つだけ入力してください。例：kakari@city.example.lg.jp",
    "notice_address:everybodys": "だれでも作れるアドレスは登録できません。団体のドメインのアドレスを入力してください。",
    "notice_address:other_domain": "メールドメインの外のアドレスは登録できません。メールドメインと同じドメインのアドレスを入力するか、空にしてください。",
    "mail_domain:no_domain": "ドメインの形になっていません。＠の後ろの部分を半角で入力してください。例：city.example.lg.jp",
    "mail_domain:everybodys": "だれでもアドレスを作れるドメインは登録できません。団体のドメインを入力してください。",
    "insurer_number:shape": "保険者番号は６桁または８桁の数字です。入力し直してください。",
    "insurer_number:check_digit": "保険者番号の検証番号が合いません。番号を確かめてください。",
    "insurer_number:unknown_kind": "保険者番号の種別（先頭２桁）が不明です。番号を確かめてください。",
    "insurer:unknown_kind": (
        "保険者種別が読み取れません。協会けんぽ・健保組合・国保組合・広域連合のいずれかにしてください。"
    ),
    "insurer:out_of_scope_municipal": "市町村国保はこの照会の対象外です。市町村の国保担当課へ照会してください。",
    "insurer:out_of_scope_mutual_aid": "共済組合はこの照会の対象外です。共済組合の窓口へ直接照会してください。",
    "insurer:out_of_scope_seamen": "船員保険はこの照会の対象外です。船員保険の窓口へ直接照会してください。",
    "insurer:out_of_scope_self_defence": "自衛官等の医療はこの照会の対象外です。所属の窓口へ直接照会してください。",
    "insurer:out_of_scope_retired": "退職者医療制度は終了しており対象外です。市町村の国保担当課へ照会してください。",
    "main_line:unreadable": "電話番号を読み取れません。数字とハイフンだけで、内線を除いて入力してください。",
    "main_line:no_area_code": "０から始まる市外局番がありません。市外局番から入力してください。",
    "main_line:wrong_length": "電話番号の桁数が違います。番号を確かめてください。",
    "main_line:international": "「＋」で始まる番号は使えません。０から始まる国内の番号にしてください。",
    "main_line:mobile": "携帯電話の番号です。公式サイトの代表電話を入力してください。",
    "main_line:ip_telephone": "IP電話の番号です。公式サイトの代表電話を入力してください。",
    "main_line:toll_free": "フリーダイヤルの番号です。公式サイトの代表電話を入力してください。",
    "main_line:shared_charge": "ナビダイヤルの番号です。公式サイトの代表電話を入力してください。",
    "main_line:not_a_line": "固定電話以外の番号です。公式サイトの代表電話を入力してください。",
    "main_line:source_missing": "代表電話を確かめたページを入力してください。",
    "main_line:source_no_page": "https:// から始まるページのアドレスを入力してください。",
    "main_line:checked_on_missing": "代表電話を確かめた日を入力してください。",
    "main_line:checked_ahead": "確かめた日が先の日付になっています。",
    "amendment:not_found": "名簿の変更が見つかりません。一覧から選び直してください。",
    "amendment:nothing_changed": "今の内容と同じです。変わるところを入力してください。",
    "amendment:evidence_missing": "根拠とした文書か、根拠としたページを入力してください。",
    "amendment:seen_on_missing": "根拠を確かめた日を確認日に入力してください。",
    "amendment:from_past": "適用日が過ぎています。今日か、これからの日付にしてください。",
    "amendment:under_way": (
        "この記載には、手続中の変更があります。その変更が反映されるか、取りやめられてから、もう一度入力してください。"
    ),
    "amendment:second_person": "提案した本人は確認できません。ほかの担当者に確認を依頼してください。",
    "amendment:not_now": "この変更は、今はその段階にありません。画面を開き直して、今の段階を確かめてください。",
    "amendment:over": "この変更は、すでに反映されたか、取りやめられています。画面を開き直してください。",
    "amendment:stale": (
        "変更前の番号か名称が、その後ほかの手続で変わりました。この変更を取りやめ、今の内容から提案し直してください。"
    ),
    "addition:under_way": (
        "この窓口の追加は、すでに提案されています。「名簿の変更」で、その提案が承認されるか差し戻されるのを待ってください。"
    ),
    "addition:reason_missing": "差し戻す理由を入力してください。",
    "addition:none_chosen": "差し戻す窓口を選んでください。",
    "addition:main_desk_unreached": (
        "主たる窓口に確かめられないうちは、窓口を加えられません。先に、主たる窓口の番号を変更してください。"
    ),
    "addition:unfit": (
        "今の一覧には加えられない窓口があります。画面を開き直し、理由の付いた窓口を差し戻してから、もう一度進めてください。"
    ),
    "amendment:call_note_missing": "応対した部署と、聞いた内容を入力してください。",
    "amendment:objected_already": "この合併には、すでに異議を申し出ています。ＰＭＯの判断を待ってください。",
    "amendment:objection_missing": "異議の内容、又は進める理由を入力してください。",
    "amendment:reason_missing": "取りやめる理由を入力してください。",
    "number_report:no_number": "名簿に番号がありません。ＰＭＯに登録を依頼してください。",
    "number_report:not_found": "連絡が見つかりません。一覧から選び直してください。",
    "number_report:done_already": "この連絡は、ほかの担当者が対応済みです。一覧を開き直してください。",
    "number_report:outcome_missing": "確かめた結果を入力してください。",
    "directory_rule:cooling_days": "待ち期間は１日から３０日までで入力してください。",
    "directory_rule:recheck_days": "再確認までの日数は１日から３６６日までで入力してください。",
    "municipality:not_found": "団体が見つかりません。名簿から選び直してください。",
    "municipality:check_digit": "団体コードの検査数字が合いません。コードを確かめてください。",
    "municipality:without_office": "照会を行わない団体です。この行を除いてください。",
    "municipality:code_repeated": "同じ団体コードが２回あります。１行にしてください。",
    "municipality:prefecture_contradicts_code": "都道府県が団体コードと合いません。どちらかを直してください。",
    "municipality:name_missing": "名称がありません。入力してください。",
    "contact:not_found": "照会窓口が見つかりません。一覧から選び直してください。",
    "contact:cell_missing": "必須の欄が空です。入力してください。",
    "contact:prefecture_unknown": "都道府県名が読み取れません。「東京都」のように入力してください。",
    "contact:kind_contradicts_number": "保険者種別が保険者番号と合いません。どちらかを直してください。",
    "contact:channel_unknown": "回答方法は電話・ファイル・文書を「;」で区切って入力してください。",
    "contact:postal_code_unreadable": "郵便番号は７桁の数字で入力してください。",
    "contact:date_unreadable": "確認日は 2026-10-01 の形で入力してください。",
    "contact:number_repeated": "同じ窓口が２回あります。保険者番号と窓口名が同じ行を、１行にしてください。",
    "contact:listed_already": "この保険者番号の窓口はすでに一覧にあります。一覧から開いて変更してください。",
    "contact:no_main_desk": (
        "この保険者の主たる窓口がありません。先に、窓口名を空欄にして主たる窓口を登録してください。"
    ),
    "contact:main_desk_has_no_name": ("窓口名は、主たる窓口では空欄にし、ほかの窓口では必ず入力してください。"),
    "contact:desk_name_taken": "同じ名前の窓口が、この保険者にもうあります。別の窓口名にしてください。",
    "contact:number_served_elsewhere": (
        "この保険者番号は、ほかの窓口が担当しています。１つの番号を担当する窓口は１つにしてください。"
    ),
    "contact:serves_foreign_number": (
        "この保険者の番号ではありません。番号を確かめるか、先に「保険者番号の期間」で番号を加えてください。"
    ),
    "desk_end:under_way": "この窓口には、終了する日を待つ手続があります。その手続を確かめてください。",
    "contact:insurer_merged": (
        "この保険者は、ほかの保険者に承継されました。この行を除くか、承継した保険者の番号にしてください。"
    ),
    "contact:other_desks_stand": "ほかの窓口が残っています。ほかの窓口を終了してから、主たる窓口を終了してください。",
    "contact:periods_at_main_desk": (
        "保険者番号の期間は、主たる窓口（窓口名が空欄）の行に書いてください。この行では空欄にしてください。"
    ),
    "number_period:unreadable": "保険者番号の期間は「06130017 2003-04-01～2020-03-31」の形で入力してください。",
    "number_period:overlap": "同じ保険者番号の期間が重なっています。期間を確かめてください。",
    "number_period:ends_before_it_begins": "終わりの日が始まりの日より前です。日付を確かめてください。",
    "number_period:not_held": "この保険者の番号ではないか、その日より前に終わっています。番号と日付を確かめてください。",
    "number_period:held_by_another": (
        "この保険者番号は、その期間にほかの保険者の番号です。移るときは、今の保険者の画面から「ほかの保険者に移す」を"
        "選んでください。"
    ),
    "number_period:other_kind": "保険者の種別が違う番号です。番号を確かめてください。",
    "number_period:receiver_unknown": (
        "移る先の保険者が窓口一覧にありません。移る先の保険者が今使っている番号を入力してください。"
    ),
    "merger:day_missing": "合併の日を入力してください。",
    "merger:numbers_missing": "なくなる保険者の保険者番号を、１行に１つずつ入力してください。",
    "merger:successor_without_desk": "承継する保険者に窓口がありません。先に窓口を登録してください。",
    "merger:insurer_unknown": "保険者番号が窓口一覧にありません。番号を確かめてください。",
    "merger:other_kind": "保険者の種別が違います。合併は、同じ種別の保険者の間で記録してください。",
    "merger:gone_already": "すでにほかの保険者に承継された保険者です。番号を確かめてください。",
    "merger:cycle": (
        "承継する保険者か、その保険者がこれから承継される先です。どちらがなくなる保険者かを確かめてください。"
    ),
    "contact:back_under_another_number": (
        "この保険者は、以前は別の電話番号・FAXで載っていました。以前の番号で追加し、それから変更の手続をしてください。"
    ),
    "contacts:bad_rows": "取り込めない行があるため、取り込みませんでした。ファイルを直して、もう一度選んでください。",
    "difficult_insurer:insurer_unknown": (
        "この保険者番号は照会窓口一覧にありません。番号を確かめるか、先に窓口一覧に追加してください。"
    ),
    "difficult_insurer:not_found": "リストの記載が見つかりません。一覧から選び直してください。",
    "difficult_insurer:draft_begun": "次の版の下書きは、すでにあります。リストの画面から開いてください。",
    "difficult_insurer:no_draft": "下書きがありません。リストの画面で、次の版の下書きを作ってください。",
    "difficult_insurer:second_person": (
        "この版を書いた人は公開できません。ほかのＰＭＯ担当者に、確認と公開を依頼してください。"
    ),
    "difficult_insurer:publication_past": "公開日が過ぎた日付です。今日か、これからの日を入力してください。",
    "difficult_insurer:publication_before_latest": (
        "公開日が、前の版の公開日より前です。前の版と同じ日か、それより後の日を入力してください。"
    ),
    "difficult_insurer:edition_not_found": "この版はありません。リストの画面から選び直してください。",
    "difficult_insurer:since_ahead": "先の日付です。今日か、それより前の日を入力してください。",
    "difficult_insurer:listed_already": (
        "この保険者は、同じ区分ですでにその期間に掲載されています。期間を確かめてください。"
    ),
    "difficult_insurer:association_dependants_only": (
        "協会けんぽは被扶養者のみを対象にできます。対象者範囲を「被扶養者のみ」にしてください。"
    ),
    "difficult_insurer:kind_never_listed": "広域連合はリストの対象になりません。保険者番号を確かめてください。",
    "difficult_insurer:ends_before_it_begins": "終了日が開始日より前です。日付を直してください。",
    "difficult_insurer:insurer_not_found": "保険者が見つかりません。一覧から選び直してください。",
    "difficulty_rules:leave_not_below_enter": (
        "解除の基準は、1以上で掲載の基準より小さい数にしてください。同じにすると、掲載と解除が毎月入れ替わります。"
    ),
    "difficulty_rules:nothing_about_registration": "登録の遅れの指標を、一つ以上使ってください。",
    "difficulty_rules:nothing_about_answering": "問合せへの対応の指標を、一つ以上使ってください。",
    "difficulty_rules:half_a_threshold": "掲載と解除の両方の基準を入力するか、両方を空にしてください。",
    "difficulty_rules:months": "月数は1から12までの数で入力してください。",
    "difficulty_rules:least_inquiries": "件数は1以上の数で入力してください。",
    "difficulty_rules:days_to_object": "異議の申出の期間は1日から90日までにしてください。",
    "difficulty_rules:reason_missing": "変更の理由を入力してください。",
    "listing_proposal:not_found": "提案が見つかりません。一覧から選び直してください。",
    "listing_proposal:reason_missing": "提案の理由を入力してください。",
    "listing_proposal:open_already": "この保険者への提案は、すでに進んでいます。提案の一覧から開いてください。",
    "listing_proposal:stands_there": "この保険者は、すでに提案のとおりになっています。リストを確かめてください。",
    "listing_proposal:objection_missing": "異議の内容を入力してください。",
    "listing_proposal:said_already": "異議の有無は、すでにＰＭＯに伝わっています。提案の画面で確かめてください。",
    "listing_proposal:too_late": "異議を申し出られる期間が過ぎました。ＰＭＯに連絡してください。",
    "listing_proposal:reply_missing": "異議への回答を入力してください。",
    "listing_proposal:nothing_to_answer": "回答する異議がありません。提案の画面で確かめてください。",
    "listing_proposal:decided_already": "この提案は、すでに決定しています。",
    "listing_proposal:time_to_object": (
        "保険者が異議を申し出られる期間です。期限が過ぎるか、保険者が異議の有無を答えると、決定できます。"
    ),
    "listing_proposal:objection_unanswered": "保険者の異議に、まだ回答していません。回答してから決定します。",
    "listing_proposal:decision_reason_missing": "決定の理由を入力してください。",
    "listing_proposal:day_missing": "採用するときは、日付を入力してください。",
    "listing_proposal:not_on_draft": (
        "この保険者の記載は、その日までに終わっているか、下書きにありません。日付と下書きを確かめてください。"
    ),
    "roster:insurer_unknown": "この保険者番号は照会窓口一覧にありません。先に窓口一覧を取り込んでください。",
    "roster:cell_missing": "必須の欄が空です。入力してください。",
    "roster:born_after_file": (
        "生年月日が、名簿の基準日（照会の一覧では今日）より後です。"
        "７桁の日付のときは、元号の番号（レセプト式・年金式）の選び方を確かめてください。"
    ),
    "roster:acquired_long_after_file": (
        "資格取得年月日が、名簿の基準日（照会の一覧では今日）より１年以上も後です。"
        "７桁の日付のときは、元号の番号（レセプト式・年金式）の選び方を確かめてください。"
    ),
    "roster:lost_long_after_file": (
        "資格喪失年月日が、名簿の基準日（照会の一覧では今日）より１０年以上も後です。資格が続いている人は空欄にしてください。"
        "７桁の日付のときは、元号の番号（レセプト式・年金式）の選び方を確かめてください。"
    ),
    "roster:unknown_value": "決められた値ではありません。様式の説明を確かめてください。",
    "roster:person_contradicts_earlier_row": (
        "同じ加入者IDの前の行と、氏名・生年月日・性別などが違います。どちらかを直してください。"
    ),
    "roster:bad_rows": "誤りのある行があるため、取り込みませんでした。行を直すか、除いて取り込むことを選んでください。",
    "roster:nobody": "取り込める加入者がいません。ファイルを確かめてください。",
    "roster:loaded_before_changes": (
        "このファイルを読み込んだあとに日次の差分を取り込んだため、切り替えると差分が失われます。"
        "差分を含むファイルを読み込み直してください。"
    ),
    "roster:vanishing": (
        "今の名簿からいなくなる人が多すぎるため、今の名簿のままにしました。"
        "一部だけを書き出したファイルや古い名簿ではないかを確かめ、正しければ、確かめたことを選んでください。"
    ),
    "roster:opens_withheld": (
        "不開示の人（不開示のまま今の名簿から外れた人を含む）が、不開示でなくなるおそれがあるため、"
        "今の名簿のままにしました。不開示の人がいるときは、"
        "「不開示」の欄に 1 と書いたファイルを読み込み、いなければ、確かめたことを選んでください。"
    ),
    "roster:others": (
        "今の名簿と、同じ加入者IDで氏名・生年月日・性別の違う人が多すぎるため、今の名簿のままにしました。"
        "別の団体の名簿ではないかを確かめ、正しければ、確かめたことを選んでください。"
    ),
    "roster:older": (
        "ファイルの基準日が今の名簿の基準日より前のため、切り替えませんでした。"
        "新しいファイルを読み込み直すか、古いファイルに替えてよければ、確かめたことを選んで切り替えてください。"
    ),
    "roster:changes_older": (
        "基準日が、今の名簿の基準日より前の差分です。取り込むと新しい内容が古い内容に戻るため、取り込みませんでした。"
        "基準日を確かめるか、全件のファイルを読み込んでください。"
    ),
    "roster:written_in_future": "名簿の基準日が、今日より後です。ファイルを書き出した日を入力してください。",
    "roster:many_removed": (
        "削除される人が多すぎるため、差分を取り込みませんでした。"
        "人数を確かめ、正しければ、確かめたことを選び、同じファイルをもう一度選んで読み込んでください。"
    ),
    "roster:many_others": (
        "氏名・生年月日・性別が変わる人が多すぎるため、差分を取り込みませんでした。"
        "別の団体のファイルではないかを確かめ、正しければ、確かめたことを選び、同じファイルをもう一度選んで読み込んでください。"
    ),
    "roster:import_under_way": "この保険者の名簿は、今、読み込み中です。終わってから、もう一度読み込んでください。",
    "roster:many_at_once": "今、ほかの保険者の名簿をいくつも読み込んでいます。数分たってから、もう一度読み込んでください。",
    "roster:slow_to_begin": "名簿の読み込みがまだ始まりません。しばらくしてから「これまでの取込」を見て、"
    "出ていなければ、もう一度読み込んでください。",
    "roster:interrupted": "名簿の読み込みは途中で止まりました。今の名簿はそのままです。もう一度読み込んでください。",
    "roster:given_up_by_rebuild": (
        "運用担当者が今の名簿の検索鍵を作り直したためです。この名簿に替えるときは、もう一度読み込んでください。"
    ),
    "roster:not_loaded": "切り替えられる名簿ではありません。一覧で状態を確かめてください。",
    "roster:not_previous": "戻せる名簿がありません。戻せるのは、一つ前の名簿だけです。",
    "roster:no_such_import": "名簿の取込が見つかりません。一覧から選び直してください。",
    "roster:too_many_differences": "差分としては行が多すぎます（20万行まで）。全件のファイルを読み込んでください。",
    "roster:changes_contradict": "同じ加入者IDの行で、異動区分が違います。一人に一つの異動区分を書いてください。",
    "roster:added_who_is_there": "追加する人が、すでに名簿にいます。異動区分を「変更」にするか、全件を読み込んでください。",
    "roster:changed_who_is_not_there": (
        "変更・削除する人が、名簿にいません。加入者IDを確かめるか、全件を読み込んでください。"
    ),
    "roster:rebuild_needed": (
        "名簿の検索鍵が古い版のため、照合できません。運用担当者に、検索鍵の作り直し（roster rebuild）を依頼してください。"
    ),
    "roster:replaced_meanwhile": (
        "一括照合の途中で名簿が新しくなったため、中止しました。同じ一覧をもう一度照合してください。"
    ),
    "roster:made_before_update": (
        "この名簿は古い版の検索鍵で作られたため、戻しても照合できません。その名簿のファイルを、もう一度読み込んでください。"
    ),
    "matching_rules:out_of_range": "決められた範囲の値ではありません。欄の説明にある範囲で入力してください。",
    "matching_rules:insurers_only": "突合の規則は、医療保険者の担当者だけが扱えます。",
    "own_variant:not_one_kanji": "漢字を１文字だけ入力してください。外字・記号・かなは登録できません。",
    "own_variant:same_character": "２つは同じ文字です（字形の指定は区別しません）。別の文字を入力してください。",
    "own_variant:variant_already": "この２文字は、登録しなくても異体字として同一とみなします。登録は要りません。",
    "own_variant:evidence_missing": "同じ氏名の文字と判断した根拠を入力してください。",
    "own_variant:proposed_already": "この２文字は、すでに提案または登録されています。下の一覧を確かめてください。",
    "own_variant:not_found": "異体字の登録が見つかりません。一覧から選び直してください。",
    "own_variant:second_person": "提案した本人は有効にできません。ほかの担当者に確認を依頼してください。",
    "own_variant:reason_missing": "取り下げる理由を入力してください。",
    "table:empty": "ファイルが空です。見出し行のある表を選んでください。",
    "table:not_text": "CSVではありません。CSV形式で保存し直してください。",
    "table:unknown_encoding": "文字コードを読み取れません。UTF-8またはShift_JIS（CP932）で保存してください。",
    "table:missing_column": "見出しに必要な列がありません。様式どおりの列にしてください。",
    "table:repeated_column": "同じ見出しが２回あります。１列にしてください。",
    "outage:reason_missing": "理由を入力してください。",
    "outage:ends_before": "復旧の見込みは、今より後、始まりより後の日時にしてください。未定のときは空けてください。",
    "outage:declared_already": "すでに障害が宣言されています。その障害の復旧を記録してから、次の障害を宣言してください。",
    "outage:over": "この障害は、すでに終わっています。画面を開き直してください。",
    "batch:no_outage": "一括照会は、情報連携の障害が宣言されている間だけ使えます。１件ずつの照会を作成してください。",
    "batch:rows": "表に書けるのは、1行から3,000行までです。行を分けて、別の表にしてください。",
    "batch:cell_missing": "セルが空です。入力してください。",
    "batch:relation_unknown": "「本人」か「家族」と書いてください。",
    "batch:channel_unknown": "「電話」「ファイル」「文書」のどれかを書いてください。",
    "batch:day_incomplete": "年・月・日をすべて書いてください。",
    "batch:time_unreadable": "日付の後の時刻を「14:05」の形で書いてください。",
    "batch:repeated": "同じ人・同じ保険者・同じ手続の行が、この表の前のほうにあります。どちらかを消してください。",
    "batch:faulty_rows": "直すところのある行があるため、送信できません。ファイルを直して、もう一度選んでください。",
    "batch:being_sent": "この表は送信しています。終わるまで待ってから、画面を開き直してください。",
    "batch:nothing_to_send": "送信する行がありません。重ねて照会するときは、その欄に印を付けてください。",
    "timetable:supervisor_only": "受付時間・休業日を変更できるのは責任者だけです。責任者に依頼してください。",
    "timetable:cut_off_too_early": "締切時刻を正午より前にはできません。12:00以降の時刻にしてください。",
    "timetable:name_missing": "休業日の名称を入力してください。",
    "timetable:closure_past": "過ぎた日は休業日にできません。今日以降の日を入力してください。",
    "timetable:closure_ends": "最後の日は、最初の日から31日目までの日にしてください。長い休業は、分けて加えてください。",
    "timetable:closed_anyway": "その日は、すでに休業日です。土曜日・日曜日・祝日・年末年始は入力しなくてかまいません。",
    "timetable:closed_too_long": "休業が２週間を超えて続きます。途中に受け付ける日を置いてください。",
    "timetable:closure_begun": "始まった日や過ぎた日は、業務日に戻せません。明日以降の休業日を選んでください。",
    "table:unknown_column": "様式にない列があります。その列を除いてください。",
    "table:unwritable": "この形式で書けない文字があります。CSV（UTF-8）で書き出してください。",
    "table:further_sheet": (
        "同じ見出しの表が、ほかのシートにもあります。一枚のシートにまとめるか、CSVで保存し直してください。"
    ),
    "table:too_many_problems": (
        '読み取れない行が10万行を超えたため、読み込みをやめました。列の数と引用符「"」を、様式と見比べてください。'
    ),
    "table:wrong_column_count": "列の数が見出しと違います。この行を確かめてください。",
    "table:broken_workbook": "Excelファイルとして読み取れません。Excelで開き、.xlsx かCSVで保存し直してください。",
    "table:locked_workbook": (
        "パスワード付きか、古い形式（.xls）のExcelファイルです。パスワードを外し、.xlsx かCSVで保存し直してください。"
    ),
    "table:workbook_too_large": "Excelファイルが大きすぎます（100万行、256列まで）。CSVで保存し直してください。",
    "table:error_value": "シートに、#N/A や #VALUE! などのエラーの値があります。値を直してから保存し直してください。",
    "table:broken_quotes": '引用符「"」が閉じていません。この行か、この行より前の行の引用符を直してください。',
}
