"""Runs one command and measures it. A script of its own, and a small one, on purpose: after exec Linux goes on counting
the peak memory of the process that forked, so a big parent would be measured in place of a small child.

``python -I -S measure.py REPORT LIMIT_S COMMAND…`` writes ``REPORT`` as JSON: wall, user, system (seconds, of the
command and every descendant it waited for), peak (bytes, of the largest of them), code, and whether the limit hit.
"""

import contextlib
import json
import os
import select
import signal
import sys
import time


def main(report: str, limit_s: float, command: list[str]) -> None:
    """Measures ``command`` and ends its whole process group."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            os.execvp(command[0], command)
        except OSError as error:
            sys.stderr.write(f"{command[0]}: {error}\n")
        os._exit(127)

    def stop(number: int, frame: object) -> None:
        os.killpg(child, signal.SIGKILL)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    watched = select.poll()
    watched.register(os.pidfd_open(child), select.POLLIN)
    late = not watched.poll(limit_s * 1000)
    if late:
        os.killpg(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - began
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # workers that outlived it
    figures = {
        "wall": wall,
        "user": usage.ru_utime,
        "system": usage.ru_stime,
        "peak": usage.ru_maxrss * 1024,
        "code": os.waitstatus_to_exitcode(status),
        "late": late,
    }
    with open(report, "w") as file:  # noqa: PTH123  pathlib is not small
        json.dump(figures, file)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), sys.argv[3:])
