"""Forms of one kanji: each group opens with the representative to which its other forms point (新旧字体・異体字).

Source    the old forms printed beside the entries of 常用漢字表 and 人名用漢字別表, and surname forms that the family
          register replaces by a common one (俗字・誤字の正字). Compiled by hand for names of people, reviewed entry by
          entry, then compared with the public tables joyokanji (Apache-2.0) and kyujipy (MIT).
Decides   a star, never a closure: a form points to one representative and nothing points further. Two characters
          that are names of their own (秦 奏, 崎 埼, 祐 佑) never stand in one group, however alike they look.
Not here  characters that Unicode itself calls compatible (神 U+FA19), which NFKC settles; an insurer's own pairs,
          which come with evidence and a second person's release: matching/rules.py.
"""

# Old and new form of one character, and forms that the register itself replaces.
UNDISPUTED = """
    カヵ ケヶ ツッ 万萬 丈𠀋 与與 世丗 両兩 並竝 乗乘 乱亂 亀龜 争爭 事亊 亜亞 京亰 仏佛 仮假 会會 伝傳 体體躰軆
    併倂 侠俠 価價 侯矦 倶俱 倹儉 偽僞 儘侭 兌兑 兎兔 児兒 党黨 内內 円圓 冊册 写寫 冴冱 処處 函凾 剣劍劔劒釼 剤劑
    剥剝 剰剩 劫刧 励勵 労勞 効效 勅敕 勇勈 勧勸 勲勳勛 区區 医醫 協恊 単單 博愽 卯夘 即卽 厨廚 厩廐廏 厳嚴 参參
    双雙 収收 叙敍敘 句勾 号號 吉𠮷 呉吳 告吿 呑吞 唖啞 善譱 営營 嘘噓 嘱囑 噛嚙 器噐 団團 囲圍 図圖 国國 圏圈
    土𡈽圡 圧壓 堕墮 場塲 塁壘 塩鹽 填塡 増增 壊壞 壌壤 壮壯 声聲 壱壹 売賣 壷壺 変變 多夛 奘弉 奥奧 奨奬獎 姉姊
    姫姬 娯娛 婿聟 嬢孃 学學斈 宝寶寳 実實𡧈 寛寬 寝寢 対對 寿壽夀 専專 将將 尚尙 尭堯 尽盡 届屆 屏屛 属屬 岩嵒 岳嶽
    峡峽陜 峨峩 崎﨑㟢𥔎 嵯嵳 巌巖 巓巔 巣巢 巻卷 帯帶 帰歸 并幷 庁廳 広廣 床牀 廃廢 弐貳貮弍 弥彌 弯彎 強强 弾彈
    当當 彦彥 往徃 径徑 従從 徳德𢛳 徴徵 応應 恋戀 恒恆 恵惠 悦悅 悩惱 悪惡 惨慘 慎愼 憩憇 懐懷 戦戰 戯戲 戸戶户 戻戾
    払拂 抜拔 択擇 担擔 拝拜 拠據 拡擴 挙擧舉 挟挾 挿插 捜搜 掲揭 掴摑 掻搔 揺搖 摂攝 撃擊 撹攪 攅攢 教敎 数數
    斉齊亝 斎齋 断斷 既旣 旧舊 昂昻 昼晝 晋晉 晩晚 暁曉 暦曆 曽曾 望朢 本夲 条條 来來 松枩 枢樞 柳栁桺 栄榮 桑桒
    桜櫻 桟棧 桧檜 梼檮 棋棊 検檢 楼樓 楽樂 概槪 様樣 権權 横橫 橋𣘺槗 欧歐 歌謌 歓歡 歩步 歯齒 歳歲 歴歷 残殘
    殴毆 殻殼 毎每 毘毗 気氣 没沒 泉湶 浄淨 浅淺 浜濱濵 涙淚 涛濤 涜瀆 清淸 渇渴 済濟 渉涉 渋澁澀 渓溪 渕淵渊囦 温溫
    湾灣 湿濕 満滿 溌潑 準凖 滝瀧 滞滯 潅灌 潜潛濳 瀬瀨 灯燈 炉爐 点點 為爲 焔焰 焼燒 煕熙凞 煙烟 爾尓 犠犧 状狀
    独獨 狭狹 猟獵 献獻 獣獸 珍珎 瑶瑤 瓶甁 産產 町甼 画畫 界畍 留畄畱 畝畆 略畧 畳疊疉 痩瘦 痴癡 発發 皐皋 盗盜
    県縣 真眞 研硏 砕碎 砺礪 礼禮 祷禱 禄祿 禅禪 秋龝 秘祕 称稱 税稅 稚穉 稟禀 稲稻 穂穗 穏穩 穣穰 窃竊 竃竈 竪豎
    箪簞 篭籠 粋粹 粛肅 糾糺 経經 絵繪 絶絕 継繼 続續 綿緜 総總緫 緑綠 緒緖 線綫 縁緣 縄繩 縦縱 繊纖纎 繋繫 繍繡
    缶罐 群羣 羨羡 翠翆 翻飜 聡聰 聴聽 肇肈 胆膽 脇𦚰 脈脉 脱脫 脳腦 臈﨟 臓臟 舎舍 舗舖 艶艷 芦蘆 茎莖 草艸 荊荆
    荘莊 莓苺 莱萊 菟莵 蒋蔣 蓋盖葢 蔵藏 薫薰 薬藥 薮藪籔 蘂蕊 蘇蘓 虎乕 虚虛 虫蟲 蚕蠶 蛍螢 蛎蠣 蛮蠻 蝉蟬 蝋蠟
    蝿蠅 衆眾 衛衞 装裝 褒襃 覇霸 覚覺 覧覽 観觀 角⻆ 解觧 触觸 訳譯 証證 誉譽 説說 読讀 諌諫 謡謠 譲讓 讃讚 豊豐
    賎賤 賛贊 践踐 躯軀 転轉 軽輕 輒輙 輛輌 輩軰 辞辭 辺邊邉 迩邇 迪廸 逓遞 遅遲 達逹 郎郞 郷鄕鄉 酔醉 醗醱 醤醬
    醸釀 釈釋 鈎鉤 鉄鐵鐡鉃 鉱鑛礦砿 銭錢 鋭銳 鋳鑄 錬鍊 録錄 鎮鎭 鐸鈬 閉閇 間閒 関關閞 閲閱 闊濶 闘鬪鬭 陥陷 険險
    随隨 隠隱 隣鄰 隷隸 雑雜 霊靈 青靑 静靜 靭靱 頚頸 頬頰 頴穎 頼賴 顔顏 顕顯 顛顚 飲飮 餅餠 駅驛 駆驅 騒騷 験驗
    騨驒 髄髓 高髙 髪髮 鬱欝 鯵鰺 鴎鷗 鴬鶯 鵞鵝 鶏鷄雞 鹸鹼 麦麥 麹麴 麺麵 黄黃 黒黑 黙默 鼓皷 齢齡 齧囓
    宜冝 岸㟁 奇竒 柿柹 節莭 賢贒 泰𣳾 況况 決决 減减 年秊 栃杤 釜釡 蓑簑 宮宫 邦𨙻 部𨛗 幸𡴘 秀𥝱 鎌鐮 鼠鼡 魚𩵋
    飯飰 俣俁 篠筱 梨棃 麻蔴 兼𠔥 凄淒 寧寕 時时
"""

# Both forms are living name characters that families tell apart, though dictionaries call them one (嶋・島, 龍・竜).
# They count as equal unless the insurer moves them to 要確認: with kana, birth date and sex equal they are nearly
# always one person whose name two offices wrote in two ways.
CONTESTED = """
    島嶋嶌嶹隝㠀 富冨 峰峯 野埜 園薗 涼凉 杯盃 駆駈 晃晄 萌萠 亘亙 祢禰 遥遙 凛凜 槙槇 竜龍 沢澤 館舘 船舩 崎嵜
    国圀 秋穐 梅楳 柏栢 桝枡 雁鴈鳫 鶴靏靍靎 喜㐂憙 昇曻陞 村邨 鉄銕 庵菴 叡睿 傑杰 映暎 予豫 余餘 芸藝 台臺 糸絲 裏裡
    沖冲 窪漥 岡崗堽 楠枏 塚冢 鍛鍜 寧甯
"""

# 斎 (pure, 齋) and 斉 (equal, 齊) are two characters with two meanings, and 斎藤 is not 斉藤 in the register. Yet
# offices exchange them so often that neither silence nor an answer would be right: an officer always looks.
DOUBTFUL = """
    斎斉
"""
