import sys

sys.path.append(sys.path.pop(0))  # this file has the name of the package
import asyncio

import litellm
from report import BASE, TEXT, sound

need = dict(model="openai/gpt-4o-mini-tts", input=TEXT, voice="alloy", api_base=BASE + "/v1", api_key="sk-any")
sound("litellm.speech()", litellm.speech(**need).content, "mp3", voice="alloy")
sound("speech(speed=1.5)", litellm.speech(**need, speed=1.5).content, "mp3", voice="alloy", speed=1.5)
for form in ("wav", "pcm", "opus", "flac", "aac"):
    sound(f"speech(response_format={form})", litellm.speech(**need, response_format=form).content, form, voice="alloy")
sound("aspeech()", asyncio.run(litellm.aspeech(**need)).content, "mp3", voice="alloy")
