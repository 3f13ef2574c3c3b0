"""What a runner of GitHub Actions does with the ``run`` steps of a composite action, as far as ours needs it.

Steps that use other actions are passed over: they need GitHub. Expressions are read only in the forms that
``action.yml`` has; any other one is an error, so that nothing is taken for tested that was not.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.command import program

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Ran:
    """How an action ended."""

    code: int = 0
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)


class Action:
    """A composite action, run in a workspace with a folder for what is temporary."""

    def __init__(self, path: Path, workspace: Path, temp: Path) -> None:
        self.path, self.workspace, self.temp = path, workspace, temp
        self.definition: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
        self.steps: list[dict[str, Any]] = self.definition["runs"]["steps"]

    def run(
        self,
        inputs: Mapping[str, str],
        *,
        skip: tuple[str, ...] = (),
        github: Mapping[str, str] | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Ran:
        """The steps in their order, up to the first that fails."""
        unknown = inputs.keys() - self.definition["inputs"].keys()
        assert not unknown, f"no inputs of the action: {unknown}"
        defaults = {name: str(each.get("default", "")) for name, each in self.definition["inputs"].items()}
        ran = Ran()
        known = {f"github.{name}": value for name, value in {"token": "a-token", **(github or {})}.items()}
        # Expressions in defaults are read; what is handed in stays as it is.
        filled = {name: self._filled(value, known, ran) for name, value in defaults.items()}
        known |= {f"inputs.{name}": value for name, value in {**filled, **inputs}.items()}
        for number, step in enumerate(self.steps):
            if "run" in step and step["name"] not in skip and self._wanted(step.get("if", ""), known, ran):
                self._step(number, step, known, ran, env or {})
                if ran.code:
                    break
        for name, output in self.definition["outputs"].items():
            ran.outputs[name] = self._filled(output["value"], known, ran)
        return ran

    def _step(
        self, number: int, step: dict[str, Any], known: Mapping[str, str], ran: Ran, more: Mapping[str, str]
    ) -> None:
        assert step["shell"] == "bash"
        script, output, summary = (self.temp / f"{number}.{kind}" for kind in ("sh", "output", "summary"))
        script.write_text(step["run"], "utf-8")
        output.touch()
        summary.touch()
        given = {name: self._filled(value, known, ran) for name, value in step.get("env", {}).items()}
        folder = self._filled(step.get("working-directory", "."), known, ran)
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace / folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300,
            check=False,
            env={
                **os.environ, "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "someone/texts",
                "GITHUB_ACTION_PATH": str(self.path.parent), "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary),
                **more, **given,
            },
        )  # fmt: skip
        ran.code, ran.log = done.returncode, ran.log + done.stdout
        ran.summary += summary.read_text("utf-8")
        lines = output.read_text("utf-8").splitlines()
        ran.steps[step.get("id", str(number))] = dict(line.split("=", 1) for line in lines)

    def _wanted(self, condition: str, known: Mapping[str, str], ran: Ran) -> bool:
        return all(self._holds(part.strip(), known, ran) for part in condition.split("&&")) if condition else True

    def _holds(self, part: str, known: Mapping[str, str], ran: Ran) -> bool:
        compared = re.fullmatch(r"([\w.-]+)\s*(==|!=)\s*'([^']*)'", part)
        if compared:
            return (self._value(compared[1], known, ran) == compared[3]) == (compared[2] == "==")
        return bool(self._value(part, known, ran))

    def _filled(self, text: str, known: Mapping[str, str], ran: Ran) -> str:
        return EXPRESSION.sub(lambda found: self._value(found[1], known, ran), text)

    def _value(self, expression: str, known: Mapping[str, str], ran: Ran) -> str:
        if output := re.fullmatch(r"steps\.([\w-]+)\.outputs\.([\w-]+)", expression):
            return ran.steps.get(output[1], {}).get(output[2], "")
        if expression.startswith("github.event."):
            return known.get(expression, "")
        assert expression in known, f"this runner does not know {expression}"
        return known[expression]


def stand_in_for_install(temp: Path) -> None:
    """What the step that installs leaves, without pip: the linkcheck and the Python that run this test."""
    folder = temp / "linkcheck-venv" / "bin"
    folder.mkdir(parents=True)
    for name, words in (("linkcheck", program()), ("python", [sys.executable])):
        stand_in = folder / name
        stand_in.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
        stand_in.chmod(0o755)
