"""Whether a title, a heading or a line says that there is no such page: in many languages, and nothing else "
"beside it.

A title that holds such words among others is no sign: articles are called "404 Not Found: a short history" and "How to
fix “page not found”". So the whole of it has to be such a phrase, or one part of it where the other is the site's name
("Page not found | Example"), with numbers and interjections ("Oops!", "Error 404:") allowed before and after.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from linkcheck.signs.not_found import GATHERED, MORE

_LONGEST = 200
"""Characters of a title or a line that is looked at; an error page says it in fewer."""

_SEPARATOR = re.compile(r"\s+[-–—~]+\s+|\s*[|·•«»›→]\s*")
_EXPLAINS = re.compile(
    r"\b(?:how|what|why|when|guide|explained|meaning|history|tips|fix\w*|causes?|tutorial|definition)\b|"
    r"\b(?:wie|warum|was|pourquoi|comment|cómo|qué|por qué|come|como|perché|hoe|waarom|jak|dlaczego)\b|как |"
    r"почему |方法|対処|原因|"
    r"怎么|如何|解决",
    re.I,
)
_FRAME_WRITTEN = (
    "404 410 1 http error errors code status erreur fehler fehlermeldung errore erro fout fel fejl feil virhe "
    "błąd chyba greška napaka hiba eroare σφάλμα hata ошибка помилка грешка памылка خطأ خطا שגיאה त्रुटि ত্রুটি "
    "lỗi kesalahan ralat oops ooops oooops ups uups whoops uhoh uh oh ouch hmm hm sorry so sad pardon "
    "entschuldigung leider désolé mince oups lo siento perdón scusa ops desculpe helaas beklager tyvärr "
    "valitettavasti przepraszamy omlouváme se ospravedlňujeme sa nažalost sajnáljuk sajnos ne pare rău λυπούμαστε "
    "üzgünüz maaf к сожалению извините на жаль вибачте عذرا متاسفانه error404 404error http404 hiba kód koodi kod "
    "n° no nr we re we're are"
)
_FRAME = frozenset(_FRAME_WRITTEN.split())
_ERROR_NUMBERS = frozenset({"404", "410"})

# What English says in more ways than a list can hold: every word one of these, and one of these turns among them.
_TURN = re.compile(
    r"\bnot\b.*\b(?:found|exist|find|here|available)\b|\b(?:cant|couldnt|cannot|didnt|doesnt|"
    r"unable to)\b.*\b(?:find|exist|"
    r"locate|found)\b|\bno longer (?:available|exists?|here|active|online)\b|\b(?:page|article|post|file|"
    r"document|content) "
    r"(?:has been |was |is |has )?(?:removed|deleted|missing|gone|unavailable|vanished|"
    r"disappeared|taken down)\b|\bisnt (?:here|available|there)\b"
)
_ENGLISH_WRITTEN = (
    "404 410 error errors http code status page pages file document content article post story resource url link "
    "site web website address the this that a an on at your you youre youve were was we weve our i im it its is "
    "are has have been be could can cant couldnt cannot didnt doesnt does do did not no isnt found find locate "
    "longer available unavailable missing removed deleted moved gone looking for requested request requesting "
    "trying tried to access reach view oops sorry whoops uh oh hmm well or of here there server exist exists "
    "existed anymore any more what whatever seem seems unable may might have name changed temporarily and but "
    "afraid unfortunately right now location entered followed broken specified active online "
    "vanished disappeared taken down"
)
_ENGLISH = frozenset(_ENGLISH_WRITTEN.split())

# Written without spaces: every piece one of these, and one that says so among them.
_PIECES = re.compile(
    r"(?:404|410|エラー|申し訳ありませんが|申し訳ありません|申し訳ございませんが|申し訳ございません|"
    r"恐れ入りますが|すみません|"
    r"お探しの|ご指定の|指定された|指定した|アクセスしようとした|リクエストされた|要求された|該当する|この|"
    r"ご覧になろうとした|ページ|記事|"
    r"ファイル|コンテンツ|情報|サイト|URL|url|は|が|を|または|か|既に|すでに|現在|移動|もしくは|されたか|"
    r"した可能性があります|"
    r"错误|錯誤|抱歉|很抱歉|非常抱歉|对不起|對不起|您|你|所|要|想|访问|訪問|浏览|瀏覽|查看|查找|寻找|尋找|请求|"
    r"請求|找|的|该|該|此|这个|這個|"
    r"页面|頁面|网页|網頁|页|頁|文章|内容|內容|网址|網址|资源|資源|文件|链接|連結|地址|或|已经|已經|了|啦|可能|被|"
    r"(?P<turn>見つかりませんでした|見つかりません|存在しません|ありません|削除されました|削除されています|"
    r"表示できません|公開されていません|"
    r"不存在|未找到|找不到了|找不到|没有找到|沒有找到|无法找到|無法找到|已被删除|已被刪除|已经被删除|已經被刪除|"
    r"已删除|已刪除|不见了|不見了|已失效|走丢了|无法访问)"
    r")+"
)


_ASCII_BETWEEN = re.compile(r"[^a-z0-9]+")


@cache
def _phrases() -> frozenset[str]:
    spoken = (*GATHERED.values(), *MORE.values())
    return frozenset(normal(phrase) for phrases in spoken for phrase in phrases.split(" | "))


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset(word for phrase in _phrases() for word in phrase.split()) | _FRAME


@cache
def _longest_phrase() -> int:
    return max(len(phrase.split()) for phrase in _phrases())


def normal(text: str) -> str:
    """Letters and digits of any script in lower case, words a space apart; apostrophes and joiners vanish."""
    if text.isascii():  # most titles, and ten times as quick
        return " ".join(_ASCII_BETWEEN.sub(" ", text.lower().replace("'", "").replace("`", "")).split())
    kept = []
    for letter in unicodedata.normalize("NFKC", text).casefold():
        kind = unicodedata.category(letter)
        if kind[0] in "LNM":
            kept.append(letter)
        elif kind != "Cf" and letter not in "'’`´":
            kept.append(" ")
    return " ".join("".join(kept).split())


@lru_cache(maxsize=1024)  # the probe and several rules ask of the same title
def says_not_found(title: str) -> bool:
    """Whether a title, or its part before or after the site's name, says that there is no such page and no more."""
    if not title or len(title) > _LONGEST:
        return False
    said = any(_is_phrase(normal(part)) for part in _parts_of(title))
    return said and not _EXPLAINS.search(title)


