import asyncio

from livekit.plugins.openai import TTS
from report import BASE, TEXT, sound


async def spoken(**more):
    tts = TTS(base_url=BASE + "/v1", **more)
    frame = await tts.synthesize(TEXT).collect()
    await tts.aclose()
    assert frame.sample_rate == 24000 and frame.num_channels == 1
    return bytes(frame.data)


async def main():
    sound("TTS().synthesize()", await spoken(), "frames", voice="ash")
    sound("TTS(speed=1.5, voice=nova)", await spoken(speed=1.5, voice="nova"), "frames", voice="nova", speed=1.5)
    sound("TTS(response_format=pcm)", await spoken(response_format="pcm"), "marked", voice="ash", words="it marks the end by 10 ms of silence")
    sound("TTS(response_format=wav)", await spoken(response_format="wav"), "marked", voice="ash")
    sound("TTS(model=tts-1)", await spoken(model="tts-1"), "frames", voice="ash")


asyncio.run(main())
