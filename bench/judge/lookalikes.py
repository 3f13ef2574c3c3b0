"""Pages that look like what they are not, and the things themselves beside them: written for this bench.

Live pages that are short, that are called after an error, that speak of closings, sales and walls, in many languages
and of many kinds; and error pages, parked names, closed services and walls as sites and servers show them.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.judge.rows import STATES, Answer, Row, Section, Siblings
from linkcheck.model import State

_A = "alive"
_T = "talk, called as error pages are"
_D = "dead"
_S = "a whole site that is gone"
_B = "blocked"
_F = "holds the place"

# What it is, path, title, body; the path may begin with a host of its own ("//host/path").
_Page = tuple[str, str, str, str]

_THREADS: tuple[_Page, ...] = (
    (_T, "/viewtopic.php?f=4&t=18231", "Page not found - Garden Railways Forum",
     "<h1>Page not found</h1><p>by Signalman » 3 May 2016</p><p>Since Sunday I get “page not found” when I "
     "open my own pictures in the gallery. Does anybody else see that?</p><p>by Ballast » 3 May "
     "2016</p><p>Same here. It works when I leave the www away. I think the certificate was changed over "
     "the weekend.</p><p>by Signalman » 4 May 2016</p><p>You are right, without the www it is all there "
     "again. Thanks, and sorry for the noise.</p>"),
    (_T, "/forum/showthread.php?t=90211", "Broken link | Allotment Talk",
     "<h1>Broken link</h1><p>12-02-2011, 08:14</p><p>The link to the seed list in the sticky goes nowhere. "
     "Could a moderator put the new one in, please?</p><p>12-02-2011, 19:40</p><p>Done. The society has "
     "moved its files, the list for this spring is in the same place as the order form.</p><p>13-02-2011, "
     "07:02</p><p>Found it, thank you. The prices have gone up again, and the old potatoes are no longer on "
     "it.</p>"),
    (_T, "/topic/5512", "404 not found - Support",
     "<h1>404 not found</h1><p>Mira asked 4 years ago</p><p>After the upgrade every page but the first "
     "answers with 404 not found. I have saved the permalinks again and nothing changed.</p><p>Answer by "
     "Olaf</p><p>Your server does not read the rewrite rules. Allow overrides for the folder and load the "
     "module, then save them once more.</p><p>Mira</p><p>That was it, all pages are back. I marked the "
     "question as solved.</p>"),
    (_T, "/questions/77120031", "Video unavailable",
     "<h1>Video unavailable</h1><p>Asked by hobbes, 2 answers</p><p>Half of my playlist shows as "
     "unavailable since the label took its channel down. Is there a way to see what the titles "
     "were?</p><p>Look the identifiers up in an archive: most pages were saved at some time, with their "
     "titles.</p><p>There is an add-on for it too, but it only knows what you played after you installed "
     "it.</p>"),
    (_T, "/issues/1382", "Link expired · Issue #1382 · tools/inviter",
     "<h1>Link expired</h1><p>opened by ansgar on 12 Mar 2022</p><p>The invitation in the readme has run "
     "out, so nobody can join the chat. Please make one that does not expire.</p><p>maintainer commented: "
     "Replaced it with a permanent one in 41ac9e0, thanks for the report.</p><p>ansgar closed this as "
     "completed</p>"),
    (_T, "/comments/8kq2z1", "Nothing here",
     "<h1>Nothing here</h1><p>by Ines Kolb</p><p>I went back to the house, the door was as we left "
     "it.<br>Nothing here but the smell of apples,<br>and the clock that nobody winds.<br>I wound "
     "it.<br>Then I sat down and listened<br>to how it went on without us, hour by hour,<br>as it must have "
     "done before we came.</p>"),
    (_T, "/track/3391", "Not Found",
     "<h1>Not Found</h1><p>from the album Status Codes, by The Daemons</p><p>3:12</p><p>Released 12 June "
     "2015. Written by A. Lund and P. Osei, recorded in Aarhus.</p><p>Other tracks: Moved Permanently, "
     "Teapot, Gateway</p>"),
    (_T, "/cars/model/81", "404 | Peugeot classics",
     "<h1>404</h1><p>Saloon, estate and convertible, built from 1960 to 1975 in Sochaux.</p><p>Engine: 1.6 "
     "litres, 65 to 96 hp. Top speed 142 km/h in the first year, 167 km/h with injection.</p><p>1,847,568 "
     "were made in Europe. It was assembled in Kenya until 1991.</p>"),
)  # fmt: skip

_SHORT: tuple[_Page, ...] = (
    (_A, "/notices/2019/17", "Office closed on Monday",
     "<h1>Office closed on Monday</h1><p>The office is closed on Monday 6 May for the bank holiday. Letters "
     "are dealt with from Tuesday.</p>"),
    (_A, "/jobs/20240410", "Archivist (m/f/d)",
     "<h1>Archivist (m/f/d)</h1><p>This position has been filled. Thank you to all who applied.</p><p>Part "
     "time, from 1 June, Münster.</p><p>The archive keeps 4,000 metres of files of the diocese.</p>"),
    (_A, "/shop/kettle-2l", "Enamel kettle, 2 l",
     "<h1>Enamel kettle, 2 l</h1><p>No longer available</p><p>White with a blue rim, 2 litres, for gas and "
     "induction. Weight 1.1 kg.</p><p>Article 5541. Similar: kettle 3 l.</p>"),
    (_A, "/projects/fleet", "fleet",
     "<h1>fleet</h1><p>This project is no longer maintained. Use Helm or Nomad.</p><p>A low-level cluster "
     "engine that feels like a distributed init system.</p><p>Licence: Apache 2.0</p>"),
    (_A, "/repos/parser", "kv-parser: a parser",
     "<h1>kv-parser</h1><p>This repository has been archived by the owner on 4 Feb 2021. It is now "
     "read-only.</p><p>A parser for key-value files in 200 lines of C.</p><p>make && make install</p>"),
    (_A, "/decisions/118", "Decision 118",
     "<h1>Decision 118</h1><p>The appeal is dismissed.</p><p>Costs follow the event.</p>"),
    (_A, "/status/20130614", "Status on 14 June",
     "<h1>Status on 14 June</h1><p>The mail server is down for maintenance from 20:00 to 22:00.</p>"),
    (_A, "/gov/forms/a12", "Form A12 has moved",
     "<h1>Form A12 has moved</h1><p>You can now find it with the other forms of the land registry. The fee "
     "is unchanged at 20 euros.</p>"),
    (_A, "/recall/455", "Product recall: heater K5",
     "<h1>Product recall: heater K5</h1><p>The plug may become hot. Stop using it and return it to any "
     "shop.</p>"),
    (_A, "/poems/7", "Ash", "<h1>Ash</h1><p>Grey on the sill.<br>Yesterday's letter.</p>"),
    (_A, "/letters/subscribe-step", "Only one step left",
     "<h1>Only one step left</h1><p>Send the printed form with your signature to the registrar. Without it "
     "the application of 2012 cannot be opened.</p>"),
    (_A, "/changelog/2021/3", "Status page launched",
     "<h1>Status page launched</h1><p>We have put up a status page. It shows the last ninety days of the "
     "interface and of the mail queue.</p>"),
    (_A, "/log/17", "There's nothing here, yet",
     "<h1>There's nothing here, yet</h1><p>A diary of the first week on the island. Day one: wind, and the "
     "boat gone. Day two: wind.</p>"),
    (_A, "/about/iis", "IIS",
     "<h1>IIS</h1><p>The Institute for Integrated Circuits was founded in 1985 in Erlangen. It is where MP3 "
     "was made.</p><p>1,200 people work there.</p>"),
    (_A, "/glossary/i", "Internet Information Services",
     "<h1>Internet Information Services</h1><p>The web server of Windows, first sold in 1995. Its log files "
     "are named after the day.</p><p>See also: application pool.</p>"),
    (_A, "/learn/1", "Hello World!",
     "<h1>Hello World!</h1><p>Once you have successfully installed the compiler, write one file with one "
     "line, and run it.</p><p>Next: numbers</p>"),
    (_A, "/tutorial/web/2", "Welcome to nginx!",
     "<h1>Lesson 2: the welcome page</h1><p>Open the address in a browser. If you see this page with the "
     "words “Welcome to nginx!”, the web server is successfully installed.</p><p>Now we write a server "
     "block. Put a file into the folder for sites and give it the name of your host.</p><p>Lesson 3: "
     "certificates</p>"),
    (_A, "/kb/910", "What your customers see",
     "<h1>What your customers see</h1><p>Account suspended: shown when a bill is sixty days late. Site not "
     "found: shown when no name points to the site.</p><p>Pay the bill and both go away within the hour.</p>"),
    (_A, "/faq/88", "My domain has expired",
     "<h1>My domain has expired</h1><p>You can renew it for thirty days at the usual price. After that it "
     "costs 80 euros more.</p>"),
    (_A, "/news/55121", "Koo.example is for sale",
     "<h1>Koo.example is for sale</h1><p>By our reporter, Bengaluru</p><p>The social network that wanted to "
     "replace the bird is looking for a buyer, two people who know of the talks said on Wednesday.</p><p>It "
     "has 60 employees left.</p><p>Trending topics: cricket, monsoon, budget</p>"),
    (_A, "/press/2020-11-02", "Travel blog TripPad has been discontinued",
     "<h1>TripPad has been discontinued</h1><p>TripPad has been discontinued. Its owner says that 40,000 "
     "entries were handed to the national library.</p>"),
    (_A, "/press/9", "Our shop in Leeds has closed",
     "<h1>Our shop in Leeds has closed</h1><p>We have closed our doors in Leeds after thirty years. Orders "
     "are taken in York, by letter or by telephone.</p>"),
    (_A, "/museum/machines/12", "This website has been retired: a wall of screenshots",
     "<h1>A wall of screenshots</h1><p>Room 12 shows the last pages of forty services.</p><p>Open from ten "
     "to five.</p>"),
    (_A, "/band/404", "404", "<h1>404</h1><p>Trio from Atlanta. Three records, all on tape.</p>"),
    (_A, "/route/410", "410", "<h1>410</h1><p>Highway 410 runs for 20 km from Mississauga to Brampton.</p>"),
    (_A, "/i/1", "Contact", "<h1>Contact</h1><p>Mail: office@paper.example</p>"),
    (_A, "/lists/empty", "Members without a team", "<h1>Members without a team</h1><p>No results.</p>"),
    (_A, "/fund/loans", "Student loans",
     "<h1>Student loans</h1><p>Loans are paid out in October and March. The loan office in room 12 lends up "
     "to 500 euros at once; loans must be paid back in two years.</p>"),
    (_A, "/shop/closing-down", "Everything must go",
     "<h1>Everything must go</h1><p>Closing down on Saturday. All books half price.</p>"),
    (_A, "/de/hinweis/3", "Filiale geschlossen",
     "<h1>Filiale geschlossen</h1><p>Die Filiale am Markt ist seit dem 1. März geschlossen. Sie finden uns "
     "jetzt in der Langen Straße.</p>"),
    (_A, "/fr/avis/8", "Fermeture de la RD 12",
     "<h1>Fermeture de la RD 12</h1><p>La route est fermée jusqu'au 3 juin. Une déviation est en place par "
     "Saint-Aubin.</p>"),
    (_A, "/ja/oshirase/5", "サービス終了のお知らせ",
     "<h1>サービス終了のお知らせ</h1><p>平素よりご利用いただき誠にありがとうございます。写真印刷は"
     "三月三十一日をもって終了いたします。ほかのサービスは引き続きご利用いただけます。</p>"),
    (_A, "/zh/gonggao/9", "关于停止现场办理的公告",
     "<h1>关于停止现场办理的公告</h1><p>自六月一日起，营业厅停止现场办理，市民可以在网上申请。咨询"
     "电话不变。</p>"),
    (_A, "/ar/akhbar/4", "إغلاق الجسر",
     "<h1>إغلاق الجسر</h1><p>أعلنت البلدية إغلاق الجسر القديم حتى نهاية الشهر لأعمال الصيانة.</p>"),
    (_A, "/th/khao/2", "ปิดถนน",
     "<h1>ปิดถนนชั่วคราว</h1><p>เทศบาลปิดถนนริมแม่น้ำตั้งแต่วันจันทร์ถึงวันพุธเพื่อซ่อมท่อประปา</p>"),
    (_A, "/ko/gongji/1", "점검 안내",
     "<h1>점검 안내</h1><p>금요일 밤 두 시간 동안 점검을 합니다. 그동안 접수가 되지 않습니다.</p>"),
    (_A, "/he/hodaot/6", "סגירת הכביש", "<h1>סגירת הכביש</h1><p>הכביש ייסגר בלילה לצורך עבודות.</p>"),
    (_A, "/ru/novosti/31", "Сайт закрыт на один день",
     "<h1>Сайт закрыт на один день</h1><p>Библиотека закрыла свой сайт на день в знак протеста; на другой "
     "день он открылся снова, сообщила директор.</p>"),
)  # fmt: skip

_TOPICS: tuple[_Page, ...] = (
    (_A, "/blog/post/118", "Just a moment…",
     "<h1>Just a moment…</h1><p>That is what my grandmother said whenever the telephone rang, and then she "
     "dried her hands, one finger after the other, before she took it. We learned to wait from "
     "her.</p><p>She died in April. I have her towel, and when somebody calls I let it ring three times.</p>"),
    (_A, "/essays/7", "Access Denied",
     "<h1>Access Denied</h1><p>The archive of the ministry has a door with a bell, a book in which one "
     "writes one's name, and a guard who says no. I have been there eleven times.</p><p>What I wanted to "
     "see are forty sheets of paper on the draining of a lake. They were closed for sixty years, and the "
     "sixty years were over in 2014.</p>"),
    (_A, "/story/903", "Are you a robot?",
     "<h1>Are you a robot?</h1><p>By Ida Brandt. The question was meant as a joke when the machine first "
     "asked it, at the fair in Hanover in 1986, and four thousand visitors typed their answer.</p><p>Please "
     "verify you are human, it wrote to those who typed too fast. Half of them did.</p>"),
    (_A, "/law/cookies", "We value your privacy",
     "<h1>We value your privacy</h1><p>This is what the notice says, on nine sites of ten. The court was "
     "asked in 2019 whether a box that is ticked in advance is consent, and said that it is "
     "not.</p><p>Accept, reject, or choose: the order of the buttons was the subject of the second case, "
     "and nobody has decided the third one yet.</p>"),
    (_A, "/wiki/Soft_404", "Soft 404 - Wiki",
     "<h1>Soft 404</h1><p>A soft 404 is a page that says “page not found” to its readers and 200 to "
     "machines.</p><p>Sites also redirect to their front page. See also: link rot.</p>"),
    (_A, "/docs/errors/NotFound.html", "NotFound — toolkit 3.1 documentation",
     "<h1>NotFound</h1><p>exception toolkit.errors.NotFound(path)</p><p>Raised when there is nothing at the "
     "path.</p>"),
    (_A, "/help/domains/parking", "Domain parking",
     "<h1>Domain parking</h1><p>A parked domain shows one page until you put up a site. Choose it in the "
     "panel.</p>"),
    (_A, "/2014/09/vimeo-like-service-shuts-down", "Video service shuts down",
     "<h1>Video service shuts down</h1><p>The site has been shut down after its founders ran out of money, "
     "they wrote on Friday. Members have until October to fetch their films.</p>"),
    (_A, "/recipe/404-cookies", "404 cookies not found",
     "<h1>404 cookies not found</h1><p>Makes 24. Butter 200 g, sugar 150 g, flour 250 g, chocolate as you "
     "like. Bake for 11 minutes.</p>"),
    (_A, "/exhibit/lost", "Lost and Not Found | Museum of Modern Trouble",
     "<h1>Lost and Not Found</h1><p>3 March to 9 June, upper floor. Objects that nobody came back for.</p>"),
    (_A, "/guide/cloudflare-1020", "Error 1020: access denied",
     "<h1>Error 1020: access denied</h1><p>The firewall rule of the site has refused the request. Owners "
     "find it in the event log under the Ray ID. Visitors can only write to the owner, or try another "
     "network.</p>"),
    (_A, "/pricing", "Subscribe | The Paper",
     "<h1>Subscribe</h1><p>Digital: 9 euros a month. Paper: 34 euros a month. Already a subscriber? Log "
     "in.</p><form><input type=password name=p></form>"),
    (_A, "/account/login", "Log in", "<h1>Log in</h1><form><input name=u><input type=password name=p></form>"),
    (_A, "/search?q=zebra", "Search results for zebra", "<h1>Search</h1><p>No results for zebra.</p>"),
    (_A, "/en/press/2016/termination", "Hosting account suspended: what the court said",
     "<h1>Hosting account suspended: what the court said</h1><p>The provider was within its rights, the "
     "judges held, since the terms name the reason.</p><p>Costs: 1,200 euros.</p>"),
    (_A, "/media/paywalls", "This article is for subscribers only",
     "<h1>This article is for subscribers only</h1><p>So begins every second link in my feed, and I have "
     "begun to count them. In March there were 212.</p><p>I pay for three papers. They are good papers, and "
     "I read them on the train.</p>"),
)  # fmt: skip

# An article of the usual length in the language, with its menu.
_PROSE = {
    "en": (
        "The council met on Tuesday evening and agreed on the new bridge after nine years of debate. It will be "
        "built from oak, and it will carry carts and people but no cars. “We have waited long enough,” said the "
        "mayor, who was elected with that promise. The work begins in spring and will take two years, if the river "
        "allows it."
    ),
    "de": (
        "Der Rat hat am Dienstagabend nach neun Jahren die neue Brücke beschlossen. Sie wird aus Eiche gebaut und "
        "trägt Karren und Menschen, aber keine Autos. „Wir haben lange genug gewartet“, sagte die Bürgermeisterin. "
        "Der Bau beginnt im Frühjahr und dauert zwei Jahre, wenn der Fluss es zulässt."
    ),
    "ru": (
        "Совет во вторник вечером принял решение о новом мосте после девяти лет споров. Он будет построен из дуба "
        "и выдержит повозки и людей, но не машины. «Мы ждали достаточно долго», сказала мэр. Работы начнутся "
        "весной и займут два года, если позволит река."
    ),
    "ja": (
        "市議会は火曜日の夜、九年にわたる議論の末、新しい橋の建設を決めた。橋は樫の木で造られ、荷車と人は渡れるが、車"
        "は通れない。「もう十分に待った」と市長は述べた。工事は春に始まり、川の状態が許せば二年で終わる見込みである。"
    ),
    "zh": (
        "市议会星期二晚上在九年的争论之后决定修建新桥。新桥用橡木建造，行人和马车可以通过，汽车不能通过。市长说：“我"
        "们已经等得够久了。”工程将于春天开始，如果河水允许，需要两年时间。居民代表表示欢迎，但也有人担心费用。"
    ),
    "ar": (
        "قرر المجلس مساء الثلاثاء بناء الجسر الجديد بعد تسع سنوات من النقاش. سيبنى الجسر من خشب البلوط ويحمل "
        "العربات والناس دون السيارات. وقالت رئيسة البلدية إننا انتظرنا بما فيه الكفاية. يبدأ العمل في الربيع "
        "ويستغرق سنتين."
    ),
    "th": (
        "สภาเมืองลงมติเมื่อคืนวันอังคารให้สร้างสะพานใหม่หลังถกเถียงกันมาเก้าปี "
        "สะพานจะทำด้วยไม้โอ๊กสำหรับคนเดินและเกวียน แต่รถยนต์ผ่านไม่ได้ นายกเทศมนตรีกล่าวว่าเรารอมานานพอแล้ว "
        "งานจะเริ่มในฤดูใบไม้ผลิและใช้เวลาสองปี"
    ),
    "ko": (
        "시의회는 화요일 저녁 구 년 동안의 논쟁 끝에 새 다리를 놓기로 했다. 다리는 참나무로 지으며 사람과 수레는 "
        "건널 수 있지만 자동차는 다닐 수 없다. 시장은 이제 충분히 기다렸다고 말했다. 공사는 봄에 시작하여 이 년이 "
        "걸린다."
    ),
    "hi": (
        "नगर परिषद ने मंगलवार की शाम नौ साल की बहस के बाद नए पुल का फैसला किया। पुल ओक की लकड़ी से बनेगा और उस पर "
        "लोग और गाड़ियाँ चलेंगी, पर मोटर नहीं। महापौर ने कहा कि हमने बहुत इंतज़ार किया। काम वसंत में शुरू होगा।"
    ),
    "vi": (
        "Hội đồng thành phố tối thứ Ba đã quyết định xây cây cầu mới sau chín năm tranh luận. Cầu làm bằng gỗ sồi, "
        "dành cho người đi bộ và xe kéo, không cho ô tô. Thị trưởng nói chúng ta đã chờ đủ lâu. Công việc bắt đầu "
        "vào mùa xuân."
    ),
    "el": (
        "Το συμβούλιο αποφάσισε το βράδυ της Τρίτης τη νέα γέφυρα ύστερα από εννέα χρόνια συζητήσεων. Θα χτιστεί "
        "από βελανιδιά και θα περνούν άνθρωποι και κάρα, όχι όμως αυτοκίνητα. Τα έργα αρχίζουν την άνοιξη."
    ),
    "fa": (
        "شورای شهر سه‌شنبه شب پس از نه سال گفت‌وگو ساخت پل تازه را تصویب کرد. پل از چوب بلوط ساخته می‌شود و مردم و "
        "گاری‌ها از آن می‌گذرند. شهردار گفت به اندازه کافی صبر کرده‌ایم. کار در بهار آغاز می‌شود."
    ),
}
_HEADLINES = {
    "en": "Council agrees on bridge",
    "de": "Rat beschließt Brücke",
    "ru": "Совет решил построить мост",
    "ja": "新しい橋の建設決定",
    "zh": "市议会决定修建新桥",
    "ar": "المجلس يقرر بناء الجسر",
    "th": "สภาเมืองลงมติสร้างสะพานใหม่",
    "ko": "시의회 새 다리 결정",
    "hi": "नए पुल का फैसला",
    "vi": "Hội đồng quyết định xây cầu",
    "el": "Απόφαση για τη γέφυρα",
    "fa": "تصویب ساخت پل تازه",
}

_HOME = "<p><a href=/>Home</a></p>"
# Language, title, heading, sentence: error pages of themes and shops; what is "" is not there.
_MISSING: tuple[tuple[str, str, str, str], ...] = (
    ("en", "Page Not Found | Terrorism Watch", "Page Not Found", "We could not find what you were looking for."),
    ("en", "404 – Nimbus Docs", "PAGE NOT FOUND",
     "But if you don't change your direction, and if you keep looking, you may end up where you are heading."),
    ("en", "Oops! That page can't be found. – Bikes", "Oops! That page can't be found.",
     "It looks like nothing was found at this location. Maybe try a search?"),
    ("en", "Sorry, this story has vanished", "We can't find that story", "It may have been moved or taken down."),
    ("en", "Nothing found for 2019 Shuttle", "404 Error",
     "The page you requested could not be located on this site."),
    ("en", "Whoops, lost?", "Whoops! This page has gone missing", "Go back, or start again at the front page."),
    ("en", "Article unavailable - The Gazette", "This article is no longer available",
     "Agency reports are kept for thirty days."),
    ("de", "Seite nicht gefunden – Stadt Neuburg", "Hoppla! Diese Seite konnte nicht gefunden werden.",
     "Es sieht so aus, als ob an diesem Ort nichts gefunden wurde."),
    ("de", "Fehler 404", "Ups, da ist etwas schiefgelaufen",
     "Die von Ihnen aufgerufene Seite existiert leider nicht."),
    ("de", "Artikel nicht mehr verfügbar", "Dieser Artikel ist leider nicht mehr verfügbar",
     "Aus rechtlichen Gründen müssen wir ihn löschen."),
    ("fr", "Page introuvable – Mairie", "Oups ! Cette page est introuvable.",
     "Il semble que rien n’ait été trouvé à cet emplacement."),
    ("fr", "Erreur 404", "La page que vous demandez n'existe pas ou plus", "Retournez à l'accueil."),
    ("es", "Página no encontrada – Diario", "¡Vaya! No se pudo encontrar esta página.",
     "Parece que no se ha encontrado nada en esta ubicación."),
    ("es", "Error 404", "Lo sentimos, la página que buscas no existe o ha sido movida", "Volver al inicio."),
    ("it", "Pagina non trovata – Comune", "Ops! Non è stato possibile trovare questa pagina.", "Torna alla home."),
    ("pt", "Página não encontrada – Jornal", "Ops! Essa página não pode ser encontrada.",
     "Parece que nada foi encontrado neste local."),
    ("nl", "Pagina niet gevonden – Gemeente", "Oeps! Deze pagina is niet gevonden.", "Terug naar de voorpagina."),
    ("sv", "Sidan hittades inte – Kommun", "Oj! Den sidan kan inte hittas.", "Gå till startsidan."),
    ("da", "Siden blev ikke fundet – Avis", "Ups! Den side kunne ikke findes.", "Gå til forsiden."),
    ("nb", "Siden ble ikke funnet – Avis", "Oi! Siden finnes ikke.", "Gå til forsiden."),
    ("fi", "Sivua ei löytynyt – Lehti", "Hups! Sivua ei löytynyt.", "Siirry etusivulle."),
    ("pl", "Nie znaleziono strony – Gazeta", "Ups! Ta strona nie została znaleziona.", "Wróć na stronę główną."),
    ("cs", "Stránka nenalezena – Noviny", "Jejda! Tato stránka nebyla nalezena.", "Zpět na úvod."),
    ("sk", "Stránka sa nenašla – Noviny", "Ups! Túto stránku sa nepodarilo nájsť.", "Späť na úvod."),
    ("hu", "Az oldal nem található – Lap", "Hoppá! Ez az oldal nem található.", "Vissza a címlapra."),
    ("ro", "Pagina nu a fost găsită – Ziar", "Hopa! Această pagină nu a putut fi găsită.", "Înapoi acasă."),
    ("hr", "Stranica nije pronađena – List", "Ups! Tu stranicu nije moguće pronaći.", "Povratak na naslovnicu."),
    ("sl", "Strani ni mogoče najti – Časnik", "Ups! Te strani ni mogoče najti.", "Nazaj na začetek."),
    ("sr", "Страница није пронађена – Лист", "Упс! Ова страница није пронађена.", "Назад на почетак."),
    ("bg", "Страницата не е намерена – Вестник", "Опа! Тази страница не може да бъде намерена.", "Към началото."),
    ("mk", "Страницата не е пронајдена", "Упс! Страницата не може да се најде.", "Кон почеток."),
    ("el", "Η σελίδα δεν βρέθηκε – Εφημερίδα", "Ωχ! Αυτή η σελίδα δεν μπορεί να βρεθεί.", "Επιστροφή στην αρχική."),
    ("tr", "Sayfa bulunamadı – Gazete", "Hay aksi! Bu sayfa bulunamadı.", "Ana sayfaya dön."),
    ("ru", "Страница не найдена – Газета", "Упс! Такой страницы нет", "Возможно, она была удалена или перемещена."),
    ("uk", "Сторінку не знайдено – Газета", "Ой! Цю сторінку не знайдено.", "На головну."),
    ("lt", "Puslapis nerastas", "Ups! Šis puslapis nerastas.", "Į pradžią."),
    ("lv", "Lapa nav atrasta", "Ups! Šī lapa nav atrasta.", "Uz sākumu."),
    ("et", "Lehte ei leitud", "Ups! Seda lehte ei leitud.", "Avalehele."),
    ("ja", "ページが見つかりません – 新聞", "お探しのページは見つかりませんでした。",
     "URLが変更されたか、削除された可能性があります。"),
    ("ja", "404 | 市役所", "指定されたページまたはファイルは存在しません", "トップページへ戻る"),
    ("zh", "页面未找到 - 日报", "哎呀！找不到该页面。", "返回首页"),
    ("zh", "404", "抱歉，您要查看的文章不存在或已被删除", "返回首页"),
    ("zh", "找不到頁面 - 報", "抱歉，您所查詢的網頁不存在", "回首頁"),
    ("ko", "페이지를 찾을 수 없습니다 – 신문", "요청하신 페이지를 찾을 수 없습니다.", "홈으로"),
    ("ko", "오류", "삭제되었거나 존재하지 않는 기사입니다", "홈으로"),
    ("ar", "الصفحة غير موجودة – جريدة", "عفوًا! لا يمكن العثور على هذه الصفحة.", "العودة إلى الرئيسية"),
    ("fa", "صفحه پیدا نشد – روزنامه", "اوه! این صفحه پیدا نشد.", "بازگشت"),
    ("he", "העמוד לא נמצא – עיתון", "אופס! העמוד המבוקש לא נמצא.", "חזרה"),
    ("hi", "पेज नहीं मिला – समाचार", "उफ़! यह पृष्ठ नहीं मिला।", "मुखपृष्ठ"),
    ("bn", "পৃষ্ঠা পাওয়া যায়নি", "ওহ! পৃষ্ঠাটি খুঁজে পাওয়া যায়নি।", "প্রচ্ছদ"),
    ("th", "ไม่พบหน้านี้ – หนังสือพิมพ์", "ขออภัย ไม่พบหน้าที่คุณต้องการ", "กลับหน้าแรก"),
    ("vi", "Không tìm thấy trang – Báo", "Ôi! Không tìm thấy trang này.", "Về trang chủ"),
    ("id", "Halaman tidak ditemukan – Koran", "Ups! Halaman itu tidak dapat ditemukan.", "Kembali ke beranda"),
    ("ms", "Halaman tidak dijumpai", "Maaf, halaman yang anda cari tidak dijumpai.", "Ke laman utama"),
    ("ca", "No s'ha trobat la pàgina – Diari", "Ups! No s'ha pogut trobar aquesta pàgina.", "Inici"),
    ("ka", "გვერდი ვერ მოიძებნა", "უი! გვერდი ვერ მოიძებნა.", "მთავარი"),
    ("hy", "Էջը չի գտնվել", "Վա՜յ, էջը չի գտնվել։", "Գլխավոր"),
    ("kk", "Бет табылмады", "Өкінішке қарай, бет табылмады.", "Басты бет"),
    ("sq", "Faqja nuk u gjet", "Na vjen keq, kjo faqe nuk u gjet.", "Kreu"),
    ("sw", "Ukurasa haukupatikana", "Samahani, ukurasa huo haukupatikana.", "Nyumbani"),
)  # fmt: skip
# Where digits and words of the address speak of no error, though they look like it.
_PATHS = ("/2024/04/10/terror-trial-opens", "/news/20240410/space-shuttle-lands", "/world/oregon-enclosure-dispute",
          "/a/140412", "/politics/public-domain-day-begins", "/article/missing-persons-bureau-opens")  # fmt: skip

_SITES: tuple[_Page, ...] = (
    (_S, "/2011/report.html", "paper.example - This website is for sale!",
     "<h1>paper.example</h1><p>This website is for sale! paper.example is your first and best source for "
     "information about paper.</p><p>Related searches</p><p>Paper mills</p><p>Printing</p><script "
     "src=//img.sedoparking.com/js/jquery.js></script>"),
    (_S, "/2012/report.html", "paper.example",
     "<h1>paper.example is for sale</h1><p>Buy now for $2,495 or lease to own. Safe transfer by our "
     "brokers.</p><p>Ask a question</p>"),
    (_S, "/2013/report.html", "Domain parked",
     "<h1>This domain is parked free, courtesy of the registrar</h1><p>Is this your domain? Add hosting, "
     "mail and more.</p>"),
    (_S, "/2013/a.html", "Expired",
     "<h1>paper.example has expired and is parked free</h1><p>Is this your domain? Renew it now.</p>"),
    (_S, "/2014/report.html", "Welcome",
     "<h1>This domain name has expired</h1><p>Please contact your registrar to renew it.</p>"),
    (_S, "/2015/report.html", "Suspended Domain",
     "<h1>Suspended domain</h1><p>This domain has been suspended because the contact data of its owner were "
     "not verified.</p>"),
    (_S, "/2015/b.html", "Diese Domain steht zum Verkauf",
     "<h1>paper.example</h1><p>Diese Domain steht zum Verkauf. Machen Sie ein Angebot.</p>"),
    (_S, "/2016/r.html", "域名出售", "<h1>paper.example 域名出售</h1><p>如需购买请联系我们</p>"),
    (_S, "/2016/s.html", "Account Suspended",
     "<h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more "
     "information.</p>"),
    (_S, "/2016/t.html", "Website suspended",
     "<h1>Website suspended</h1><p>This site is unavailable because the bill was not paid. Owners can log "
     "in to pay.</p>"),
    (_S, "/2017/u.html", "Site Not Found",
     "<h1>Site Not Found</h1><p>Well, this is awkward. The site you're looking for is not here. Is this "
     "your site? Get more information or contact support.</p>"),
    (_S, "/2017/v.html", "Welcome to nginx!",
     "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and "
     "working. Further configuration is required.</p>"),
    (_S, "/2017/w.html", "Apache2 Debian Default Page: It works",
     "<h1>Apache2 Debian Default Page</h1><p>It works! This is the default welcome page. Replace this "
     "file.</p>"),
    (_S, "/2017/x.html", "IIS Windows Server",
     "<a href=https://go.example/?linkid=66138><img src=iisstart.png alt=IIS></a>"),
    (_S, "/2018/y.html", "Default Web Site Page",
     "<h1>SORRY!</h1><p>If you are the owner of this website, please contact your hosting provider: "
     "webmaster@paper.example</p><p>It is possible you have reached this page because the IP address has "
     "changed.</p>"),
    (_S, "//photobin.example/album/4", "Photobin has shut down",
     "<h1>Photobin has shut down</h1><p>Thank you for twelve years. All pictures were deleted on 1 "
     "March.</p>"),
    (_S, "//photobox.example/p/118", "Photobin",
     "<h1>Goodbye</h1><p>Photobin was shut down on 31 January 2019. Thank you to everybody who shared with "
     "us.</p>"),
    (_S, "//chirper.example/u/ana/5512", "Chirper is closed",
     "<p>Chirper is closed. Data can be asked for until June.</p>"),
    (_S, "//blogring.example/ana/2009/05", "Blogring", "<p>As of 1 May 2020, Blogring is no longer available.</p>"),
    (_S, "//geohost.example/~ana/", "Service ended",
     "<h1>This service has ended</h1><p>Home pages are no longer hosted.</p>"),
    (_S, "//heim.example/seite/4", "Dienst eingestellt",
     "<h1>Der Dienst wurde eingestellt</h1><p>Zum 31. Dezember haben wir den Dienst eingestellt. Vielen "
     "Dank.</p>"),
    (_S, "//pages.example/perso/ana", "Pages perso",
     "<h1>Le service Pages perso est fermé</h1><p>Le service a fermé définitivement le 5 septembre.</p>"),
    (_S, "//homepage.example/ana/", "サービス終了",
     "<h1>ホームページサービスは終了いたしました</h1><p>長らくのご利用、誠にありがとうございました。</p>"),
    (_S, "//kong.example/ana/3", "停止服务", "<h1>本站已停止服务</h1><p>感谢您多年来的支持。</p>"),
    (_S, "//narod.example/ana/", "Сервис закрыт", "<h1>Сервис закрыт</h1><p>Спасибо, что были с нами.</p>"),
)  # fmt: skip

_WALLS: tuple[_Page, ...] = (
    (_B, "/w/1", "Just a moment...", "<noscript>Enable JavaScript and cookies to "
     "continue</noscript><script>window._cf_chl_opt={cType:'managed'}</script>"),
    (_B, "/w/2", "Attention Required! | Cloudflare",
     "<h1 data-translate=\"block_headline\">Sorry, you have been blocked</h1><p>You are unable to access "
     "paper.example</p><p>Cloudflare Ray ID: 8e24d0f519</p>"),
    (_B, "/w/3", "Making sure you're not a bot!",
     "<meta name=robots content=noindex><h1>Making sure you're not a bot!</h1><p>Loading...</p><p>Protected "
     "by Anubis</p><script id=\"anubis_version\" type=\"application/json\">\"v1.20\"</script><script "
     "src=\"/.within.website/x/cmd/anubis/static/js/main.mjs\"></script>"),
    (_B, "/w/4", "Access to this page has been denied.",
     "<div id=\"px-captcha\"></div><script>window._pxAppId='PX1';</script><script "
     "src=\"https://captcha.px-cdn.net/PX1/captcha.js\"></script>"),
    (_B, "/w/5", "paper.example", "<p>Please enable JS and disable any ad blocker</p><script>var "
     "dd={'rt':'c','cid':'A','host':'geo.captcha-delivery.com'}</script><script "
     "src=\"https://ct.captcha-delivery.com/c.js\"></script>"),
    (_B, "/w/6", "Pardon Our Interruption",
     "<h1>Pardon Our Interruption</h1><p>As you were browsing something about your browser made us think "
     "you were a bot.</p><script src=\"/_Incapsula_Resource?SWJIYLWA=1\"></script>"),
    (_B, "/w/7", "Human Verification", "<div "
     "id=\"captcha-container\"></div><script>window.awsWafCo"
     "okieDomainList=[];window.gokuProps={\"key\":\"A\"}</script><script "
     "src=\"https://x.awswaf.com/challenge.js\"></script>"),
    (_B, "/w/8", "Vercel Security Checkpoint",
     "<p>We're verifying your browser</p><p>Website owner? Click here to fix</p>"),
    (_B, "/w/9", "Client Challenge",
     "<p>JavaScript is disabled in your browser. Please enable JavaScript to proceed. A required part of "
     "this site couldn’t load.</p><script src=\"/_fs-ch-1T1wmsGaOgGaSxcX/script.js\"></script>"),
    (_B, "/w/10", "Checking your browser - reCAPTCHA",
     "<p>Checking your browser before accessing paper.example ...</p><script "
     "src=\"https://www.google.com/recaptcha/api.js\"></script>"),
    (_B, "/w/11", "DDoS-Guard", "<h1>Checking your browser before accessing paper.example</h1><p>DDoS protection by "
     "DDoS-Guard</p><script src=\"https://check.ddos-guard.net/check.js\"></script>"),
    (_B, "/w/12", "Sign in to continue",
     "<h1>Sign in to continue</h1><form action=/login><input name=u><input type=\"password\"></form>"),
    (_B, "/w/13", "Before you continue",
     "<h1>Before you continue to Paper</h1><p>We use cookies and data to deliver our "
     "services.</p><button>Reject all</button><button>Accept all</button>"),
)  # fmt: skip

_FORBIDDEN = frozenset({"Just a moment...", "Attention Required! | Cloudflare", "DDoS-Guard"})
"""Titles of walls that are never shown with 200."""

_PLACES: tuple[_Page, ...] = (
    (_F, "/p/1", "Site under maintenance", "<h1>Site under maintenance</h1><p>We'll be back soon.</p>"),
    (_F, "/p/2", "Wartungsarbeiten", "<h1>Wartungsarbeiten</h1><p>Wir sind bald wieder da.</p>"),
    (_F, "/p/3", "Coming soon", "<h1>Coming soon</h1>"),
    (_F, "/p/4", "メンテナンス中", "<h1>ただいまメンテナンス中です</h1><p>しばらくお待ちください。</p>"),
)  # fmt: skip

_OF = {
    _A: (STATES["alive"], (Siblings.HONEST, Siblings.SOFT)),
    # Removed articles have teasers under such a title: that nobody can tell is right too, but not that it is dead.
    _T: ((*STATES["alive"], State.FAILING), (Siblings.HONEST, Siblings.SOFT)),
    _D: (STATES["dead"], (Siblings.SAME, Siblings.HONEST)),
    _S: (STATES["dead"], (Siblings.SAME, Siblings.SAME)),
    _B: (STATES["blocked"], (Siblings.SAME, Siblings.SAME)),
    _F: ((State.FAILING,), (Siblings.SAME, Siblings.SAME)),
}


def of_bench() -> Iterator[Row]:
    """Every page as a row."""
    groups = (
        ("thread or name", _THREADS, True), ("short", _SHORT, True), ("about it", _TOPICS, True),
        ("site", _SITES, False), ("wall", _WALLS, False), ("place", _PLACES, False),
    )  # fmt: skip
    for kind, pages, with_menu in groups:
        for number, page in enumerate(pages):
            yield _row(f"{kind} {number}", kind, page, "en", with_menu=with_menu)
    for number, (language, heading, text) in enumerate((each, _HEADLINES[each], _PROSE[each]) for each in _PROSE):
        body = f"<h1>{heading}</h1><p>{text}</p>"
        yield _row(f"article {number}", "article", (_A, f"/{language}/{number + 31}", heading, body), language)
    for number, (language, title, heading, sentence) in enumerate(_MISSING):
        body = f"<h1>{heading}</h1><p>{sentence}</p>{_HOME}"
        page = (_D, _PATHS[number % len(_PATHS)], title, body)
        yield _row(f"missing {number}", "not found", page, language, with_menu=bool(number % 2))


_MENU = (
    "<nav><a href=/>The Paper</a> <a href=/world/>World</a> <a href=/science/>Science</a> <a href=/sport/>Sport</a> "
    "<a href=/letters/>Letters</a> <a href=/login>Log in</a></nav>"
)


def _row(name: str, kind: str, page: _Page, language: str, *, with_menu: bool = True) -> Row:
    what, path, title, inside = page
    host = f"{name.replace(' ', '-')}.example"
    if path.startswith("//"):
        host, _, rest = path[2:].partition("/")
        path = f"/{rest}"
    right, siblings = _OF[what]
    menu = _MENU if with_menu else ""
    html = (
        f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body>{menu}<main>{inside}</main></body></html>"
    )
    status = 403 if title in _FORBIDDEN else 200
    answer = Answer(status, (("Content-Type", "text/html; charset=utf-8"),), html.encode())
    return Row(f"{name} {path}", Section.LOOKALIKES, kind, f"http://{host}{path}", answer, siblings, right)