def first_that_says_so(titles: Sequence[str]) -> str:
    """The first of some titles that says that there is no such page; "" where none does."""
    return next((title for title in titles if says_not_found(title)), "")


def _is_phrase(words: str) -> bool:
    if not words:
        return False
    if words in _phrases() or words == "404 page":
        return True
    spoken = words.split()
    if _ERROR_NUMBERS & set(spoken) and _FRAME.issuperset(spoken):
        return True  # "Fehler 404", "Ups! 404"
    bare = [word for word in spoken if word not in _FRAME]
    if bare and len(bare) < len(spoken) and " ".join(bare) in _phrases():
        return True
    if _ENGLISH.issuperset(spoken) and _TURN.search(words):
        return True
    pieces = None if words.isascii() else _PIECES.fullmatch(words.replace(" ", ""))
    if pieces and pieces["turn"]:
        return True
    return _vocabulary().issuperset(spoken) and _holds_phrase(spoken)


def _holds_phrase(spoken: Sequence[str]) -> bool:
    """Whether a phrase of two words or more stands among them, or a word for it beside the number of the error."""
    reach = min(len(spoken), _longest_phrase())
    least = 1 if _ERROR_NUMBERS & set(spoken) else 2
    return any(
        " ".join(spoken[start : start + count]) in _phrases()
        for count in range(least, reach + 1)
        for start in range(len(spoken) - count + 1)
    )


# ---------------------------------------------------------------- within the text of a page

_APOLOGY = re.compile(
    r"(?:oops\W+|sorry\W+|we(?:'|’)re sorry\W+|unfortunately\W+|hmm\W+|uh.?oh\W+)?(?:but )?"
    r"(?:(?:we|i) (?:could not|couldn['’]?t|cannot|can['’]?t|can not|were unable to|weren['’]?t able to|"
    r"did ?n['’]?t) "
    r"(?:seem to )?(?:find|locate) (?:the|that|this|any|a) (?:page|article|document|file|content|post|story|resource)"
    r"|(?:the|this|that) (?:requested |specified )?(?:page|article|document|file|content|post|resource|url|item)"
    r"(?: that)?(?: you(?:['’]re| are| were| have)? (?:looking for|requested|trying to (?:reach|view|access|"
    r"find)|tried to "
    r"(?:reach|view|access)|entered|want(?:ed)?))? (?:could not be|was not|can ?not be|couldn['’]?t be|"
    r"can['’]?t be|does not "
    r"exist|doesn['’]?t exist|no longer exists|is no longer|has been (?:removed|deleted|moved)|is not available|"
    r"isn['’]?t available|is unavailable|may have been|might have been))",
    re.I,
)


def apologises(line: str) -> bool:
    """Whether a line of text begins as error pages do: "We couldn't find the page you requested, so we …"."""
    return bool(_APOLOGY.match(line.strip())) or (len(line) <= _LONGEST and says_not_found(line))


