"""Stands for ``linkcheck`` in a shell's PATH: has it run by the process of :mod:`tests.command`, with these streams."""

import json
import os
import socket
import sys

path, *arguments = sys.argv[1:]
request = json.dumps({"arguments": arguments, "folder": os.getcwd(), "env": dict(os.environ)}).encode()  # noqa: PTH109  pathlib takes longer to import than all of this
with socket.socket(socket.AF_UNIX) as asked:
    asked.connect(path)
    socket.send_fds(asked, [len(request).to_bytes(8, "big")], [0, 1, 2])
    asked.sendall(request)
    told = b"".join(iter(lambda: asked.recv(64), b""))
code = int(told)
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
