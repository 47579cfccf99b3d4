"""Speech as a page in a real browser plays it. Needs Node, and the player's packages (npm ci in web-demo)."""

import json
import subprocess
from pathlib import Path

import gateway

SCRIPT = Path("web-demo/test/browser/listen-script.mjs")


def played(url, text, folder):
    """Has a text typed into the gateway's page and spoken there. Returns what its player gave to the browser, and the browser's version."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = [f"GATEWAY_URL={url}", f"OUT={folder.resolve()}", "CHANNEL=listening-test", "PAGES=1", f"TEXT={text}"]
    done = subprocess.run(["node", str(SCRIPT), *settings], capture_output=True, text=True, timeout=180)
    if done.returncode:
        raise SystemExit(f"the page did not play it: {done.stderr.strip()}")
    told = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    pcm = (folder / "page-1.pcm").read_bytes()
    return gateway.Spoken(pcm, 0, 0), told["browser"]
