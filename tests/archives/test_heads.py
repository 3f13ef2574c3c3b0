"""HTTP heads as they are stored."""

from __future__ import annotations

from linkcheck.archives import heads
from tests.archives.builders import exchange


def stored(head: bytes, body: bytes = b"12345", status: int = 200) -> bytes:
    return heads.stored_response(exchange(head=head, body=body, status=status))


def test_a_dechunked_body_is_no_longer_announced_as_chunked() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    assert stored(head) == (
        b"HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n"
        b"Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n"
    )


def test_a_true_content_length_stays_where_it_is() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX: y\r\n\r\n"
    assert stored(head) == head


def test_a_false_content_length_is_kept_beside_the_true_one() -> None:
    head = b"HTTP/1.0 200 OK\r\nContent-Length: 999\r\n\r\n"
    assert stored(head) == b"HTTP/1.0 200 OK\r\nX-Archive-Orig-Content-Length: 999\r\nContent-Length: 5\r\n\r\n"


def test_two_content_lengths_become_one() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n"
    assert stored(head).count(b"\r\nContent-Length: 5\r\n") == 1


def test_odd_bytes_nuls_and_folds_survive() -> None:
    head = b"HTTP/1.1 200 OK\r\nX-Odd: a\x00\xff\xe9b\r\nX-Fold: one\r\n\ttwo\r\nContent-Length: 5\r\n\r\n"
    assert stored(head) == head
    assert heads.read_back(head) == (
        200,
        (("X-Odd", "a\x00\xff\xe9b"), ("X-Fold", "one two"), ("Content-Length", "5")),
    )


def test_a_line_that_a_reader_could_take_for_the_end_is_left_out() -> None:
    head = b"HTTP/1.1 200 OK\r\nX: y\r\n  \r\n\x85\r\nContent-Length: 5\r\n\r\n"
    assert stored(head) == b"HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5\r\n\r\n"


def test_bare_line_feeds_become_crlf() -> None:
    assert stored(b"HTTP/1.1 200 OK\nContent-Length: 5\n\n") == (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")


def test_a_status_line_of_another_protocol_is_replaced_and_kept() -> None:
    assert stored(b"HTTP/2 404 \r\nContent-Length: 5\r\n\r\n", status=404) == (
        b"HTTP/1.1 404 \r\nX-Archive-Orig-Status-Line: HTTP/2 404 \r\nContent-Length: 5\r\n\r\n"
    )


def test_no_credential_of_a_request_is_stored() -> None:
    sent = (
        b"GET http://me:secret@example.org/?a=b@c HTTP/1.1\r\nHost: example.org\r\n"
        b"authorization: Basic c2VjcmV0\r\nCookie: id=secret;\r\n more=secret\r\n"
        b"Proxy-Authorization : secret\r\nAccept: */*\r\n\r\n"
    )
    assert heads.stored_request(exchange(sent=sent)) == (
        b"GET http://example.org/?a=b@c HTTP/1.1\r\nHost: example.org\r\n"
        b"authorization: (not stored)\r\nCookie: (not stored)\r\n"
        b"Proxy-Authorization : (not stored)\r\nAccept: */*\r\n\r\n"
    )
