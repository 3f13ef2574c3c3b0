"""What holds for every test: nothing is written into the folders of whoever runs them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says how busy the machine is, and nothing of the house. The examples are the same each time:
# a run tells of what was changed since the last one. `--hypothesis-profile=roaming` looks for new ones.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("roaming", settings.get_profile("house"), derandomize=False)
settings.load_profile("house")


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
        # Nor of git: whether it signs, which hooks it runs, what its first branch is called.
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        # Some run tests with bytecode switched off; a few hundred commands that compile the house anew take minutes.
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(Path(__file__).parents[1] / ".cache" / "bytecode"))
        yield
