"""Pages on loopback for the captures, with nothing to wait for: ``python -m bench.archive.web COUNT SIZE``.

Says its port, then serves ``/0`` to ``/COUNT-1`` until it is ended.
"""

from __future__ import annotations

import random
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_WORDS = [f"{chr(97 + number % 26)}{number * 7919 % 99991:x}" for number in range(4000)]


def page(number: int, size: int) -> bytes:
    """HTML of that many bytes; gzip makes a third of it, as of real pages."""
    chance = random.Random(number)
    body = f"<!doctype html><html><head><title>Page {number}</title></head><body>"
    paragraphs = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(f"<p class='text'>{' '.join(chance.choices(_WORDS, k=120))}</p>\n")
    return (body + "".join(paragraphs))[: size - 14].encode() + b"</body></html>"


def main() -> None:
    """Serves."""
    count, size = int(sys.argv[1]), int(sys.argv[2])
    pages = [page(number, size) for number in range(count)]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            wanted = self.path.strip("/")
            body = pages[int(wanted)] if wanted.isdecimal() and int(wanted) < count else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
