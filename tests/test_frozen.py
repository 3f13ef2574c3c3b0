"""Moved collections: which frozen copy may hold a page."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck import uri
from linkcheck.errors import SettingsError
from linkcheck.frozen import MOST, built_in, candidates, parse_rows

WH = "https://www.whitehouse.gov"
BIDEN, TRUMP, OBAMA, BUSH = (
    f"https://{name}.archives.gov"
    for name in ("bidenwhitehouse", "trumpwhitehouse", "obamawhitehouse", "georgewbush-whitehouse")
)


def urls(url: str, accessed: date | None = None) -> list[str]:
    return [found.url for found in candidates(url, accessed)]


@pytest.mark.parametrize(
    ("path", "accessed", "copy"),
    [
        ("/briefing-room/speeches-remarks/2023/06/02/remarks/", None, BIDEN),
        ("/briefing-room/speeches-remarks/2023/06/02/remarks/", date(2026, 3, 1), BIDEN),
        ("/the-press-office/2015/09/28/remarks", date(2018, 1, 1), OBAMA),
        ("/news/releases/2003/03/20030319-17.html", None, BUSH),
        ("/presidential-actions/an-order/", date(2018, 5, 1), TRUMP),
        ("/presidential-actions/an-order/", date(2022, 5, 1), BIDEN),
    ],
)
def test_the_date_in_the_path_decides_else_the_day_of_citing(path: str, accessed: date | None, copy: str) -> None:
    (found,) = candidates(WH + path, accessed)
    assert (found.url, found.sure) == (copy + path, True)
    assert "dated" in found.why or "cited on" in found.why


def test_where_no_date_decides_several_come_in_order() -> None:
    assert urls(f"{WH}/page") == [f"{BIDEN}/page", f"{TRUMP}/page", f"{OBAMA}/page"]
    assert urls(f"{WH}/omb/budget/fy2026/", date(2017, 5, 1)) == [f"{TRUMP}/omb/budget/fy2026/"]
    after_all = candidates(f"{WH}/page", date(2026, 1, 1))
    assert [found.sure for found in after_all] == [False] * MOST
    assert after_all[0].url == f"{BIDEN}/page"


def test_on_the_day_of_a_change_both_come_the_new_one_first() -> None:
    assert urls(f"{WH}/news/2021/01/20/x/") == [f"{BIDEN}/news/2021/01/20/x/", f"{TRUMP}/news/2021/01/20/x/"]


@pytest.mark.parametrize(
    "url",
    [
        f"{WH}/briefings/2025/06/01/of-the-one-in-office/",
        f"{WH}/",
        "https://notwhitehouse.gov/page",
        "https://whitehouse.gov.example/page",
        "mailto:somebody@whitehouse.gov",
    ],
)
def test_nothing_is_proposed_for_what_no_row_speaks_of(url: str) -> None:
    assert candidates(url, None) == ()


def test_paths_are_kept_or_changed_as_the_row_says() -> None:
    epa, files = "https://www.epa.gov", "sites/production/files/2019-10/documents/a.pdf"
    assert urls(f"{epa}/sunsafety/uv-index/", date(2016, 5, 1)) == [
        "https://19january2017snapshot.epa.gov/sunsafety/uv-index_.html"
    ]
    assert urls(f"{epa}/{files}") == [
        "https://19january2021snapshot.epa.gov/sites/static/files/2019-10/documents/a.pdf"
    ]
    assert urls(f"{epa}/{files}".replace("2019-10", "2015-10")) == [
        "https://19january2017snapshot.epa.gov/sites/production/files/2015-10/documents/a.pdf"
    ]
    assert urls("http://www.defense.gov/T/T.aspx?ID=2636", date(2012, 1, 1)) == [
        "https://archive.defense.gov/T/T.aspx?ID=2636"
    ]
    assert urls("https://www.cdc.gov/flu/a.html", date(2020, 1, 1)) == [
        "https://archive.cdc.gov/www_cdc_gov/flu/a.html"
    ]


def test_every_row_of_the_table_has_its_source_its_dates_and_a_target_on_another_host() -> None:
    rows = built_in()
    assert len(rows) >= 15
    for row in rows:
        assert row.begun < row.ended < date(2026, 1, 1), row
        assert row.checked is not None
        assert uri.is_web(row.source), row
        assert uri.bare_host(row.target.replace("{path}", "/")) not in row.hosts, row
        assert all(host == host.lower().removeprefix("www.") for host in row.hosts), row


def test_rows_of_the_user_come_beside_the_built_in_ones() -> None:
    rows = parse_rows(
        [
            "www.example.org/press 2010-01-01 2015-12-31 https://old.example.org",
            "example.org - 2009-12-31 https://archive.example/example{path}.html",
            "https://whitehouse.gov - - my.copy.example/of/{rest}",
        ]
    )
    assert [found.url for found in candidates("https://example.org/press/a?b=1", date(2012, 1, 1), rows)] == [
        "https://old.example.org/press/a?b=1"
    ]
    assert [found.url for found in candidates("http://example.org/x/", date(2001, 1, 1), rows)] == [
        "https://archive.example/example/x.html"
    ]
    both = [found.url for found in candidates(f"{WH}/2023/06/02/x/", None, rows)]
    assert both == [f"{BIDEN}/2023/06/02/x/", "https://my.copy.example/of/2023/06/02/x/"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("example.org 2010-01-01 https://old.example.org", "it has 3 words and not four"),
        ("example.org 2010 2015-12-31 old.example.org", "'2010' is no day such as"),
        ("example.org 2016-01-01 2015-12-31 old.example.org", "2015-12-31 is before 2016-01-01"),
        ("press - - old.example.org", "'press' is no host"),
        ("example.org - - ftp://old.example.org", "is no http or https address"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_its_fault(entry: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_rows([entry])
    assert str(caught.value).startswith(f"moved-collections: {entry!r} is not HOST[/PREFIX] FROM UNTIL TARGET: ")
    assert said in str(caught.value)
