"""Save Page Now in its documented form: jobs, refusals that come as HTTP 200, quotas, keys, pace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from linkcheck.archives.rates import Rates
from linkcheck.archives.spn import ANONYMOUS_A_DAY, Keys, keys_of
from linkcheck.archives.spn_errors import MEANINGS
from linkcheck.archives.wayback import Wayback
from linkcheck.clock import timestamp14
from linkcheck.conduct import Network
from linkcheck.memento import Fate, Job
from linkcheck.web.transports import session
from tests.archives.clocks import HandClock
from tests.archives.facade import Facade, facing

ASKING = session.build(Network(allow_private=frozenset({"127.0.0.1"})))
PAGE = "https://example.org/page?a=1&b=2"
DOCUMENTED = """
bad-gateway bad-request bandwidth-limit-exceeded blocked blocked-client-ip blocked-url browsing-timeout
capture-location-error cannot-fetch celery filesize-limit ftp-access-denied gateway-timeout http-version-not-supported
internal-server-error invalid-url-syntax invalid-server-response invalid-host-resolution job-failed method-not-allowed
not-implemented no-browsers-available network-authentication-required no-access not-found proxy-error protocol-error
read-timeout redis-error soft-time-limit-exceeded service-unavailable too-many-daily-captures too-many-redirects
too-many-requests user-session-limit unauthorized max-daily-bandwidth max-daily-bandwidth-from-ip
max-daily-bandwidth-host
"""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def facade(clock: HandClock) -> Iterator[Facade]:
    made = Facade()

    def capture(url: str) -> tuple[str, str, int]:
        made.kept[url] = b"<title>Saved</title><p>words</p>"
        return timestamp14(clock.now()), url, 200

    made.capture = capture
    with facing(made):
        yield made


def at(facade: Facade, clock: HandClock, *, keys: bool = True, path: Path | None = None) -> Wayback:
    given = Keys("access", "secret") if keys else None
    return Wayback(
        ASKING, base=facade.url, clock=clock, tool="linkcheck test", rates=Rates(clock, path), keys=given, timeout_s=60
    )  # fmt: skip


def test_every_documented_error_is_sorted_and_nothing_else_is() -> None:
    assert set(DOCUMENTED.split()) == set(MEANINGS)
    assert {each.fate for each in MEANINGS.values()} == {Fate.LATER, Fate.NEVER, Fate.QUOTA}
    assert all(each.words and each.words[0].islower() and not each.words.endswith(".") for each in MEANINGS.values())
    assert not any(each.again for each in MEANINGS.values() if each.fate is not Fate.LATER)


def test_a_capture_is_a_job_that_is_asked_for_until_it_is_done(facade: Facade, clock: HandClock) -> None:
    wayback = at(facade, clock)
    job = wayback.save(PAGE)
    assert (job.fate, job.uri_r, job.asked_at, job.message) == (Fate.PENDING, PAGE, clock.now(), "")
    assert wayback.saved(job) == job
    done = wayback.saved(job)
    assert done.fate is Fate.SAVED
    assert done.snapshot is not None
    assert done.snapshot.uri_m == f"{facade.url}/web/{timestamp14(clock.now())}/{PAGE}"
    assert (done.snapshot.status, done.snapshot.archive, done.snapshot.final_url) == (200, "wayback", PAGE)
    seen = wayback.replay(done.snapshot)
    assert seen is not None
    assert seen.page is not None
    assert seen.page.title == "Saved"


def test_the_request_has_the_documented_fields_and_the_keys_go_along(facade: Facade, clock: HandClock) -> None:
    at(facade, clock).save(PAGE)
    room, post = facade.asked
    assert re.fullmatch(r"/save/status/user\?_t=\d+", room.path)
    assert (post.method, post.path) == ("POST", "/save")
    assert post.form == {"url": PAGE, "skip_first_archive": "1", "if_not_archived_within": "30d"}
    assert post.headers["Accept"] == "application/json"
    assert post.headers["Authorization"] == "LOW access:secret"


def test_keys_go_to_save_page_now_alone_and_follow_no_redirect(facade: Facade, clock: HandClock) -> None:
    wayback = at(facade, clock)
    wayback.find(PAGE, None)
    assert "Authorization" not in facade.asked[0].headers
    with facing(Facade()) as other:
        facade.answer = lambda _: (307, {"Location": f"{other.url}/save"}, b"")  # type: ignore[method-assign]
        assert wayback.save(PAGE).fate is Fate.LATER
        assert other.asked == []


@pytest.mark.parametrize("name", DOCUMENTED.split())
def test_an_error_of_a_job_is_told_in_words_with_its_fate(facade: Facade, clock: HandClock, name: str) -> None:
    facade.pending, facade.endings = 0, [{"status_ext": f"error:{name}", "message": "Live page is not available."}]
    wayback = at(facade, clock)
    ended = wayback.saved(wayback.save(PAGE))
    assert (ended.fate, ended.message, ended.again) == (
        MEANINGS[name].fate, MEANINGS[name].words, MEANINGS[name].again,
    )  # fmt: skip


def test_a_refusal_that_comes_as_http_200_without_a_job_is_a_refusal(facade: Facade, clock: HandClock) -> None:
    words = "This URL has been already captured 10 times today. Please try again tomorrow."
    facade.refusals = [
        {"url": PAGE, "status": "error", "status_ext": "error:too-many-daily-captures", "message": words},
        {"message": "You cannot make captures\n now."},
        {"status_ext": "error:quite-new"},
        {},
    ]
    wayback = at(facade, clock)
    refused = [wayback.save(PAGE) for _ in range(4)]
    assert [job.fate for job in refused] == [Fate.QUOTA, Fate.LATER, Fate.LATER, Fate.LATER]
    assert [job.message for job in refused[1:]] == [
        "the Wayback Machine says: You cannot make captures now",
        "the archive says 'quite-new'",
        "the archive refused",
    ]
    assert not any(job.job_id or job.again for job in refused)


@pytest.mark.parametrize(
    "body", [b"<html>down for maintenance</html>", b"[]", b'{"job_id": "../../etc"}', b'{"job_id": 7}']
)
def test_an_answer_that_names_no_job_is_no_promise(facade: Facade, clock: HandClock, body: bytes) -> None:
    wayback = at(facade, clock)
    facade.user = {"available": 5}
    facade.shut = {"/save": (200, body)}
    job = wayback.save(PAGE)
    assert (job.fate, job.job_id) == (Fate.LATER, "")


def test_posts_are_eleven_seconds_apart_and_twenty_five_without_keys(facade: Facade, clock: HandClock) -> None:
    for keys, apart in ((True, 11.0), (False, 25.0)):
        facade.anonymous = "works"
        wayback = at(facade, clock, keys=keys)
        wayback.save(PAGE)
        assert wayback.save_wait_s == pytest.approx(apart)
        clock.seconds += apart
        assert wayback.save_wait_s == 0.0


def test_without_a_free_session_nothing_is_posted_and_it_is_looked_for_again(facade: Facade, clock: HandClock) -> None:
    facade.user = {"available": 0, "processing": 6}
    wayback = at(facade, clock)
    job = wayback.save(PAGE)
    assert (job.fate, job.again) == (Fate.LATER, True)
    assert facade.paths(method="POST") == []
    facade.user = {"available": 2, "processing": 4}
    assert [wayback.save(f"https://example.org/{n}").fate for n in range(3)] == [Fate.PENDING] * 3
    assert len(facade.paths("/save/status/user")) == 3, "again when those that were free are taken"


def test_what_an_account_may_capture_in_a_day_is_not_exceeded(facade: Facade, clock: HandClock) -> None:
    facade.user = {"available": 6, "daily_captures": 30_000, "daily_captures_limit": 30_000}
    wayback = at(facade, clock)
    assert [wayback.save(PAGE).fate, wayback.save(PAGE).fate] == [Fate.QUOTA, Fate.QUOTA]
    assert facade.paths() == [facade.asked[0].path]
    assert wayback.save_wait_s == 0.0


def test_a_quota_of_the_account_ends_the_saving_also_for_the_next_process(
    facade: Facade, clock: HandClock, tmp_path: Path
) -> None:
    facade.refusals = [{"status_ext": "error:max-daily-bandwidth"}]
    wayback = at(facade, clock, path=tmp_path / "a.json")
    assert wayback.save(PAGE).fate is Fate.QUOTA
    asked = len(facade.asked)
    assert wayback.save("https://example.org/other").fate is Fate.QUOTA
    assert "left alone for 60 minutes" in at(facade, clock, path=tmp_path / "a.json").save(PAGE).message
    assert len(facade.asked) == asked
    assert at(facade, clock, path=tmp_path / "a.json").find(PAGE, None).answered, "only saving is shut"


def test_wrong_keys_are_said_once_and_nothing_more_is_asked(facade: Facade, clock: HandClock) -> None:
    wayback = Wayback(ASKING, base=facade.url, clock=clock, tool="t", keys=Keys("access", "wrong"))
    jobs = [wayback.save(PAGE), wayback.save(PAGE)]
    assert [job.fate for job in jobs] == [Fate.NEVER, Fate.NEVER]
    assert "does not take these keys (401)" in jobs[1].message
    assert len(facade.asked) == 1


def test_a_429_to_a_post_ends_the_saving_and_not_the_looking_up(facade: Facade, clock: HandClock) -> None:
    wayback = at(facade, clock)
    facade.shut = {"/save": (429, b"slow down")}
    assert "asked for no more captures" in wayback.save(PAGE).message
    asked = len(facade.asked)
    assert wayback.save(PAGE).fate is Fate.LATER
    assert len(facade.asked) == asked
    assert wayback.find(PAGE, None).answered


def test_a_job_that_is_older_than_an_hour_or_unknown_is_asked_for_anew(facade: Facade, clock: HandClock) -> None:
    wayback = at(facade, clock)
    job = wayback.save(PAGE)
    gone = wayback.saved(replace(job, job_id="spn2-unknown"))
    asked = len(facade.asked)
    old = wayback.saved(replace(job, asked_at=clock.now() - timedelta(hours=1, seconds=1)))
    assert len(facade.asked) == asked
    for each in (gone, old):
        assert (each.fate, each.again) == (Fate.LATER, True)


def test_an_archive_that_does_not_answer_about_a_job_leaves_it_where_it_was(facade: Facade, clock: HandClock) -> None:
    wayback = at(facade, clock)
    job = wayback.save(PAGE)
    facade.shut = {"/save/status": (502, b"bad gateway")}
    assert wayback.saved(job).fate is Fate.PENDING
    facade.shut = {}
    wayback.saved(job)
    assert wayback.saved(job).fate is Fate.SAVED


@pytest.mark.parametrize(
    "told", [{"timestamp": "2026"}, {"timestamp": "99999999999999"}, {"original_url": "file:///etc"}]
)
def test_a_success_that_does_not_say_where_is_none(facade: Facade, clock: HandClock, told: dict[str, str]) -> None:
    wayback = at(facade, clock)
    facade.pending = 0
    job = wayback.save(PAGE)
    facade.endings = [{"status": "success", "timestamp": "20261123120000", "original_url": PAGE, **told}]
    assert wayback.saved(job).fate is Fate.LATER


def test_a_capture_of_an_error_page_is_no_success(facade: Facade, clock: HandClock) -> None:
    wayback = at(facade, clock)
    facade.pending = 0
    job = wayback.save(PAGE)
    facade.endings = [{"status": "success", "timestamp": "20261123120000", "original_url": PAGE, "http_status": 404}]
    assert wayback.saved(job).fate is Fate.NEVER


# ---------------------------------------------------------------- without keys


def anonymous(facade: Facade, clock: HandClock, digits: str) -> Job:
    facade.anonymous, facade.capture = "works", lambda url: (digits, url, 200)
    return at(facade, clock, keys=False).save(PAGE)


def test_without_keys_a_capture_is_made_while_it_is_waited_for(facade: Facade, clock: HandClock) -> None:
    job = anonymous(facade, clock, timestamp14(clock.now() + timedelta(seconds=20)))
    assert job.fate is Fate.SAVED
    assert job.snapshot is not None
    assert job.snapshot.captured_at == clock.now() + timedelta(seconds=20)
    assert facade.paths() == [f"/save/{PAGE}"]
    assert "Authorization" not in facade.asked[0].headers


def test_without_keys_an_older_capture_handed_back_as_new_is_not_taken(facade: Facade, clock: HandClock) -> None:
    assert anonymous(facade, clock, timestamp14(clock.now() - timedelta(days=40))).fate is Fate.LATER


def test_without_keys_a_refusal_says_so(facade: Facade, clock: HandClock) -> None:
    job = at(facade, clock, keys=False).save(PAGE)
    assert (job.fate, "429" in job.message) == (Fate.LATER, True)


def test_without_keys_a_days_share_is_kept_between_processes(facade: Facade, clock: HandClock, tmp_path: Path) -> None:
    facade.anonymous = "works"
    wayback = at(facade, clock, keys=False, path=tmp_path / "a.json")
    fates = [wayback.save(f"https://example.org/{n}").fate for n in range(ANONYMOUS_A_DAY + 1)]
    assert fates == [*[Fate.SAVED] * ANONYMOUS_A_DAY, Fate.QUOTA]
    assert at(facade, clock, keys=False, path=tmp_path / "a.json").save(PAGE).fate is Fate.QUOTA
    assert len(facade.asked) == ANONYMOUS_A_DAY


# ---------------------------------------------------------------- keys


def test_keys_come_from_the_environment_under_names_that_people_have_set() -> None:
    base = "https://web.archive.org"
    ours = {"IA_ACCESS_KEY_ID": "a", "IA_SECRET_ACCESS_KEY": " b "}
    theirs = {"SAVEPAGENOW_ACCESS_KEY": "c", "SAVEPAGENOW_SECRET_KEY": "d"}
    assert keys_of({**ours, **theirs}, base) == Keys("a", "b")
    assert keys_of({**theirs, "IA_ACCESS_KEY_ID": ""}, base) == Keys("c", "d")
    assert keys_of({}, base) is None
    assert "hidden" not in repr(Keys("hidden", "hidden"))


@pytest.mark.parametrize(
    "base", ["https://evil.example", "http://web.archive.org", "https://web.archive.org.evil.example"]
)
def test_keys_are_for_archive_org_alone_whatever_a_settings_file_says(base: str) -> None:
    assert keys_of({"IA_ACCESS_KEY_ID": "a", "IA_SECRET_ACCESS_KEY": "b"}, base) is None


@pytest.mark.parametrize("secret", ["", "b\nX-Evil: 1", "b c", "ü"])
def test_half_a_pair_or_what_is_no_key_is_named_and_nothing_is_asked_for(
    facade: Facade, clock: HandClock, secret: str
) -> None:
    keys = keys_of({"IA_ACCESS_KEY_ID": "a", "IA_SECRET_ACCESS_KEY": secret}, facade.url)
    wayback = Wayback(ASKING, base=facade.url, clock=clock, tool="t", keys=keys)
    job = wayback.save(PAGE)
    assert (job.fate, "IA_SECRET_ACCESS_KEY" in job.message) == (Fate.NEVER, True)
    assert facade.asked == []
    assert wayback.find(PAGE, None).answered
