"""What sites say of a page that they do not have, by language. Data: whole titles, headings or first sentences.

Gathered from the translations of Docusaurus (theme, ``NotFound``), Laravel-Lang/http-statuses ("Not Found") and
tarampampam/error-pages, all MIT, as they stood in November 2026. ``MORE`` was written for this project, after what
content management systems and servers say in each language. What merely means "gone" ("weg", "走了") is left out: it is
a title of songs and poems.
"""

from __future__ import annotations

from collections.abc import Mapping

GATHERED: Mapping[str, str] = {
    "af": "Nie gevind nie",
    "ak": "Wonhu",
    "am": "አልተገኘም",
    "ar": "الصفحة غير موجودة | لم نتمكن من العثور على ما كنت تبحث عنه",
    "as": "পোৱা নাযায়",
    "az": "Səhifə tapılmadı",
    "be": "Не знойдзены",
    "bg": "Страницата не е намерена | Не успяхме да намерим това, което търсите | Не е намерено",
    "bho": "ना मिलल बा",
    "bm": "A ma Sɔrɔ",
    "bn": "পেজটি খুঁজে পাওয়া যায়নি | আপনি যা খুঁজছিলেন তা আমরা খুঁজে পাইনি | পাওয়া যায়নি",
    "bs": "Nije pronađeno",
    "ca": "No trobat",
    "ceb": "Wala Makita",
    "ckb": "نەدۆزرایەوە",
    "cs": "Stránka nenalezena | Nepodařilo se nám najít co jste hledal(a) | Nenalezeno",
    "cy": "Heb ei Ddarganfod",
    "da": "Siden blev ikke fundet | Vi kunne ikke finde det, du søgte | Ikke fundet",
    "de": (
        "Seite nicht gefunden | Wir konnten nicht finden, wonach Sie gesucht haben | Nicht gefunden | "
        "Der Server kann die angeforderte Seite nicht finden | "
        "Die angeforderte Seite ist nicht mehr verfügbar | Not Found"
    ),
    "doi": "ना पाया",
    "ee": "Womeke ɖe eŋu o",
    "el": "Δεν βρέθηκε",
    "en": "Page Not Found | We could not find what you were looking for",
    "eo": "Ne trovita",
    "es": (
        "Página No Encontrada | No pudimos encontrar lo que buscaba | No encontrado | "
        "El servidor no puede encontrar la página solicitada | La página solicitada no está ya disponible"
    ),
    "et": "Lehte ei leitud | Vabandame, kuid lehte ei leitud | Ei leitud",
    "eu": "Ez da aurkitu",
    "fa": "صفحه ای که دنبال آن بودید پیدا نشد | صفحه‌ای که دنبال آن بودید پیدا نشد | پیدا نشد",
    "fi": "Ei löydetty",
    "fil": "Hindi Nahanap ang Pahina | Hindi namin mahanap ang iyong hinananap | Hindi mahanap",
    "fr": (
        "Page introuvable | Nous n'avons pas trouvé ce que vous recherchez | Introuvable | "
        "Le serveur ne peut trouver la page demandée | La page demandée n’est plus disponible | "
        "Page non trouvée"
    ),
    "fy": "Net fûn",
    "ga": "Gan Aimsiú",
    "gd": "Gun a lorg",
    "gl": "Non atopado",
    "gu": "મળ્યું નથી",
    "ha": "Ba a Samu ba",
    "haw": "Loaʻa ʻole",
    "he": "דף לא נמצא | אנחנו לא מוצאים את מה שאתה מנסה לחפש | לא נמצא",
    "hi": "पेज नहीं मिला | हमें वह नहीं मिला, जिसकी आपको तलाश थी | पता नहीं चला",
    "ht": "Pa jwenn",
    "hu": (
        "Az oldal nem található | Sajnos nem találtuk azt az oldalt, amit kerestél | Nem található | "
        "A szerver nem találja a kért oldalt | A kért oldal már nem érhető el"
    ),
    "hy": "Չի գտնվել",
    "id": (
        "Halaman Tak Ditemukan | Kami tak dapat menemukan yang anda cari | Tidak ditemukan | "
        "Server tidak dapat menemukan halaman yang diminta | Halaman yang diminta tidak lagi tersedia"
    ),
    "ig": "Ahụghị",
    "is": "Síða fannst ekki | Við fundum ekki það sem þú leitaðir að | Ekki fundið",
    "it": (
        "Pagina non trovata | Non siamo riusciti a trovare quello che stavi cercando | Non trovato | "
        "Il server non riesce a trovare la pagina richiesta | La pagina richiesta non è più disponibile"
    ),
    "ja": "ページが見つかりません | お探しのページが見つかりませんでした | 見つかりません",
    "ka": "არ მოიძებნა",
    "kk": "Табылмады",
    "km": "រកមិនឃើញ",
    "kn": "ದೊರೆತಿಲ್ಲ",
    "ko": "페이지를 찾을 수 없습니다 | 원하는 페이지를 찾을 수 없습니다 | 찾을 수 없음 | 서버가 요청한 페이지를 "
    "찾을 수 없어요 | 요청하신 페이지는 더 이상 사용할 수 없어요",
    "ku": "Peyda nebû",
    "ky": "Табылган жок",
    "lb": "Net fonnt",
    "lg": "Tekizuuliddwa",
    "ln": "Ezwami Te",
    "lo": "ບໍ່ພົບ",
    "lt": "Nerastas",
    "lv": "Nav atrasts",
    "mai": "नहि भेटल",
    "mg": "Tsy hita",
    "mi": "Kaore i Kitea",
    "mk": "Не е најдено",
    "ml": "കണ്ടെത്തിയില്ല",
    "mn": "Олдсонгүй",
    "mni": "ꯐꯪꯗ꯭ꯔꯤ꯫",
    "mr": "सापडले नाही",
    "ms": "Tidak ditemui",
    "mt": "Ma nstabx",
    "my": "မတွေ့ပါ",
    "nb": "Siden ble ikke funnet | Vi kunne ikke finne det du lette etter",
    "ne": "फेला परेन",
    "nl": (
        "Pagina niet gevonden | We kunnen niet vinden waar je naar op zoek bent | Niet gevonden | "
        "De server kan de pagina niet vinden | De pagina is niet langer beschikbaar"
    ),
    "no": "Ikke funnet | Serveren kan ikke finne den forespurte siden | Siden er ikke lenger tilgjengelig",
    "om": "Hin Argamne",
    "or": "ମିଳିଲା ନାହି",
    "pa": "ਨਹੀਂ ਲਭਿਆ",
    "pl": (
        "Strona nie została znaleziona | Nie mogliśmy znaleźć strony której szukasz | Nie znaleziono | "
        "Serwer nie może znaleźć żądanej strony | Żądana strona nie jest już dostępna"
    ),
    "ps": "پیدا نشو",
    "pt": (
        "Página não encontrada | Não foi possível encontrar o que você está procurando | "
        "Não foi possível encontrar o que procura | Não encontrado | "
        "O servidor não consegue encontrar a página solicitada | "
        "A página solicitada não está mais disponível"
    ),
    "qu": "Mana Tarishkachu",
    "ro": (
        "Nu a fost găsit | Serverul nu poate găsi pagina solicitată | "
        "Pagina solicitată nu mai este disponibilă | Nu a fost gasit"
    ),
    "ru": (
        "Страница не найдена | К сожалению, мы не смогли найти запрашиваемую вами страницу | "
        "Сервер не смог найти запрашиваемую страницу | Запрошенная страница была удалена | Не найдено"
    ),
    "rw": "Ntibabonetse",
    "sa": "न लभ्यते",
    "sd": "نه مليو",
    "si": "හමු වුණේ නැහැ",
    "sk": "Nenájdené",
    "sl": "Strani ni bilo možno najti | Iskane strani ni bilo možno najti | Ni najdeno",
    "sn": "Kusawanikwa",
    "so": "Lama helin",
    "sq": "Nuk u gjet",
    "sr": "Страница није пронађена | Тражени резултат не постоји | Није пронађено",
    "su": "Henteu kapendak",
    "sv": "Sidan Hittades Inte | Vi kunde inte hitta det du letade efter | Hittades inte",
    "sw": "Haipatikani",
    "ta": "கிடைக்கவில்லை",
    "te": "దొరకలేదు",
    "tg": "Дарёфт нашуд",
    "th": "ไม่พบข้อมูลที่ร้องขอ",
    "ti": "ኣይተረኽበን።",
    "tk": "Sahypa tapylmady | Gynansakda, ýüzlenen sahypaňyz tapylmady | Tapylmady",
    "tr": "Sayfa Bulunamadı | Aradığınız şeyi bulamadık",
    "ug": "تېپىلمىدى",
    "uk": (
        "Сторінку не знайдено | На жаль, ми не змогли знайти сторінку, яку ви запитували | "
        "Сервер не зміг знайти запитану сторінку | Запитувана сторінка більше не доступна | "
        "Ресурс не знайдено"
    ),
    "ur": "صفحہ نہیں ملا | ہم وہ تلاش نہیں کر سکے جو آپ ڈھونڈ رہے تھے۔ | نہیں ملا",
    "uz": "Topilmadi",
    "vi": "Không tìm thấy trang | Chúng tôi không thể tìm thấy nội dung bạn đang tìm kiếm | Không Tìm Thấy",
    "xh": "Ayifunyanwa",
    "yi": "ניט געפונען",
    "yo": "Ko ri",
    "zh": "找不到页面 | 我们找不到您要找的页面 | 找不到頁面 | 我們沒有您要找的頁面 | 未找到 | "
    "服务器找不到请求的页面 | 请求的页面不再可用",
    "zu": "Akutholakalanga",
}

