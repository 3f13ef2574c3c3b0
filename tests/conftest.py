"""What holds for every test: nothing is written into the folders of whoever runs them."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent

# Some run tests with bytecode switched off; if each worker and each command compiles the house anew, that is minutes.
sys.dont_write_bytecode = False
sys.pycache_prefix = str(HERE.parent / ".cache" / "bytecode")

# How long an example takes says how busy the machine is, and nothing of the house. The examples are the same each time:
# a run tells of what was changed since the last one. `--hypothesis-profile=roaming` looks for new ones.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("roaming", settings.get_profile("house"), derandomize=False)
settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Each worker compiles its share of the tests first, and finds the others' compiled; or every one compiles all."""
    if session.config.args == session.config.getini("testpaths") and "PYTEST_XDIST_WORKER" in os.environ:
        number, workers = int(os.environ["PYTEST_XDIST_WORKER"][2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        for path in sorted(HERE.rglob("test_*.py"))[number::workers]:
            with contextlib.suppress(Exception, pytest.skip.Exception):  # and once more when it is collected
                importlib.import_module(".".join(path.relative_to(HERE.parent).with_suffix("").parts))


@pytest.fixture(autouse=True, scope="session")
def ctrl_c_is_heard() -> Iterator[None]:
    """A shell that starts the tests in the background has them ignore Ctrl-C, and every command that they start."""
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    if ignored:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.fixture(autouse=True, scope="session")
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands that tests start share no archive's rate with the user's own, and know none of his keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        for name in ("IA_ACCESS_KEY_ID", "IA_SECRET_ACCESS_KEY", "SAVEPAGENOW_ACCESS_KEY", "SAVEPAGENOW_SECRET_KEY"):
            patch.delenv(name, raising=False)
        # Nor does it matter how wide his terminal is, and whether he likes colours.
        for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        # And nothing is known of his git: whether it signs, which hooks it runs, what its first branch is called.
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", sys.pycache_prefix)
        yield
