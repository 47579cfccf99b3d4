import asyncio
import base64
import threading
import time
import urllib.request

import dashscope
from dashscope import AioMultiModalConversation, MultiModalConversation
from dashscope.audio import tts_v2
from dashscope.audio.qwen_tts import SpeechSynthesizer
from dashscope.audio.qwen_tts_realtime import QwenTtsRealtime, QwenTtsRealtimeCallback
from report import BASE, TEXT, sound, told

dashscope.base_http_api_url = BASE + "/api/v1"
sockets = BASE.replace("http", "ws") + "/api-ws/v1"
dashscope.base_websocket_api_url = sockets + "/inference"
need = dict(model="qwen3-tts-flash", text=TEXT, voice="Cherry")


def file(answer):
    assert answer.status_code == 200, f"{answer.code}: {answer.message}"
    audio = answer.output["audio"]
    return urllib.request.urlopen(audio["url"]).read()


def pieces(answers):
    return b"".join(base64.b64decode(answer.output["audio"].get("data") or "") for answer in answers)


sound("MultiModalConversation.call()", file(MultiModalConversation.call(**need)), "wav", voice="Cherry")
answers = list(MultiModalConversation.call(**need, stream=True))
sound("call(stream=True), the pieces", pieces(answers), "pcm", voice="Cherry")
sound("call(stream=True), the file", file(answers[-1]), "wav", voice="Cherry")
sound("call(voice=Ethan, language_type=English)", file(MultiModalConversation.call(**dict(need, voice="Ethan"), language_type="English")), "wav", voice="Ethan")


async def later():
    sound("AioMultiModalConversation.call()", file(await AioMultiModalConversation.call(**need)), "wav", voice="Cherry")
    stream = await AioMultiModalConversation.call(**need, stream=True)
    sound("AioMultiModalConversation.call(stream=True)", pieces([answer async for answer in stream]), "pcm", voice="Cherry")


asyncio.run(later())
sound("qwen_tts.SpeechSynthesizer.call()", file(SpeechSynthesizer.call(**need)), "wav", voice="Cherry")
wrong = MultiModalConversation.call(**dict(need, voice="nobody"))
told("call(voice=nobody)", wrong.status_code == 400 and wrong.code == "InvalidParameter", f"{wrong.status_code} {wrong.code}")


class Ear(QwenTtsRealtimeCallback):
    """Hears why a realtime session ends."""

    def __init__(self):
        self.words, self.closed = "", threading.Event()

    def on_event(self, message):
        self.words = message.get("error", {}).get("message", "")

    def on_close(self, code, reason):
        self.words = self.words or reason
        self.closed.set()


def lacking(call, began, words):
    """Reports a class whose API the gateway lacks: it must end soon, with words that say what to do."""
    told(call, time.time() - began < 5 and "over HTTP" in words, f"ends within 5 s: {words}")


began, ear = time.time(), Ear()
realtime = QwenTtsRealtime(model="qwen3-tts-flash-realtime", callback=ear, url=sockets + "/realtime")
realtime.connect()
realtime.append_text(TEXT)
ear.closed.wait(10)
lacking("QwenTtsRealtime.connect()", began, ear.words)
began = time.time()
try:
    tts_v2.SpeechSynthesizer(model="cosyvoice-v2", voice="longxiaochun_v2").call(TEXT)
    lacking("tts_v2.SpeechSynthesizer.call()", began, "")
except Exception as error:
    lacking("tts_v2.SpeechSynthesizer.call()", began, error.message)
