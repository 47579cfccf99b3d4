import asyncio

from openai import AsyncOpenAI, BadRequestError, NotFoundError, OpenAI
from report import BASE, TEXT, sound, told

client = OpenAI(base_url=BASE + "/v1")
need = dict(input=TEXT, model="gpt-4o-mini-tts", voice="alloy")
sound("audio.speech.create()", client.audio.speech.create(**need).content, "mp3", voice="alloy")
for form in ("wav", "pcm", "opus", "flac", "aac"):
    sound(f"create(response_format={form})", client.audio.speech.create(**need, response_format=form).content, form, voice="alloy")
sound("create(speed=1.5)", client.audio.speech.create(**need, speed=1.5).content, "mp3", voice="alloy", speed=1.5)
sound("create(voice=nova, model=tts-1-hd)", client.audio.speech.create(input=TEXT, model="tts-1-hd", voice="nova").content, "mp3", voice="nova")
with client.audio.speech.with_streaming_response.create(**need, response_format="pcm") as answer:
    sound("with_streaming_response", b"".join(answer.iter_bytes()), "pcm", voice="alloy")


async def later():
    answer = await AsyncOpenAI(base_url=BASE + "/v1").audio.speech.create(**need)
    sound("AsyncOpenAI, create()", answer.content, "mp3", voice="alloy")


asyncio.run(later())
models = [model.id for model in client.models.list()]
told("models.list()", "qwen3-tts-flash" in models, f"{len(models)} models")
told("models.retrieve()", client.models.retrieve(models[0]).id == models[0])
try:
    client.models.retrieve("nothing")
except NotFoundError as error:
    told("models.retrieve(nothing)", error.code == "model_not_found" and error.param == "model", f"NotFoundError, {error.code}")
try:
    client.audio.speech.create(**dict(need, voice="nobody"))
except BadRequestError as error:
    told("create(voice=nobody)", error.param == "voice", f"BadRequestError, {error.param}")
try:
    client.chat.completions.create(model="gpt-5", messages=[])
except NotFoundError as error:
    told("chat.completions.create()", error.code == "not_found", "NotFoundError: the gateway only speaks")