_NO_HITS = re.compile(
    r"(?<!\d)0 (?:search )?(?:results?|hits|matches|items|articles|posts|documents)\b|"
    r"\bno (?:search )?(?:results?|matches|hits|"
    r"posts|articles|items|documents)(?: were| was| have been)?(?: found)?\b|\bnothing (?:was )?found\b|"
    r"\bdid not match any\b|\bkeine (?:ergebnisse|treffer)\b|\baucun résultat\b|\b(?:sin|no hay|"
    r"no se encontraron) resultados\b|"
    r"\bnessun risultato\b|\bnenhum resultado\b|\bgeen resultaten\b|\binga (?:resultat|träffar)\b|"
    r"\bingen resultater\b|"
    r"\bei (?:tuloksia|hakutuloksia)\b|\bbrak wyników\b|\bžádné výsledky\b|\bnincs találat\b|\bsonuç bulunamadı\b|"
    r"ничего не найдено|нічого не знайдено|没有找到|沒有找到|結果はありません|見つかりませんでした|"
    r"결과가 없습니다|검색결과가 없습니다",
    re.I,
)
_SEARCH = re.compile(
    r"^(?:search(?: results?)?|site search|suche|suchergebnisse|recherche|résultats de (?:la )?recherche|buscar|"
    r"búsqueda|"
    r"resultados de (?:la )?búsqueda|ricerca|risultati (?:della )?ricerca|pesquisa|busca|"
    r"resultados da (?:pesquisa|busca)|zoeken|"
    r"zoekresultaten|sök|sökresultat|søg|søk|søgeresultater|søkeresultater|haku|hakutulokset|szukaj|"
    r"wyniki wyszukiwania|hledat|"
    r"výsledky (?:vyhledávání|hledání)|keresés|arama|arama sonuçları|поиск|результаты поиска|пошук|搜索|搜尋|"
    r"搜索结果|検索|検索結果|검색)"
    r"(?:$|\W)",
    re.I,
)


def is_empty_search(titles: Sequence[str], text: str) -> bool:
    """Whether a page of little text is a search that found nothing: what some sites answer for what they do "
    "not have."""
    return any(_SEARCH.match(title) for title in titles) and bool(_NO_HITS.search(text))


# By whole words: "terror", "space-shuttle", "enclosure" and the day in "/20240410/" speak of none of it.
_ABOUT_ERRORS = re.compile(
    r"(?<![^\W_])(?:(?:http|error|soft)?(?:404|410)|errors?|(?:page)?not[-_ +]?found|(?:missing|lost)[-_ +]pages?|"
    r"(?:broken|dead)[-_ +]?links?|link[-_ +]?rot|fehler\w*|erreurs?|introuvable|errore|ошибк\w+|не[-_ +]найден\w*)"
    r"(?![^\W_])|エラー|見つかりません|错误|錯誤|不存在|找不到",
    re.I,
)
_ABOUT_CLOSINGS = re.compile(
    r"(?<![^\W_])(?:shut(?:s|ting|down|tered)?|clos(?:e|es|ed|ing|ures?)|sunset(?:s|ting)?|farewell|goodbye|"
    r"suspen(?:d|ded|ds|sion)|retire[sd]?|retirement|discontinu\w+|parking|parked|domains?|maintenance|expired)"
    r"(?![^\W_])",
    re.I,
)


def is_about_errors(text: str) -> bool:
    """Whether an address or a cited title says itself that the page is about errors and links that lead nowhere."""
    return bool(_ABOUT_ERRORS.search(text))


def is_about_closings(text: str) -> bool:
    """Whether it says that the page is about errors, closings or domains."""
    return bool(_ABOUT_CLOSINGS.search(text) or _ABOUT_ERRORS.search(text))


# By themselves these are names of songs and products, states of goods, and what threads are called.
_NAMES_WRITTEN = (
    "404 | 410 | not found | nothing found | nothing was found | nothing here | nothing to see here | "
    "there is nothing here | "
    "theres nothing here | broken link | dead link | link expired | link has expired | video unavailable | "
    "video not available | missing page | page missing | are you lost | we looked everywhere | no longer available | "
    "not available | no longer here | not here | no longer active | moved | removed | deleted"
)
_NAMES = frozenset(_NAMES_WRITTEN.split(" | "))


def may_be_a_name(title: str) -> bool:
    """Whether all that a title says may as well be what something is called: "404 | Peugeot", "Broken link".

    Error pages say it in other words too, or say nothing else.
    """
    said = [words for words in map(normal, _parts_of(title)) if _is_phrase(words)]
    return bool(said) and _NAMES.issuperset(said)


def _parts_of(title: str) -> list[str]:
    return list(dict.fromkeys((title, *_SEPARATOR.split(title))))
