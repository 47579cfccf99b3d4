import asyncio
import base64
import urllib.request

import dashscope
from dashscope import AioMultiModalConversation, MultiModalConversation
from dashscope.audio.qwen_tts import SpeechSynthesizer
from report import BASE, TEXT, sound, told

dashscope.base_http_api_url = BASE + "/api/v1"
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
