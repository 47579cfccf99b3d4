"""What every program of a client shares: the gateway, the text, and how a call is reported to the matrix."""

import json
import os

BASE = os.environ["BASE"]
TEXT = os.environ["TEXT"]
OUT = os.environ["OUT"]
_count = 0


def sound(call, data, form, **more):
    """Reports a call that brought sound."""
    global _count
    _count += 1
    file = os.path.join(OUT, f"{_count}.{form}")
    with open(file, "wb") as out:
        out.write(data)
    print(json.dumps(dict(call=call, file=file, form=form, **more)), flush=True)


def told(call, good, words=""):
    """Reports a call that brought something else."""
    print(json.dumps(dict(call=call, ok=bool(good), words=str(words)[:200])), flush=True)
