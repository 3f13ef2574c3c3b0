"""The floor: a bare pycurl loop over one multi handle, URLs in host order, libcurl following redirects itself.

No lanes, no limits but the number in flight, no guard, no raw heads. What Python and libcurl cost at the very least.
"""

from __future__ import annotations

import io
import json
import sys

import certifi
import pycurl

from bench.engine.drive import Options, options

_RESETS = (pycurl.E_RECV_ERROR, pycurl.E_GOT_NOTHING, pycurl.E_SEND_ERROR)


def main() -> None:
    """Fetches every URL of the list."""
    given = options()
    landed: dict[str, str] = {}
    waiting = sorted(given.urls, reverse=True)
    multi = pycurl.CurlMulti()
    idle = [_handle(given) for _ in range(given.in_flight)]
    busy = 0
    while waiting or busy:
        while waiting and idle:
            curl = idle.pop()
            curl.url = waiting.pop()
            curl.body = io.BytesIO()
            curl.setopt(pycurl.URL, curl.url)
            curl.setopt(pycurl.WRITEFUNCTION, curl.body.write)
            multi.add_handle(curl)
            busy += 1
        multi.perform()
        left, landed_before = 1, len(landed)
        while left:
            left, finished, failed = multi.info_read()
            for curl, code in [*((curl, 0) for curl in finished), *((curl, code) for curl, code, _ in failed)]:
                landed[curl.url] = _said(curl, code)
                multi.remove_handle(curl)
                idle.append(curl)
                busy -= 1
        if len(landed) == landed_before:
            multi.select(0.01)  # short: a handle just added may stand in no fd set yet
    json.dump(landed, sys.stdout)


def _handle(given: Options) -> pycurl.Curl:
    curl = pycurl.Curl()
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.FOLLOWLOCATION, 1)
    curl.setopt(pycurl.TIMEOUT_MS, int(given.timeout * 1000))
    curl.setopt(pycurl.CAINFO, given.ca_file or certifi.where())
    curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
    curl.setopt(pycurl.PROXY, "")
    return curl


def _said(curl: pycurl.Curl, code: int) -> str:
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return "timeout"
    if code:
        return "reset" if code in _RESETS else "broken"
    status = curl.getinfo(pycurl.RESPONSE_CODE)
    if status == 200:
        return "redirect" if curl.getinfo(pycurl.REDIRECT_COUNT) else "alive"
    return "dead" if status in (404, 410) else "broken"


if __name__ == "__main__":
    main()
