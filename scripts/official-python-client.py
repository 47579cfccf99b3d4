#!/usr/bin/env python3
"""Plays the official DashScope client for Python against a running gateway: whole and streamed, synchronous and asyncio.

    python3 -m venv target/python && target/python/bin/pip install dashscope aiohttp
    GATEWAY_URL=http://127.0.0.1:8080 target/python/bin/python scripts/official-python-client.py

Prints a line for each check; ends with 1 if one failed. Speaks each time something that nobody has said before.
"""

import asyncio
import base64
import io
import os
import sys
import time
import urllib.request
import wave

GATEWAY = os.environ.get("GATEWAY_URL", "http://127.0.0.1:8080").rstrip("/")
os.environ["DASHSCOPE_HTTP_BASE_URL"] = GATEWAY + "/api/v1"

try:
    import dashscope
    from dashscope import AioMultiModalConversation, MultiModalConversation
except ImportError as missing:
    sys.exit(f"The official client is not installed ({missing}): pip install dashscope aiohttp")

dashscope.base_http_api_url = GATEWAY + "/api/v1"
MODEL, VOICE, KEY = "qwen3-tts-flash", "Cherry", "sk-any"
failed = 0


def check(name, good, detail=""):
    global failed
    failed += not good
    print(f"{'ok    ' if good else 'FAILED'} {name}{f': {detail}' if detail else ''}", flush=True)


def wanted(text, stream=False, key=KEY):
    return dict(model=MODEL, api_key=key, text=text, voice=VOICE, language_type="English", stream=stream)


def samples_at(url):
    """The samples of a WAV file, fetched as anybody would: no key, and no trust in a length but the header's."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        body = answer.read()
    with wave.open(io.BytesIO(body)) as file:
        samples = file.readframes(file.getnframes())
        right = (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24000, 1, 2)
    return samples if right and len(samples) + 44 == len(body) else b""


def check_whole(name, response, text):
    check(f"{name}: status", response.status_code == 200, f"{response.status_code} {response.code} {response.message}")
    if response.status_code != 200:
        return b""
    audio = response.output.audio
    samples = samples_at(audio["url"])
    check(f"{name}: finish_reason", response.output.finish_reason == "stop")
    check(f"{name}: characters", response.usage.characters == len(text), response.usage.characters)
    check(f"{name}: a valid WAV file, without a key", len(samples) > 0, f"{len(samples) // 2} samples")
    check(f"{name}: expires_at", audio["expires_at"] > time.time())
    return samples


def check_streamed(name, responses, text):
    check(f"{name}: every status", all(r.status_code == 200 for r in responses), f"{len(responses)} packets")
    heard = b"".join(base64.b64decode(r.output.audio["data"] or "") for r in responses)
    whole = check_whole(f"{name}, last packet", responses[-1], text)
    check(f"{name}: the file has the samples that were streamed", heard == whole and len(heard) > 0)


def check_refused(name, response):
    check(name, response.status_code == 401 and response.code == "InvalidApiKey", f"{response.status_code} {response.code}")


def synchronous(text):
    check_whole("sync whole", MultiModalConversation.call(**wanted(text)), text)
    check_streamed("sync stream of what is kept", list(MultiModalConversation.call(**wanted(text, True))), text)
    other = text + " Again."
    check_streamed("sync stream", list(MultiModalConversation.call(**wanted(other, True))), other)
    check_refused("sync whole: a blank key", MultiModalConversation.call(**wanted(text, key=" ")))
    check_refused("sync stream: a blank key", list(MultiModalConversation.call(**wanted(text, True, " ")))[-1])


async def asynchronous(text):
    check_whole("asyncio whole", await AioMultiModalConversation.call(**wanted(text)), text)
    other = text + " Again."
    stream = await AioMultiModalConversation.call(**wanted(other, True))
    check_streamed("asyncio stream", [response async for response in stream], other)
    at_once = await asyncio.gather(*(AioMultiModalConversation.call(**wanted(other + " At once.")) for _ in range(3)))
    check("asyncio: three at once get one file", len({r.output.audio["url"] for r in at_once}) == 1)


def main():
    now = time.strftime("%H:%M:%S")
    print(f"dashscope {getattr(dashscope, '__version__', None) or dashscope.version.__version__} against {GATEWAY}")
    synchronous(f"It is {now}, and this is the official client.")
    asyncio.run(asynchronous(f"It is {now}, and this is the official client again."))
    print("all checks passed" if not failed else f"{failed} checks failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
