"""The Dockerfile, replayed without a container engine: `python -m tests.replay`.

Each stage's ENV, COPY and RUN steps are carried out in a scratch folder that stands for the image's root, with its own
interpreter and environment; then the image's user, with the network cut where the system allows it, indexes the samples
and asks, and the image's own command is started and its health check run. What is installed is measured, and must hold
no CUDA. Not replayed: the base image, PyTorch's own index of CPU wheels (`--torch-index URL` does), `useradd`, volumes.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "What did Soresk say about negotiations with Ardeska?"
PLACES = ("/opt/quoth", "/build", "/library", "/documents")
"""What the Dockerfile names of the image's file system; in the scratch folder it is below that."""
DECLARED = {"LABEL", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
"""What only says how the image is used."""
FOREIGN = re.compile(r"nvidia|cuda|triton|cudnn", re.IGNORECASE)
START_SECONDS = 120
_STEP = re.compile(r"^([A-Z]+)\s+((?:.*\\\n)*.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """An instruction of a Dockerfile with its arguments, lines joined."""

    name: str
    text: str


@dataclass(slots=True)
class Replay:
    """One replay: where the image's root stands, what is in its environment, who runs it."""

    scratch: Path
    python: Path
    torch_index: str
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = Path("/")
    user: int = 0

    def place(self, text: str) -> str:
        """A text with every place of the image moved into the scratch folder."""
        return re.sub(rf"(?<![\w.])({'|'.join(PLACES)})(?![\w-])", lambda found: f"{self.scratch}{found[1]}", text)

    def full_environment(self) -> dict[str, str]:
        """The image's variables over what a shell and pip need here."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("QUOTH_", "PYTHON", "VIRTUAL"))
        }
        path = f"{self.python.parent}{os.pathsep}{kept.get('PATH', os.defpath)}"
        path = self.environment.get("PATH", "$PATH").replace("$PATH", path)
        return {**kept, **self.environment, "PATH": path}


def steps(dockerfile: str) -> list[Step]:
    """Every instruction in order; comments and line ends are gone."""
    plain = re.sub(r"^[ \t]*#.*\n", "", dockerfile, flags=re.MULTILINE)
    return [Step(name, text.replace("\\\n", " ")) for name, text in _STEP.findall(plain)]


def main() -> None:
    """Replay, measure, and exit with 1 at the first thing that is wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--torch-index", default="", help="what --build-arg TORCH_INDEX would be")
    torch_index = arguments.parse_args().torch_index
    with tempfile.TemporaryDirectory(prefix="quoth-image-") as folder:
        scratch = Path(folder)
        scratch.chmod(0o755)
        replay = Replay(scratch, _base(scratch), torch_index)
        every = steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
        for step in every:
            _do(replay, step)
        _use(replay, every)
        _measure(scratch / "opt/quoth")
    _say(f"replayed in {time.monotonic() - BEGAN:.0f} s")


# Building


def _base(scratch: Path) -> Path:
    """The interpreter that stands for the base image's: a copy where only root may use ours."""
    prefix = Path(sys.base_prefix)
    major, minor = sys.version_info[:2]
    own = prefix / f"bin/python{major}.{minor}"
    if os.geteuid() == 0 and not _works([*_as(10001, cut=False), own, "-c", ""]):
        ignored = shutil.ignore_patterns("__pycache__", "test", "site-packages", "*.a")
        for part in (f"bin/python{major}.{minor}", f"lib/python{major}.{minor}"):
            target = scratch / "base" / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if (prefix / part).is_dir():
                shutil.copytree(prefix / part, target, symlinks=True, ignore=ignored)
            else:
                shutil.copy2(prefix / part, target)
        own = scratch / f"base/bin/python{major}.{minor}"
    (scratch / "shim").mkdir()
    shim = scratch / "shim/python"
    shim.symlink_to(own)
    return shim


def _do(replay: Replay, step: Step) -> None:
    if step.name == "FROM":
        replay.environment, replay.folder, replay.user = {}, replay.scratch, 0
    elif step.name == "ARG":
        name, _, value = step.text.partition("=")
        replay.environment[name] = replay.torch_index if name == "TORCH_INDEX" else value
    elif step.name == "ENV":
        replay.environment |= dict(one.split("=", 1) for one in shlex.split(replay.place(step.text)))
    elif step.name == "USER":
        replay.user = int(step.text)
    elif step.name == "WORKDIR":
        replay.folder = Path(replay.place(step.text))
        replay.folder.mkdir(parents=True, exist_ok=True)
    elif step.name == "COPY":
        _copy(replay, step.text)
    elif step.name == "RUN":
        _run(replay, step.text)
    else:
        _require(step.name in DECLARED, f"{step.name}: say here how it is replayed")


def _copy(replay: Replay, text: str) -> None:
    if text.startswith("--from="):
        # Both stages stand in one folder: what is copied must be there, at the place that it is copied to.
        _, source, target = text.split()
        _require(source == target and Path(replay.place(source)).is_dir(), f"COPY {text}: nothing to copy")
        return
    *sources, target = text.split()
    folder = replay.folder / target
    for source in sources:
        here = ROOT / source
        if here.is_dir():
            shutil.copytree(here, folder, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(here, folder / source)


def _run(replay: Replay, text: str) -> None:
    for command in text.split("&&"):
        if command.strip().startswith("useradd"):
            _say(f"not run, it would change this machine: {command.strip()}")
            continue
        # The cache only makes an image larger; here it spares a download.
        moved = replay.place(command).replace("--no-cache-dir ", "")
        owner = "-o 10001 -g 10001" if os.geteuid() == 0 else ""
        moved = moved.replace("-o quoth -g quoth", owner)
        _say(f"RUN {' '.join(command.split())}")
        subprocess.run(["sh", "-ec", moved], cwd=replay.folder, env=replay.full_environment(), check=True)


# Using it as the image's user


def _as(user: int, *, cut: bool) -> list[str | Path]:
    """The words before a command that make it run as `user` without rights, and without a network."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return []
    drop = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs", "--bounding-set=-all"]
    return (
        ["unshare", "-n", *drop] if cut and shutil.which("unshare") and _works(["unshare", "-n", "true"]) else [*drop]
    )


def _works(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> bool:
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


def _use(replay: Replay, every: list[Step]) -> None:
    """Index, ask, serve and be healthy, as `docker run` would have it."""
    command = json.loads(_last(every, "ENTRYPOINT"))
    documents = Path(replay.place("/documents"))
    shutil.copytree(ROOT / "samples", documents, dirs_exist_ok=True)
    prefix = _as(replay.user, cut=True)
    who = f"user {replay.user}" if prefix else "this user"
    _say(f"as {who}, network {'cut' if 'unshare' in prefix else 'NOT cut'}:")
    indexed = _quoth(replay, [*prefix, *command, "index", str(documents)])
    asked = _quoth(replay, [*prefix, *command, "ask", QUESTION])
    _say(indexed.splitlines()[0])
    _require("Ilmar Soresk" in asked, f"ask answered:\n{asked}")
    _say(asked.splitlines()[0])
    # With volumes everything else is read-only.
    if prefix:
        written = subprocess.run(
            ["find", replay.place("/opt/quoth"), "-writable", "-not", "-type", "l"],
            capture_output=True, text=True, check=True, user=replay.user, group=replay.user, extra_groups=[],
        ).stdout  # fmt: skip
        _require(not written, f"the image's user may write:\n{written[:500]}")
    _serve(replay, every, [*_as(replay.user, cut=False), *command])


def _quoth(replay: Replay, command: list[str | Path]) -> str:
    ran = subprocess.run(
        command, cwd=replay.folder, env=_clean(replay), capture_output=True, text=True, check=False
    )  # fmt: skip
    _require(ran.returncode == 0, f"{shlex.join(map(str, command))}: exit code {ran.returncode}\n{ran.stderr[-2000:]}")
    return ran.stdout


def _clean(replay: Replay, **more: str) -> dict[str, str]:
    """What a container would have in its environment, and a home that may not be written."""
    full = replay.full_environment()
    return {**replay.environment, "PATH": full["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8", **more}


def _serve(replay: Replay, every: list[Step], command: list[str | Path]) -> None:
    arguments = [replay.place(one) for one in json.loads(_last(every, "CMD"))]
    refused = subprocess.run(
        [*command, *arguments], cwd=replay.folder, env=_clean(replay), capture_output=True, text=True, check=False
    )
    _require(refused.returncode == 2 and "can be reached by others" in refused.stderr, "it serves without a key")
    _say("CMD without a key is refused: exit code 2")
    health = json.loads(_last(every, "HEALTHCHECK").partition("CMD ")[2])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    environment = _clean(replay, QUOTH_API_KEY="replayed", QUOTH_PORT=port)
    with _started([*command, *arguments], replay.folder, environment):
        deadline = time.monotonic() + START_SECONDS
        while not _works(health, environment):
            _require(time.monotonic() < deadline, f"not healthy after {START_SECONDS} s")
            time.sleep(0.2)
    _say("CMD with QUOTH_API_KEY is healthy by HEALTHCHECK")
    _require(not _works(health, environment), "HEALTHCHECK calls a stopped server healthy")


@contextmanager
def _started(command: list[str | Path], folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    server = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        server.terminate()
        server.wait(timeout=60)


# Measuring


def _measure(environment: Path) -> None:
    """What the image holds on top of its base, by distribution; none of it for CUDA."""
    listing = (
        "import json, importlib.metadata as m\n"
        "print(json.dumps({d.metadata['Name']: sum(f.locate().lstat().st_size for f in d.files or () "
        "if f.locate().exists()) for d in m.distributions()}))"
    )
    python = environment / "bin/python"
    sizes = json.loads(subprocess.run([python, "-c", listing], capture_output=True, check=True).stdout)
    total = sum(path.lstat().st_size for path in environment.rglob("*") if not path.is_dir())
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1])[:12]:
        _say(f"{size / 1e6:>8.1f} MB  {name}")
    _say(f"{total / 1e6:>8.1f} MB  in all, on top of the base image; {len(sizes)} distributions")
    foreign = sorted(name for name in sizes if FOREIGN.search(name))
    _require(not foreign, f"the image would hold {', '.join(foreign)}")
    _say("no distribution for CUDA")


def _last(every: list[Step], name: str) -> str:
    return [step.text for step in every if step.name == name][-1]


def _require(holds: object, otherwise: str) -> None:
    if not holds:
        sys.stderr.write(f"{otherwise}\n")
        sys.exit(1)


def _say(line: str) -> None:
    sys.stdout.write(f"[{time.monotonic() - BEGAN:4.0f} s] {line}\n")
    sys.stdout.flush()


BEGAN = time.monotonic()

if __name__ == "__main__":
    main()
