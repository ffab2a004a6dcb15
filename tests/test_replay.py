"""The replay of the Dockerfile: how it reads steps, and where it moves them. `.ci/run` runs the replay itself."""

from pathlib import Path

from tests.replay import DECLARED, FOREIGN, Replay, steps

DOCKERFILE = """\
# comment
FROM base AS build
RUN one \\
    # between
    && two
CMD ["a"]
"""


def test_steps_are_joined_and_comments_left_out() -> None:
    """A step that goes on over lines is one."""
    found = [(step.name, " ".join(step.text.split())) for step in steps(DOCKERFILE)]
    assert found == [("FROM", "base AS build"), ("RUN", "one && two"), ("CMD", '["a"]')]


def test_every_step_of_ours_is_known(root: Path) -> None:
    """None is passed over because nobody thought of it."""
    done = {"FROM", "ARG", "ENV", "USER", "WORKDIR", "COPY", "RUN"}
    assert {step.name for step in steps((root / "Dockerfile").read_text(encoding="utf-8"))} <= done | DECLARED


def test_places_of_the_image_are_moved(tmp_path: Path) -> None:
    """Whole places only: neither a longer name nor the same word elsewhere."""
    replay = Replay(tmp_path, Path("python"), "")
    assert replay.place("cp /opt/quoth/bin /library") == f"cp {tmp_path}/opt/quoth/bin {tmp_path}/library"
    assert replay.place("/library-old x/library /opt/quothe") == "/library-old x/library /opt/quothe"


def test_what_belongs_to_cuda_is_told_by_name() -> None:
    """The names that PyTorch's plain wheel asks for."""
    assert all(FOREIGN.search(name) for name in ("nvidia-cublas-cu12", "triton", "cuda-bindings"))
    assert not any(FOREIGN.search(name) for name in ("torch", "numpy", "sentence-transformers"))
