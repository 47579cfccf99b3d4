"""The sentences that are spoken, each with what a listener should hear."""

from pathlib import Path


def read(name):
    rows = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, said = line.partition("\t")
            rows.append((text, said or text))
    return rows
