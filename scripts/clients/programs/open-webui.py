"""Sends what Open WebUI's router for audio sends: the models, the voices, and a text whose format it does not name."""

import requests
from report import BASE, TEXT, sound, told

KEY = {"Authorization": "Bearer sk-any"}
USER = {"X-OpenWebUI-User-Name": "user", "X-OpenWebUI-User-Id": "1", "X-OpenWebUI-User-Email": "user@example.org", "X-OpenWebUI-User-Role": "admin"}


def speech(**more):
    answer = requests.post(BASE + "/v1/audio/speech", json=dict(input=TEXT, model="tts-1", voice="alloy", **more), headers={"Content-Type": "application/json", **KEY, **USER})
    answer.raise_for_status()
    return answer.content


sound("POST /v1/audio/speech", speech(), "mp3", voice="alloy")
sound("POST /v1/audio/speech, with speed and format", speech(speed=1.5, response_format="opus"), "opus", voice="alloy", speed=1.5)
models = requests.get(BASE + "/v1/audio/models", headers=KEY).json()["models"]
told("GET /v1/audio/models", all(model["id"] for model in models) and models, f"{len(models)} models")
voices = requests.get(BASE + "/v1/audio/voices", headers=KEY).json()["voices"]
told("GET /v1/audio/voices", all(voice["id"] and voice["name"] for voice in voices) and voices, f"{len(voices)} voices")
told("GET /v1/models", requests.get(BASE + "/v1/models", headers=KEY).json()["object"] == "list")
