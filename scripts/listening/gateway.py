"""Speech from a gateway, by its OpenAI-compatible API, with the time that it took."""

import http.client
import io
import json
import time
import wave
from dataclasses import dataclass
from urllib.parse import urlsplit

RATE = 24_000


@dataclass
class Spoken:
    """Sound of 24 kHz, mono, 16 bits; seconds until its first byte, and until its last."""

    pcm: bytes
    first: float
    whole: float

    @property
    def seconds(self):
        return len(self.pcm) / 2 / RATE

    def wav(self):
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(self.pcm)
        file.seek(0)
        return file


def wait_for(url, voice, seconds=180):
    """Waits until the gateway has a voice: the natural one is loaded after the start."""
    address = urlsplit(url)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection = http.client.HTTPConnection(address.hostname, address.port or 80, timeout=30)
        connection.request("GET", address.path.rstrip("/") + "/v1/voices")
        if f'"{voice}"' in connection.getresponse().read().decode():
            return
        connection.close()
        time.sleep(1)
    raise SystemExit(f"{url} has no voice {voice}.")


def speak(url, text, voice, language):
    """Has a text spoken anew. Fails with what the gateway says if it does not speak."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port or 80, timeout=120)
    body = {"input": text, "response_format": "pcm", "language_type": language}
    if voice:
        body["voice"] = voice
    began = time.monotonic()
    connection.request(
        "POST",
        address.path.rstrip("/") + "/v1/audio/speech",
        json.dumps(body),
        {"Content-Type": "application/json", "Cache-Control": "no-cache"},
    )
    answer = connection.getresponse()
    if answer.status != 200:
        raise SystemExit(f"{url} does not speak as {voice or 'its own voice'}: {answer.status} {answer.read().decode()}")
    pcm = answer.read1()
    first = time.monotonic() - began
    while part := answer.read1():
        pcm += part
    whole = time.monotonic() - began
    connection.close()
    return Spoken(pcm, first, whole)
