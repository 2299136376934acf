"""Sentences about the memo's steps (照会から対応終了まで)."""

SENTENCES = {
    "inquiry:not_found": "照会が見つかりません。受付番号を確かめるか、一覧から選び直してください。",
    "inquiry:forbidden_transition": "照会の状態が変わったため、この操作はできません。最新の内容を確かめてください。",
    "inquiry:municipality_decides": "市町村等の担当者が、自分の画面でする操作です。必要なときは、電話で依頼してください。",
    "corresponding:insurer_is_here": (
        "保険者の担当者が、この照会を本システムで引き取りました。保険者の画面から回答が届きます。電話で聞いた内容は、使う前に保険者に確かめてください。"
    ),
    "corresponding:way_not_for_word": "この内容は、選んだ方法では記録できません。連絡の方法を選び直してください。",
    "corresponding:moment_missing": "日付と時刻を入力してください。",
    "corresponding:ahead": "連絡のあった日時が、今より先になっています。確かめてください。",
    "corresponding:before_filing": "連絡のあった日時が、照会より前になっています。確かめてください。",
    "corresponding:document_ahead": "文書の日付が、今日より先になっています。確かめてください。",
    "corresponding:speaker_missing": "電話で話した人の所属と氏名を入力してください。",
    "corresponding:nothing_told": "回答された項目を１つ以上入力してください。該当者がいないときは、「該当者なし」を選んでください。",
    "corresponding:items_without_answer": "項目の内容が入力されています。「回答があった」を選ぶか、項目の内容を消してください。",
    "corresponding:expected_missing": "回答の見込みの日時を入力してください。",
    "corresponding:refusal_missing": "回答できない理由を選んでください。",
    "corresponding:no_fax": (
        "照会窓口一覧に、この保険者のファクス番号がありません。電話か郵送にしてください。ほかで知った番号には送らないでください。"
    ),
    "joining:taken_up_already": "この照会は、すでに貴団体で引き取っています。最新の内容を確かめてください。",
    "joining:not_to_take_over": (
        "この照会は引き継げません。すでにあなたが受け持っているか、終わっているか、まだ引き取られていません。最新の内容を確かめてください。"
    ),
    "joining:reason_missing": "引き継ぐ理由を入力してください。",
    "delivery:another_fetches": (
        "回答を受け取れるのは、この照会をした担当者か、引き取り・引き継ぎをした担当者だけです。不在などのときは、照会の画面で、理由を書いて引き継いでください。"
    ),
    "delivery:expired": "受け取れる期限を過ぎました。もう一度受け取れるようにすることを、保険者に電話で依頼してください。",
    "delivery:used_up": "受け取れる回数に達しました。もう一度受け取れるようにすることを、保険者に電話で依頼してください。",
    "delivery:held_back": (
        "ファイルが作り直され、保険者の中で確認を待っています。確認が済むと受け取れます。お急ぎのときは、保険者に電話で確かめてください。"
    ),
    "delivery:open_still": "この回答は、まだ受け取れます。市町村等に、照会の画面で受け取るよう伝えてください。",
    "delivery:days_out_of_range": "受け取れる日数は、１日から30日までにしてください。",
    "delivery:times_out_of_range": "受け取れる回数は、１回から20回までにしてください。",
    "inquiry:insurer_decides": "保険者の担当者が、自分の画面でする操作です。電話で聞いた内容は、保険者に画面での操作を依頼してください。",
    "filing:insurer_missing": "照会先の医療保険者を選んでください。保険者を特定しない照会には回答できません。",
    "filing:insurer_merged": (
        "この保険者は、ほかの保険者に承継されました。この番号か名称で照会先を探すと、今の照会先が出ます。選び直すか、表の番号を直してください。"
    ),
    "filing:number_ended": (
        "この保険者番号は、今日はこの保険者の番号ではありません。照会の画面に番号を入れると、今の照会先を確かめられます。"
    ),
    "filing:insurer_without_desk": "この保険者の照会窓口は終了しています。統合先などの保険者を選び直してください。",
    "filing:error_time_missing": "エラーが返った日時を入力してください。",
    "filing:error_time_ahead": "エラーの日時が先の日時になっています。確かめてください。",
    "filing:channel_missing": "希望する回答方法を選んでください。",
    "filing:channel_not_offered": "この保険者は、選んだ回答方法に対応していません。ほかの方法を選んでください。",
    "filing:needed_by_missing": "文書での回答では、必要な期限を入力してください。",
    "filing:needed_by_past": "回答の期限が過去の日付です。今日以降の日付にしてください。",
    "filing:municipality_unknown": "市町村等を名簿から選んでください。",
    "filing:section_missing": "所属を入力してください。",
    "filing:person_missing": "担当者の氏名を入力してください。",
    "filing:not_your_hand": "この照会は、あなたの組織からは作成できません。",
    "refusal:reason_missing": "回答できない理由を入力してください。",
    "delay:not_ahead": "回答の見込みは、今より先の日時にしてください。",
    "delay:reason_missing": "時間を要する理由を入力してください。",
    "identifying:no_roster": "加入者名簿が取り込まれていません。自システムで確かめた結果を入力してください。",
    "identifying:officer_must_look": "候補に確かめる点があります。候補を見て、同じ人かどうかを判断してください。",
    "identifying:common_name": (
        "同姓同名とみられる人が多い氏名です。住所などもう一つの事項で裏付けを確かめ、その事項と理由を記録してください。"
    ),
    "identifying:not_as_shown": (
        "画面を開いた後に名簿が新しくなったため、結果は記録していません。照会の画面を開き直し、今の名簿での判定を見て、記録してください。"
    ),
    "identifying:nothing_to_corroborate": "裏付けを記録する該当者がいません。最新の内容を確かめてください。",
    "matching_list:changed": "一覧を表示した後に、名簿か照会が変わりました。照会を開いて確かめてください。",
    "near_misses:one_is_found": "３情報が一致する人が１人いるため、近い人は表示できません。",
    "near_misses:inquiry_used_up": (
        "この照会で近い人を表示できる回数を使い切りました。上の判定のとおりに進めてください。"
    ),
    "near_misses:day_used_up": (
        "近い人を表示できる本日の回数を使い切りました。明日もう一度表示するか、上の判定のとおりに進めてください。"
    ),
    "withheld:supervisor_only": "不開示の記録を開けるのは、責任者だけです。責任者に依頼してください。",
    "withheld:second_person": ("加入者を確認した本人は、不開示の記録を開けません。ほかの責任者に依頼してください。"),
    "withheld:nothing_to_open": "この照会には、開く不開示の記録がありません。最新の内容を確かめてください。",
    "withheld:reason_missing": "開いてよいと判断した理由を入力してください。",
    "later_finding:not_found": "新しい名簿で見つかった照会が見つかりません。一覧から選び直してください。",
    "later_finding:supervisor_only": (
        "回答済の照会に対応するかは、責任者が決めます。受付番号を責任者に伝えてください。"
    ),
    "later_finding:not_answered": (
        "まだ回答していない照会は、対応済みにできません。照会を開き、「加入者の確認をやり直す」で今の名簿と照合してください。"
        "別の人と確かめたときは、その理由を書いて「該当者なし」と記録します。"
    ),
    "later_finding:done_already": "この照会は、すでに対応済みになっています。",
    "replay:not_kept": "この確認には、再現できる判定の記録がありません。名簿によらない確認か、以前の版での確認です。",
    "identifying:nothing_to_confirm": "この照会には、担当者が確かめる候補がありません。最新の内容を確かめてください。",
    "identifying:nothing_to_tell_apart": (
        "見分けのつかない候補が２人以上いるときだけ、「複数該当」として記録できます。最新の内容を確かめてください。"
    ),
    "identifying:roster_decides": "名簿が取り込まれているため、名簿との照合で判定してください。",
    "identifying:finding_missing": "該当者の有無を選んでください。",
    "identifying:reason_missing": "理由を入力してください。",
    "clarifying:nobody_reads_the_page": (
        "電話・文書で受け付けた照会です。代表電話への折り返しか文書で、追加情報を求めてください。"
    ),
    "dates:missing": "資格取得・喪失の時期のどちらかを入力するか、わからない事情を備考に書いてください。",
    "dates:loss_before_acquisition": "喪失の時期が、取得の時期より前になっています。確かめてください。",
    "calling:nothing_to_say": "この照会は終わっているため、折り返しの必要はありません。",
    "calling:no_main_line": (
        "市町村等名簿に代表電話がないため、折り返しできません。ＰＭＯに代表電話の登録を依頼してください。"
    ),
    "calling:call_in_progress": "この照会には、まだ終えていない通話があります。先にその通話を終えてください。",
    "calling:reached_missing": "電話に出た人の所属と氏名を入力してください。",
    "calling:checks_missing": (
        "合言葉に代わる確認が済んでいません。２つとも確かめて印を付けてください。確かめられないときは、何も伝えずに通話を終えてください。"
    ),
    "calling:not_confirmed": "合言葉を確かめるまで、「つながった」とは記録できません。",
    "calling:word_missing": (
        "相手が読み上げた合言葉を入力してください。相手が言えないときは、「合言葉を言えなかった」で通話を終えてください。"
    ),
    "calling:word_not_in_kana": "合言葉は、聞いたとおりにかなで入力してください。漢字やローマ字に変換しないでください。",
    "calling:words_not_wrong": (
        "相手を確認済みか、合言葉を使わない相手なので、合言葉が一致しなかったとは記録できません。結果を選び直してください。"
    ),
    "calling:held_by_another": (
        "この通話は、ほかの担当者が受け持っています。照会の画面で、理由を書いて引き継いでください。"
    ),
    "calling:yours_already": "この通話は、すでにあなたが受け持っています。通話の画面に戻ってください。",
    "calling:takeover_reason_missing": "通話を引き継ぐ理由を入力してください。",
    "calling:again_not_ahead": "かけ直す時刻は、今より先にしてください。",
    "suspicion:reason_missing": "確かめた内容と、そう判断した理由を入力してください。",
    "suspicion:not_found": "不審な照会の記録が見つかりません。一覧から選び直してください。",
    "suspicion:looked_at_already": "この記録は、すでに確認済みです。一覧を開き直してください。",
    "calling:not_read_back": (
        "復唱を確かめていない項目があります。すべての項目を読み上げ、復唱を確かめて、印を付けてください。"
    ),
    "calling:over": "この通話は終わっています。照会の画面で、どこまで済んだかを確かめてください。",
    "calling:no_call": "通話が始まっていません。代表電話に折り返してから記録してください。",
    "answer:roster_changed": (
        "加入者を確認した後に名簿が変わり、回答する内容（資格期間など）が変わりました。"
        "照会（１つの文書で回答するほかの照会を含みます。）を開き、今の名簿の内容を確かめて、回答の内容を保存してください。"
    ),
    "answer:nothing_may_be_told": "「該当者なし」の回答には、項目を書けません。",
    "answer:item_empty": "回答を入力してください。わからないときは「確認できない」などと書いてください。",
    "answer:not_prepared": "回答がまだ用意されていません。先に回答内容を保存してください。",
    "answer:not_given": "まだ回答されていません。",
    "answer:taken_back": "この回答は取り消されました。照会の画面を開き直し、取消しの内容を確かめてください。",
    "gate:not_released": "もう一人の確認が済んでいません。責任者か代行者に、照会の画面での確認を依頼してください。",
    "letter:not_to_hand_over": "この文書は、本システムでは渡せません。すでに渡したか、市町村等が本システムを使っていません。印刷して送ってください。",
    "four_eyes:second_person": (
        "この回答を確認できるのは、責任者か代行者のうち、内容を書いた人、ファイル・文書を作った人、送り先を聞き取った人とは別の人だけです。"
    ),
    "four_eyes:nothing_waits": "この照会には、確認を待っている回答がありません。最新の内容を確かめてください。",
    "four_eyes:document_missing": "文書・ファイルがまだ作成されていません。作成した後に確認してください。",
    "four_eyes:content_missing": (
        "このファイルの内容を表示できないため、確認できません。作成した担当者に、ファイルを作り直すよう依頼してください。"
    ),
    "four_eyes:reason_missing": "差し戻す理由を入力してください。",
    "four_eyes:supervisor_only": "回答の前の確認の設定は、責任者だけが変更できます。責任者に依頼してください。",
    "four_eyes:trigger_missing": "確認を求める回答の種類を、１つ以上選んでください。",
    "four_eyes:loosened_without_reason": "確認を求める回答を減らす変更です。変更の理由を入力してください。",
    "four_eyes:substitute_unknown": "代行者は、貴団体の利用中の担当者から選んでください。",
    "correction:reason_missing": "取り消す理由を入力してください。",
    "correction:not_posted": "この回答は、郵送もメールでの送付もしていないため、届かなかったことにはできません。ほかの理由を選んでください。",
    "correction:told_missing": "伝えた相手・日時・方法を入力してください。",
    "correction:acknowledge_first": "取り消された回答があります。先に、照会の画面で取消しを確認してください。",
    "correction:nothing_to_acknowledge": "確認していない取消しはありません。最新の内容を確かめてください。",
    "answer:other_channel": "用意した回答方法と違います。回答方法を選び直して保存してください。",
    "answer:no_file": "受け取れるファイルがありません。",
    "gate:inquirer_not_confirmed": "照会者の確認（③）が済んでいません。先に照会者を確かめてください。",
    "gate:finding_does_not_allow": "加入者の確認結果と合わないため、回答できません。確認をやり直したときは、回答の内容を保存し直してください。",
    "gate:nothing_may_be_told": "この連絡では、加入者の情報を伝えられません。",
    "gate:identifiers_not_equal": (
        "氏名・生年月日・性別の３つがすべて一致しなければ、回答できません。一致しないときは「該当者なし」としてください。"
    ),
    "gate:withheld": (
        "不開示の記録のため、このままでは回答できません。受付番号を責任者に伝え、この照会の画面で「不開示の記録を開く」よう依頼してください。"
        "開けないときは「回答不能」を連絡してください。"
    ),
    "gate:overtaken": (
        "「該当者なし」と判定した後に、名簿を初めて取り込んだか、新しい名簿か突合の規則で該当者が見つかっています。"
        "「加入者の確認をやり直す」を押して、新しい名簿で確かめてください。"
    ),
    "gate:outdated": (
        "加入者を確認した後に、名簿を初めて取り込んだか、名簿か突合の規則が変わって、今は同じ判定になりません"
        "（不開示になった、名簿にいなくなった、記載が変わった、異体字の登録が取り下げられたなど）。"
        "「加入者の確認をやり直す」を押して、今の名簿で照合してください。"
    ),
    "answer:nobody_fetches": "電話・文書で受け付けた照会です。折り返しの電話か、発送・送付で回答してください。",
    "gate:no_item_told": "回答する項目がありません。",
    "gate:item_not_asked": "照会されていない項目は回答できません。",
    "gate:item_not_allowed": "この事務手続では照会できない項目です。",
    "gate:call_not_confirmed": (
        "代表電話への折り返しと合言葉の確認が済んでいません。名簿の代表電話にかけ、合言葉を確かめてください。"
    ),
    "gate:file_not_locked": "パスワード付きのファイルがまだ作られていません。先にファイルを作成してください。",
    "gate:letter_not_released": "文書がまだ作られていません。先に文書を作成してください。",
    "gate:page_carries_questions_only": "回答は、折り返し電話・パスワード付きファイル・文書のどれかで行ってください。",
    "undelivered:nothing_waits": "届いていないメールはありません。最新の内容を確かめてください。",
    "undelivered:ask_first": (
        "メールで送った回答が届いていません。先に、届いているかを代表電話で確かめて記録するか、回答を取り消して別の方法で回答してください。"
    ),
    "undelivered:told_missing": "届いていることを、だれに、いつ、どのように確かめたかを入力してください。",
    "mail:no_address": "メールアドレスの形になっていません。電話でもう一度聞き取ってください。",
    "mail:addresses_differ": "２回の入力が一致しません。聞き取ったアドレスをもう一度入力してください。",
    "mail:address_not_heard": "代表電話への折り返しで聞き取ったアドレスがありません。先に電話で確かめてください。",
    "mail:no_domain": "市町村等名簿にメールドメインがないため、メールでは送れません。ＰＭＯに登録を依頼するか、本システムでの受け渡しなど、ほかの方法で回答してください。",
    "mail:other_domain": "市町村等名簿のメールドメインと違うため、このアドレスには送れません。違う文字を確かめ、電話でもう一度聞き取ってください。なりすましが疑われるときは、通話を終えてＰＭＯに知らせてください。",
    "mail:no_server": "メールの送信は設定されていません。本システムでの受け渡しか、ほかの方法で回答してください。",
    "mail:by_system": "メールは本システムから送信します。照会の画面で「メールで送信する」を押してください。",
    "mail:waits_already": "このファイルは、すでに送信待ちです。送り直すときは、先にメールを取り戻してください。",
    "mail:gone_already": "このメールは、送信が始まったか、終わっています。照会の画面で状況を確かめてください。",
    "mail:not_found": "メールが見つかりません。照会の画面を開き直してください。",
    "mail:writer_gone": "メールを登録した担当者の利用が停止されたため、送信しませんでした。",
    "mail:answer_changed": "回答が作り直されたか取り下げられたため、メールを送信しませんでした。",
    "mail:settled_meanwhile": "回答、見込みの連絡又は取下げがあったため、督促のメールを送信しませんでした。",
    "mail:change_stopped": "名簿の変更が取りやめになったため、通知のメールを送信しませんでした。",
    "mail:other_attachment": "このメールには、このファイルを添付できません。",
    "mail:file_not_locked": "パスワードで保護されていないファイルは、メールで送れません。ファイルを作り直してください。",
    "mail:holds_password": "パスワードのように見える文字があるため、メールを作成できません。パスワードは電話で伝えてください。",
    "mail:personal": "照会対象者の氏名と同じ文字が入るため、メールを作成できません。本システムでの受け渡しで回答してください。",
    "letter:posted_ahead": "発送日が先の日付になっています。",
    "letter:posted_before_made": (
        "発送日が、文書の日付より前になっています。発送日を確かめてください。前の文書を発送したときは、紙の文書番号と日付を確かめてください。"
    ),
    "letter:taken_back": (
        "この文書で伝えた回答が取り消されたため、この文書はもう使えません。印刷した紙は破棄してください。"
        "ほかの照会の回答も載った文書で、その回答を改めて文書にするときは、その照会の回答も取り消して作り直してください。"
    ),
    "letter:tracking_number_known": (
        "この引受番号は、別の文書の発送に記録されています。控えと照らして直してください。番号が分からないときは、空欄で記録できます。"
    ),
    "letter:no_tracking_number": "引受番号が正しくありません。11桁の番号を確かめてください。",
    "refresh:not_found": "副本の登録・更新の予定が見つかりません。",
    "refresh:not_to_take_back": "戻せるのは、7日以内に済みにしたものだけです。一覧を開き直してください。",
    "refresh:done_already": "この副本の登録・更新は、すでに済みになっています。",
    "withdrawal:reason_missing": "取下げの理由を入力してください。",
    "reminding:nothing_stands": "取り下げる督促がありません。最新の内容を確かめてください。",
    "reminding:note_missing": "どう解決したかを入力してください。",
    "reminding:not_found": "督促が見つかりません。取り下げられたか、回答が済んでいます。「督促」を開き直してください。",
    "reminding:no_letter": "文書が見つかりません。督促の画面を開き直してください。",
    "reminding:not_the_clerk": "この文書を作成できるのは、照会した市町村等の担当者だけです。",
    "escalation_rules:reason_missing": "変更の理由を入力してください。",
    "escalation_rules:wait_too_long": "待ち時間は200時間までにしてください。",
    "escalation_rules:out_of_order": "前の段階より先に知らせることになります。前の段階の待ち時間以上にしてください。",
    "supervisor:division_missing": "課の名称を入力してください。",
    "supervisor:extension_unreadable": "内線は数字で入力してください。ないときは空欄にしてください。",
    "supervisor:unchecked": "通知に掲載された照会先から変えるときは、確かめた日を入力してください。",
    "supervisor:checked_ahead": "先の日付です。今日か、それより前の日を入力してください。",
    "escalating:not_late": "回答の期限が過ぎるか、回答できないと連絡があったときに、所管課へ連絡できます。",
    "draft:not_found": "下書きが見つかりません。送信済みか、削除されています。",
    "match:nobody": "３情報が一致する加入者はいません。",
    "match:equal": "３情報が一致しています。",
    "demonstration:house_in_use": "このデータベースはすでに使われています。空のデータベースを指定してください。",
    "demonstration:port_taken": "このポートは使われています。--port で別の番号を指定してください。",
    "filing:insurer_not_chosen": "照会先の保険者がまだ選ばれていません。下の候補から選んでください。",
    "filing:insurer_unknown": "照会窓口一覧に、当てはまる保険者がありません。名称・フリガナ・保険者番号を確かめてください。",
    "filing:insurer_not_listed": "この保険者番号は照会窓口一覧にありません。番号を確かめるか、ＰＭＯに登録を依頼してください。",
    "filing:municipality_not_chosen": "照会元の市町村等がまだ選ばれていません。下の候補から選んでください。",
    "filing:municipality_not_found": "市町村等名簿に、当てはまる団体がありません。名称・フリガナ・団体コードを確かめてください。",
    "subject:written_missing": "氏名を入力してください。",
    "subject:kana_missing": "フリガナを入力してください。",
    "subject:sex_missing": "性別を選んでください。",
    "subject:kana_unreadable": "フリガナは、カタカナかひらがなで入力してください。",
    "subject:unprintable_character": (
        "見えない文字か、外字が含まれています。外字は「●」と入力し、どの字かを連絡事項に書いてください。"
    ),
    "subject:too_long": "長すぎます。氏名・フリガナは100文字、住所は300文字、記号・番号は40文字以内にしてください。",
    "guard:caution_unconfirmed": "個人番号に見える数字があります。個人番号なら消し、違うときは確認の欄に印を付けて、何の数字かを書いてください。",
}
