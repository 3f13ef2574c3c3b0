"""What only carries an address is a citation of that address: it would answer whatever became of the source."""

from __future__ import annotations

import pytest

from tests.extract.places import cited

SOURCE = "https://a.example/p?x=1&y=%C3%A9#part"
PACKED = "https%3A%2F%2Fa.example%2Fp%3Fx%3D1%26y%3D%25C3%25A9%23part"
CARRYING = [
    f"https://www.google.com/url?q={PACKED}&sa=D&source=editors&ust=1700000000000000&usg=AOvVaw0",
    f"https://www.google.co.uk/url?sa=t&rct=j&url={PACKED}&ved=0",
    f"https://eur02.safelinks.protection.outlook.com/?url={PACKED}&data=05%7C01&reserved=0",
    f"https://eur02.safelinks.protection.outlook.com/ap/w-59584e83/?url={PACKED}&data=05",
    f"https://l.facebook.com/l.php?u={PACKED}&h=AT0",
]
NOT_CARRYING = [
    f"https://www.google.com/search?q={PACKED}",
    f"https://google.a.example/url?q={PACKED}",
    "https://www.google.com/url?q=gauges&sa=D",
    "https://www.google.com/url?q=javascript%3Aalert(1)",
    f"https://b.example/share?url={PACKED}",
]


@pytest.mark.parametrize("written", CARRYING)
def test_the_source_is_what_is_carried(written: str) -> None:
    (citation,) = cited("text", f"See {written} there")
    assert (citation.url, citation.written) == (SOURCE, written)


def test_a_mail_filter_that_keeps_the_address_in_its_path() -> None:
    (citation,) = cited("markdown", "[x](https://urldefense.com/v3/__https://a.example/p?q=1*b__;Iw!!AbC!xyz$)")
    assert "urldefense" in citation.url  # what its * stand for is packed once more
    (citation,) = cited("markdown", "[x](https://urldefense.com/v3/__https://a.example/p?q=1__;!!AbC!xyz$)")
    assert citation.url == "https://a.example/p?q=1"


@pytest.mark.parametrize("written", NOT_CARRYING)
def test_what_carries_no_address_stays_as_it_is(written: str) -> None:
    (citation,) = cited("text", f"See {written} there")
    assert "a.example/p?" not in citation.url


def test_an_archived_copy_that_is_carried_is_a_memento_of_its_source() -> None:
    packed = "https%3A%2F%2Fweb.archive.org%2Fweb%2F20200101000000%2Fhttps%3A%2F%2Fa.example%2F"
    (citation,) = cited("text", f"https://www.google.com/url?q={packed}&sa=D")
    assert (citation.url, citation.memento) == (
        "https://a.example/",
        "https://web.archive.org/web/20200101000000/https://a.example/",
    )
