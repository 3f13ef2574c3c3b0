"""Pages that lie about what they are, or are written to choke a parser."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.rows import HTML, PAGE, TITLE, Check, Row, alive, is_the_page, say, whole

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0" + bytes(range(256)) * 4


def _page(id_: str, does: str, body: bytes, *fields: str, **also: Check) -> Row:
    return alive(id_, does, say(whole(body, *(fields or (HTML,)))), also=dict(also))


def _heavy(id_: str, does: str, body: Callable[[], bytes], **also: Check) -> Row:
    """Its body is made when it is asked for: there are 60 MB of them, and every worker reads this table."""
    return alive(id_, does, say(lambda: whole(body(), HTML)), group="heavy", also=dict(also))


def _titled(outcome: object, _: object) -> bool:
    return getattr(outcome, "title", "") == TITLE


def _unread(outcome: object, _: object) -> bool:
    return not getattr(outcome, "has_page", True)


def _says(*words: str) -> Check:
    return lambda outcome, _: all(word in outcome.text for word in words)


def _refresh(content: str) -> bytes:
    return (
        f'<head><title>{TITLE}</title><meta http-equiv=refresh content="{content}"></head><p>What was cited.'.encode()
    )


def _goes_nowhere(outcome: object, _: object) -> bool:
    return getattr(outcome, "refresh", "x") == "" and getattr(outcome, "title", "") == TITLE


ROWS = (
    _page("image-as-html", "sends an image as HTML", PNG),
    _page("html-as-pdf", "sends HTML as PDF", PAGE, "Content-Type: application/pdf", unread=_unread),
    _page("html-as-image", "sends HTML as an image", PAGE, "Content-Type: image/png", unread=_unread),
    _page("pdf-as-html", "sends a PDF as HTML", b"%PDF-1.7\n" + bytes(range(256)), unread=_unread),
    _page("untyped", "does not say what it sends", PAGE, "Content-Language: en", page=is_the_page),
    _page(
        "type-nonsense",
        "sends a nonsense type",
        PAGE,
        "Content-Type: ;;;=\x01/",
    ),
    _page("type-twice", "gives two types; the first counts", PAGE, HTML, "Content-Type: image/png", page=is_the_page),
    _page("empty", "sends an empty page", b"", unread=_unread),
    _page(
        "invalid-utf-8",
        "sends bytes that are no UTF-8",
        PAGE.replace(b"What", b"\xc3\x28\xff\xfeWhat"),
        read=_says("was cited"),
        title=_titled,
    ),
    _page(
        "surrogates",
        "sends surrogates in UTF-8's clothes",
        PAGE.replace(b"What", b"\xed\xa0\x80What"),
        read=_says("What was cited."),
        title=_titled,
    ),
    _page(
        "surrogate-references",
        "writes surrogates, NUL and beyond Unicode as references",
        PAGE.replace(b"What", b"&#xD800;&#0;&#x110000;&#99999999999999;What"),
        read=_says("What was cited."),
    ),
    _page(
        "utf-16",
        "sends UTF-16 and says so, without a mark",
        PAGE.decode().encode("utf-16-le"),
        "Content-Type: text/html; charset=utf-16",
        page=is_the_page,
    ),
    _page("utf-16-unsaid", "sends UTF-16 without a mark and says UTF-8", PAGE.decode().encode("utf-16-le")),
    _page(
        "utf-16-odd",
        "sends UTF-16 that ends in the middle of a letter",
        b"\xff\xfe" + PAGE.decode().encode("utf-16-le") + b"x",
        title=_titled,
    ),
    _page("nuls", "strews NULs over its HTML", PAGE.replace(b"<p>", b"<p\0>\0\0").replace(b"cited", b"ci\0ted")),
    _page("nul-first", "begins with 2,000 NULs", bytes(2000) + PAGE),
    *(
        _page(
            f"charset-{name}",
            f"says charset={label}",
            PAGE,
            f"Content-Type: text/html; charset={label}",
            page=is_the_page,
        )
        for name, label in (
            ("latin", "latin-1"),
            ("none", "klingon"),
            ("zlib", "zlib"),
            ("idna", "idna"),
            ("escape", "unicode_escape"),
            ("raw", "raw-unicode-escape"),
            ("path", "../../etc/passwd"),
            ("long", "x" * 5000),
            ("mbcs", "mbcs"),
            ("undefined", "undefined"),
        )
    ),
    _page(
        "charset-wrong",
        "says UTF-8 and sends windows-1252",
        PAGE.replace(b"What", b"caf\xe9 What"),
        read=_says("What was cited."),
    ),
    *(
        _page(
            f"refresh-{name}",
            f"has a meta refresh to {target[:30]}",
            _refresh(f"0; url={target}"),
            nowhere=_goes_nowhere,
        )
        for name, target in (
            ("file", "file:///etc/passwd"),
            ("javascript", "javascript:alert(1)"),
            ("data", "data:text/html,x"),
            ("nonsense", "http://[::1/"),
        )
    ),
    _page(
        "refresh-number",
        "has a meta refresh in a huge number of seconds",
        _refresh("9" * 400 + "; url=/x"),
        nowhere=_goes_nowhere,
    ),
    _page(
        "base-file",
        "has a base of file:",
        b"<head><base href='file:///etc/'><link rel=canonical href=passwd>" + PAGE,
        title=_titled,
    ),
    _page("script-only", "is nothing but a script", b"<script>document.write('hello')</script>"),
    _page(
        "unclosed",
        "opens tags, comments and quotes and closes none",
        PAGE + b"<div class='x" * 300 + b"<!-- <![CDATA[ <? <!",
    ),
    _page(
        "doctype-bomb",
        "declares entities that multiply",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + PAGE,
        title=_titled,
    ),
    _page(
        "xxe",
        "declares an external entity",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body>&f;</body></html>',
        "Content-Type: application/xhtml+xml",
        not_read=lambda o, _: "root:" not in o.text,
    ),
    _page("json-as-text", "sends deep JSON", b"[" * 50_000, "Content-Type: application/json"),
    alive(
        "title-controls",
        "has a title full of control and direction characters",
        say(whole(PAGE.replace(b"The cited", "\x1b[31m\u202eThe\x07".encode()), HTML)),
    ),
    # ------------------------------------------------------------ heavy
    _heavy("nested-tags", "nests 100,000 divs", lambda: PAGE[:-14] + b"<div>" * 100_000 + b"deep", title=_titled),
    _heavy("nested-inline", "nests 200,000 formatting tags", lambda: PAGE[:-14] + b"<b><i><a>" * 70_000, title=_titled),
    _heavy("nested-tables", "nests 50,000 tables", lambda: PAGE[:-14] + b"<table><tr><td>" * 50_000, title=_titled),
    _heavy(
        "misnested",
        "opens and closes 100,000 tags crosswise",
        lambda: PAGE[:-14] + b"<a><b></a></b><p>" * 50_000,
        title=_titled,
    ),
    _heavy(
        "attribute-long",
        "has one attribute of 1 MB",
        lambda: PAGE[:-14] + b"<p title='" + b"x" * 1_000_000 + b"'>after",
        read=_says("What was cited.", "after"),
    ),
    _heavy(
        "attributes-many",
        "has a tag with 200,000 attributes",
        lambda: PAGE[:-14] + b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">after",
        title=_titled,
    ),
    _heavy(
        "title-long",
        "has a title of 5 MB",
        lambda: b"<title>" + b"word " * 1_000_000 + b"</title><p>What was cited.",
        short=lambda outcome, _: len(outcome.title) <= 1_000,
    ),
    _heavy(
        "ids-many",
        "has 300,000 ids",
        lambda: PAGE[:-14] + b"".join(b"<i id=%d>" % n for n in range(300_000)),
        title=_titled,
    ),
    _heavy(
        "comments-many", "has 500,000 comments", lambda: PAGE[:-14] + b"<!---->" * 500_000 + b"after", title=_titled
    ),
    _heavy("metas-many", "has 100,000 metas", lambda: b"<meta name=robots content=x>" * 100_000 + PAGE, title=_titled),
    _heavy("links-many", "has 100,000 links", lambda: PAGE[:-14] + b"<a href=/x>y</a> " * 100_000, title=_titled),
    _heavy(
        "references-many",
        "has a million character references",
        lambda: PAGE[:-14] + b"&amp;" * 1_000_000,
        title=_titled,
    ),
    _heavy("less-thans", "has a million less-than signs", lambda: PAGE[:-14] + b"<" * 1_000_000, title=_titled),
    _heavy("noscripts", "opens 100,000 noscripts", lambda: PAGE[:-14] + b"<noscript><p>" * 100_000, title=_titled),
    _heavy(
        "one-word", "is one word of 7 MB", lambda: b"<title>The cited page</title><p>" + b"x" * 7_000_000, title=_titled
    ),
    _heavy(
        "blanks",
        "is 7 MB of blank lines",
        lambda: b"<title>The cited page</title><p>" + b"\n \t" * 2_300_000 + b"after",
        title=_titled,
    ),
    _heavy(
        "text-bomb",
        "is 7 MB of different words",
        lambda: b"<title>The cited page</title><p>" + b" ".join(b"w%x" % n for n in range(1_000_000)),
        title=_titled,
    ),
)