MORE: Mapping[str, str] = {
    "en": (
        "page not found | this account is no longer active | file not found | document not found | "
        "article not found | post not found | not found | "
        "content not found | resource not found | story not found | item not found | entry not found | "
        "nothing found | nothing was found | nothing here | nothing to see here | no such page | no page found | "
        "missing page | page missing | this page is missing | page does not exist | page doesn't exist | "
        "this page doesn't exist | that page doesn't exist | the page doesn't exist | page unavailable | "
        "page not available | this page isn't available | page is not available | page could not be found | "
        "the page cannot be found | this page could not be found | that page can't be found | page removed | "
        "page deleted | page no longer available | page no longer exists | this page has been removed | "
        "this page has been deleted | this content is no longer available | this article is no longer available | "
        "this story is no longer available | this article has been removed | this content isn't available | "
        "this content is not available | content unavailable | content no longer available | article unavailable | "
        "article no longer available | article removed | this post has been removed | this post has been deleted | "
        "this post is unavailable | this video is unavailable | video unavailable | video not available | "
        "this video has been removed | this document has been removed | this document has been deleted | "
        "this item is no longer available | this file does not exist | this file has been deleted | "
        "the file you have requested does not exist | the file you requested has been deleted | "
        "this link has expired | link expired | link has expired | broken link | dead link | "
        "page expired | this page has expired | this listing has expired | this job is no longer available | "
        "this event no longer exists | user not found | account not found | profile not found | product not found | "
        "project not found | repository not found | site not found | website not found | web site not found | "
        "blog not found | blog is not found | channel not found | topic not found | thread not found | "
        "category not found | event not found | record not found | object not found | url not found | link not "
        "found | "
        "path not found | route not found | domain not found | image not found | video not found | "
        "we can't find that page | we can't find this page | we can't find the page | we couldn't find that page | "
        "we couldn't find the page | we couldn't find this page | we cannot find that page | "
        "we can't find the page you're looking for | we couldn't find the page you were looking for | "
        "we couldn't find what you're looking for | we could not find what you're looking for | "
        "we can't seem to find the page you're looking for | we looked everywhere | "
        "sorry this page isn't available | sorry we couldn't find that page | sorry that page doesn't exist | "
        "the page you requested could not be found | the page you requested was not found | "
        "the page you were looking for doesn't exist | the page you were looking for was not found | "
        "the page you are looking for can't be found | the page you are looking for does not exist | "
        "the page you are looking for doesn't exist or has been moved | the page you are looking for is not here | "
        "the page you're looking for isn't here | the page you're looking for can't be found | "
        "the page you are trying to reach does not exist | the page you tried to access does not exist | "
        "the requested page could not be found | the requested page was not found | the requested url was not "
        "found | "
        "the requested url was not found on this server | the requested resource could not be found | "
        "the requested document was not found | the requested page does not exist | link does not exist | "
        "the link you followed may be broken or the page may have been removed | you've reached a dead end | "
        "the link you have followed or the url that you entered does not exist | uh oh that page doesn't exist | "
        "there is nothing here | there's nothing here | looks like you got lost | looks like you're lost | "
        "it looks like you're lost | you seem to be lost | are you lost | "
        "it looks like nothing was found at this location | oops that page can't be found | "
        "you may have followed a broken link | page moved or deleted | http status 404 not found"
    ),
    "de": (
        "seite nicht gefunden | die seite wurde nicht gefunden | diese seite wurde nicht gefunden | "
        "seite wurde nicht gefunden | seite konnte nicht gefunden werden | die seite konnte nicht gefunden werden | "
        "die angeforderte seite wurde nicht gefunden | die angeforderte seite konnte nicht gefunden werden | "
        "die gewünschte seite wurde nicht gefunden | die gesuchte seite wurde nicht gefunden | "
        "die gesuchte seite konnte nicht gefunden werden | seite existiert nicht | die seite existiert nicht | "
        "diese seite existiert nicht | diese seite existiert nicht mehr | diese seite gibt es nicht | "
        "diese seite gibt es nicht mehr | seite nicht vorhanden | seite nicht verfügbar | seite nicht mehr "
        "verfügbar | "
        "dieser artikel ist nicht mehr verfügbar | dieser inhalt ist nicht mehr verfügbar | artikel nicht gefunden | "
        "datei nicht gefunden | dokument nicht gefunden | inhalt nicht gefunden | nichts gefunden | "
        "leider nicht gefunden | objekt nicht gefunden | die seite ist nicht mehr verfügbar"
    ),
    "fr": (
        "page non trouvée | page introuvable | la page est introuvable | cette page est introuvable | "
        "la page demandée est introuvable | la page demandée n'existe pas | la page demandée n'a pas été trouvée | "
        "la page que vous cherchez est introuvable | la page que vous recherchez n'existe pas | "
        "la page que vous recherchez est introuvable | la page que vous demandez n'existe pas | "
        "la page que vous demandez n'existe plus | cette page n'existe pas | cette page n'existe plus | "
        "la page n'existe pas | page inexistante | page indisponible | page inconnue | contenu introuvable | "
        "article introuvable | document introuvable | fichier introuvable | contenu indisponible | "
        "cet article n'est plus disponible | ce contenu n'est plus disponible | cette page n'est plus disponible | "
        "cette page n'est pas disponible | désolé cette page n'existe pas | ressource introuvable | non trouvé"
    ),
    "es": (
        "página no encontrada | pagina no encontrada | no se encontró la página | no se ha encontrado la página | "
        "no se encuentra la página | la página no existe | esta página no existe | esta página ya no existe | "
        "la página que buscas no existe | la página que busca no existe | la página que estás buscando no existe | "
        "la página solicitada no existe | la página solicitada no se encuentra | "
        "la página solicitada no se ha encontrado | no encontramos la página | no podemos encontrar la página | "
        "no hemos encontrado la página que buscas | página no disponible | esta página no está disponible | "
        "contenido no disponible | contenido no encontrado | artículo no encontrado | archivo no encontrado | "
        "documento no encontrado | esta noticia ya no está disponible | no se ha encontrado | no encontrada"
    ),
    "it": (
        "pagina non trovata | la pagina non è stata trovata | pagina inesistente | la pagina non esiste | "
        "questa pagina non esiste | questa pagina non esiste più | la pagina richiesta non è stata trovata | "
        "la pagina richiesta non esiste | la pagina che stai cercando non esiste | "
        "la pagina che cerchi non esiste | la pagina cercata non esiste | impossibile trovare la pagina | "
        "non è stato possibile trovare la pagina | pagina non disponibile | contenuto non disponibile | "
        "contenuto non trovato | articolo non trovato | documento non trovato | file non trovato | non trovata | "
        "risorsa non trovata | questa pagina non è disponibile"
    ),
    "pt": (
        "página não encontrada | pagina não encontrada | a página não foi encontrada | página não existe | "
        "a página não existe | esta página não existe | esta página já não existe | página inexistente | "
        "a página que procura não existe | a página que você procura não existe | "
        "a página que você está procurando não existe | a página solicitada não foi encontrada | "
        "a página solicitada não existe | não encontramos a página | não conseguimos encontrar a página | "
        "página indisponível | esta página não está disponível | conteúdo não encontrado | conteúdo indisponível | "
        "artigo não encontrado | arquivo não encontrado | ficheiro não encontrado | documento não encontrado | "
        "não encontrada"
    ),
    "nl": (
        "pagina niet gevonden | de pagina is niet gevonden | deze pagina is niet gevonden | pagina bestaat niet | "
        "deze pagina bestaat niet | deze pagina bestaat niet meer | de pagina bestaat niet | "
        "de opgevraagde pagina is niet gevonden | de opgevraagde pagina kon niet worden gevonden | "
        "de pagina die u zoekt bestaat niet | de pagina die je zoekt bestaat niet | "
        "de pagina kon niet gevonden worden | "
        "pagina niet beschikbaar | artikel niet gevonden | bestand niet gevonden | "
        "dit artikel is niet meer beschikbaar"
    ),
    "sv": "sidan hittades inte | sidan kunde inte hittas | sidan finns inte | sidan saknas | sidan finns inte "
    "längre | "
    "den sökta sidan finns inte | sidan kan inte hittas | sidan du söker finns inte | artikeln finns inte",
    "da": "siden blev ikke fundet | siden findes ikke | siden kunne ikke findes | siden findes ikke længere | "
    "siden du leder efter findes ikke | siden ikke fundet | side ikke fundet",
    "no": "siden ble ikke funnet | siden finnes ikke | fant ikke siden | siden eksisterer ikke | fant ikke siden | "
    "siden du leter etter finnes ikke | vi finner ikke siden | siden finnes ikke lenger | beklager siden finnes ikke",
    "fi": "sivua ei löydy | sivua ei löytynyt | sivua ei ole olemassa | etsimääsi sivua ei löytynyt | "
    "hakemaasi sivua ei löydy | sivua ei ole | sivu ei ole saatavilla",
    "is": "síða fannst ekki | síðan fannst ekki | síðan er ekki til",
    "et": "lehte ei leitud | lehekülge ei leitud | lehekülge ei leitud | otsitud lehte ei leitud",
    "lv": "lapa nav atrasta | lapa neeksistē | pieprasītā lapa nav atrasta",
    "lt": "puslapis nerastas | puslapis neegzistuoja | toks puslapis neegzistuoja | puslapio nėra",
    "pl": (
        "strona nie została znaleziona | nie znaleziono strony | strona nie istnieje | strony nie znaleziono | "
        "nie ma takiej strony | taka strona nie istnieje | podana strona nie istnieje | szukana strona nie "
        "istnieje | "
        "strona o podanym adresie nie istnieje | strona której szukasz nie istnieje | strona niedostępna | "
        "artykuł nie istnieje | nie znaleziono artykułu | nie znaleziono pliku"
    ),
    "cs": "stránka nenalezena | stránka nebyla nalezena | stránka neexistuje | tato stránka neexistuje | "
    "požadovaná stránka nebyla nalezena | požadovaná stránka neexistuje | hledaná stránka neexistuje | "
    "článek nenalezen | článek nebyl nalezen | soubor nenalezen",
    "sk": "stránka nenájdená | stránka nebola nájdená | stránka neexistuje | požadovaná stránka neexistuje | "
    "požadovaná stránka nebola nájdená | hľadaná stránka neexistuje | stránka sa nenašla",
    "sl": "stran ni najdena | strani ni mogoče najti | stran ne obstaja | te strani ni",
    "hr": "stranica nije pronađena | stranica ne postoji | tražena stranica ne postoji | "
    "tražena stranica nije pronađena | stranica nije nađena",
    "bs": "stranica nije pronađena | tražena stranica ne postoji",
    "sr": "страница није пронађена | страница не постоји | тражена страница не постоји | stranica nije pronađena | "
    "stranica ne postoji | strana nije pronađena",
    "mk": "страницата не е пронајдена | страницата не постои",
    "bg": "страницата не е намерена | страницата не съществува | страницата не беше намерена | няма такава страница",
    "hu": "az oldal nem található | a keresett oldal nem található | oldal nem található | nincs ilyen oldal | "
    "a kért oldal nem található | a lap nem található | az oldal nem létezik | a keresett oldal nem létezik",
    "ro": "pagina nu a fost găsită | pagina nu a fost gasita | pagina nu există | pagina nu exista | "
    "pagina căutată nu există | pagina solicitată nu a fost găsită | pagină negăsită | pagina inexistentă | "
    "nu am găsit pagina",
    "el": "η σελίδα δεν βρέθηκε | σελίδα δεν βρέθηκε | η σελίδα δεν υπάρχει | η σελίδα που ζητήσατε δεν βρέθηκε | "
    "η σελίδα που αναζητάτε δεν υπάρχει | η σελίδα που ψάχνετε δεν υπάρχει | η σελίδα αυτή δεν υπάρχει",
    "tr": "sayfa bulunamadı | aradığınız sayfa bulunamadı | aradığınız sayfa mevcut değil | sayfa mevcut değil | "
    "böyle bir sayfa yok | üzgünüz aradığınız sayfa bulunamadı | içerik bulunamadı | haber bulunamadı",
    "ru": (
        "страница не найдена | эта страница не найдена | страница не существует | такой страницы не существует | "
        "такой страницы нет | запрашиваемая страница не найдена | запрашиваемая страница не существует | "
        "запрошенная страница не найдена | страница не найдена или удалена | страница удалена | материал не найден | "
        "страница была удалена | страница удалена или не существует | документ не найден | файл не найден | "
        "к сожалению страница не найдена | страница недоступна | статья не найдена | ничего не найдено | "
        "извините страница не найдена | материал удалён | не удалось найти страницу | "
        "страница которую вы ищете не существует | такой страницы не существует или она была удалена"
    ),
    "uk": "сторінку не знайдено | сторінка не знайдена | сторінки не існує | такої сторінки не існує | "
    "сторінка не існує | запитувану сторінку не знайдено | на жаль сторінку не знайдено | нічого не знайдено",
    "be": "старонка не знойдзена | старонка не існуе",
    "kk": "бет табылмады | парақ табылмады",
    "az": "səhifə tapılmadı | axtardığınız səhifə tapılmadı",
    "uz": "sahifa topilmadi | sahifa mavjud emas",
    "ky": "барак табылган жок",
    "tg": "саҳифа ёфт нашуд",
    "mn": "хуудас олдсонгүй",
    "hy": "էջը չի գտնվել | էջը գտնված չէ | էջը չգտնվեց",
    "ka": "გვერდი ვერ მოიძებნა | გვერდი არ მოიძებნა",
    "he": "הדף לא נמצא | העמוד לא נמצא | דף לא נמצא | עמוד לא נמצא | הדף המבוקש לא נמצא | העמוד המבוקש לא נמצא",
    "ar": "الصفحة غير موجودة | لم يتم العثور على الصفحة | عذرا الصفحة غير موجودة | الصفحة المطلوبة غير موجودة | "
    "هذه الصفحة غير موجودة | الصفحة التي تبحث عنها غير موجودة | لم يتم العثور على الصفحة المطلوبة | صفحة غير موجودة",
    "fa": "صفحه یافت نشد | صفحه مورد نظر یافت نشد | صفحه پیدا نشد | صفحه مورد نظر پیدا نشد | این صفحه وجود ندارد",
    "ur": "صفحہ نہیں ملا | صفحہ موجود نہیں",
    "ps": "پاڼه ونه موندل شوه",
    "hi": "पृष्ठ नहीं मिला | पेज नहीं मिला | यह पेज मौजूद नहीं है",
    "mr": "पृष्ठ सापडले नाही | पान सापडले नाही",
    "ne": "पृष्ठ फेला परेन | पेज फेला परेन",
    "bn": "পৃষ্ঠা পাওয়া যায়নি | পাতাটি খুঁজে পাওয়া যায়নি",
    "ta": "பக்கம் கிடைக்கவில்லை | பக்கம் காணப்படவில்லை",
    "te": "పేజీ కనుగొనబడలేదు | పేజీ దొరకలేదు",
    "kn": "ಪುಟ ಕಂಡುಬಂದಿಲ್ಲ",
    "ml": "പേജ് കണ്ടെത്തിയില്ല",
    "gu": "પૃષ્ઠ મળ્યું નથી | પેજ મળ્યું નથી",
    "pa": "ਪੰਨਾ ਨਹੀਂ ਮਿਲਿਆ",
    "si": "පිටුව හමු නොවීය",
    "th": "ไม่พบหน้านี้ | ไม่พบหน้าเว็บ | ไม่พบหน้าที่คุณต้องการ | ไม่พบหน้าที่ต้องการ | ไม่พบหน้า | ไม่พบเพจ",
    "lo": "ບໍ່ພົບໜ້າ",
    "my": "စာမျက်နှာ မတွေ့ပါ",
    "km": "រកមិនឃើញទំព័រ",
    "vi": "không tìm thấy trang | trang không tồn tại | không tìm thấy trang bạn yêu cầu | trang không "
    "tìm thấy | "
    "trang bạn tìm kiếm không tồn tại | rất tiếc trang không tồn tại",
    "id": "halaman tidak ditemukan | halaman tidak tersedia | halaman yang anda cari tidak ditemukan | "
    "maaf halaman tidak ditemukan | halaman tidak ada | laman tidak ditemukan",
    "ms": "halaman tidak dijumpai | laman tidak dijumpai | halaman tidak ditemui",
    "fil": "hindi nahanap ang pahina | hindi makita ang pahina | wala ang pahinang ito",
    "sw": "ukurasa haupatikani | ukurasa haukupatikana",
    "af": "bladsy nie gevind nie | die bladsy is nie gevind nie",
    "ca": "pàgina no trobada | no s'ha trobat la pàgina | la pàgina no existeix | aquesta pàgina no existeix",
    "gl": "páxina non atopada | non se atopou a páxina | a páxina non existe",
    "eu": "orria ez da aurkitu | ez da orria aurkitu | orrialdea ez da aurkitu",
    "cy": "ni chanfuwyd y dudalen | tudalen heb ei chanfod",
    "ga": "níor aimsíodh an leathanach | leathanach gan aimsiú",
    "sq": "faqja nuk u gjet | faqja nuk ekziston",
    "mt": "il-paġna ma nstabitx",
    "eo": "paĝo ne trovita | la paĝo ne estis trovita",
    "la": "pagina non inventa",
    "ko": (
        "페이지를 찾을 수 없습니다 | 페이지를 찾을 수 없음 | 요청하신 페이지를 찾을 수 없습니다 | "
        "찾으시는 페이지가 없습니다 | 존재하지 않는 페이지입니다 | 존재하지 않는 페이지 | 페이지가 존재하지 "
        "않습니다 | "
        "요청하신 페이지가 존재하지 않습니다 | 삭제된 게시물입니다 | 존재하지 않는 게시물입니다 | 삭제된 기사입니다 | "
        "삭제되었거나 존재하지 않는 페이지입니다 | 삭제되었거나 존재하지 않는 기사입니다"
    ),
    "ja": (
        "ページが見つかりません | ページが見つかりませんでした | お探しのページが見つかりません | "
        "お探しのページは見つかりません | お探しのページは見つかりませんでした | お探しのページは存在しません | "
        "指定されたページが見つかりません | 指定されたページは存在しません | "
        "指定されたページは見つかりませんでした | "
        "ご指定のページが見つかりません | ご指定のページは見つかりませんでした | ページは存在しません | "
        "ページが存在しません | このページは存在しません | 記事が見つかりません | 記事が見つかりませんでした | "
        "この記事は削除されました | ページは削除されました | このページは削除されました | "
        "該当するページはありません | "
        "お探しのページは移動または削除されました | ファイルが見つかりません"
    ),
    "zh": (
        "页面不存在 | 页面未找到 | 找不到页面 | 找不到网页 | 未找到页面 | 页面没有找到 | 页面找不到了 | 页面不见了 | "
        "您访问的页面不存在 | 你访问的页面不存在 | 您要访问的页面不存在 | 您访问的页面不存在或已删除 | "
        "抱歉您访问的页面不存在 | 对不起您访问的页面不存在 | 您要查看的页面不存在 | 您查找的页面不存在 | "
        "该页面不存在 | 此页面不存在 | 网页不存在 | 文章不存在 | 文章已被删除 | 该文章已被删除 | 内容不存在 | "
        "该内容已被删除 | 页面已被删除 | 页面已删除 | 该页面已被删除 | 无法找到该页 | 无法找到页面 | "
        "无法找到该网页 | "
        "抱歉找不到页面 | 您所访问的页面不存在 | 頁面不存在 | 找不到頁面 | 找不到網頁 | "
        "找不到此頁面 | 找不到該頁面 | "
        "此頁面不存在 | 該頁面不存在 | 您要找的頁面不存在 | 您所尋找的頁面不存在 | 網頁不存在 | 無法找到該網頁 | "
        "查無此頁"
    ),
}
