import asyncio

from agents.voice import AudioInput, OpenAIVoiceModelProvider, TTSModelSettings, VoicePipeline, VoicePipelineConfig
from agents.voice import StreamedAudioInput, VoiceWorkflowBase
from agents.voice.model import STTModel
from openai import AsyncOpenAI
from report import BASE, TEXT, sound
import numpy as np


class Heard(STTModel):
    """Stands for the recognition of speech, which the gateway does not do."""

    model_name = "none"

    async def transcribe(self, *_, **__):
        return "Hello."

    async def create_session(self, *_, **__):
        raise NotImplementedError


class Says(VoiceWorkflowBase):
    async def run(self, transcription):
        yield TEXT


async def spoken(**settings):
    provider = OpenAIVoiceModelProvider(openai_client=AsyncOpenAI(base_url=BASE + "/v1", api_key="sk-any"))
    config = VoicePipelineConfig(model_provider=provider, tracing_disabled=True, tts_settings=TTSModelSettings(**settings))
    pipeline = VoicePipeline(workflow=Says(), stt_model=Heard(), config=config)
    result = await pipeline.run(AudioInput(buffer=np.zeros(2400, dtype=np.int16)))
    return b"".join([event.data.tobytes() async for event in result.stream() if event.type == "voice_stream_event_audio" and event.data is not None])


async def main():
    sound("VoicePipeline.run()", await spoken(), "pcm", voice="ash")
    model = OpenAIVoiceModelProvider(openai_client=AsyncOpenAI(base_url=BASE + "/v1", api_key="sk-any")).get_tts_model(None)
    sound("OpenAITTSModel.run()", b"".join([part async for part in model.run(TEXT, TTSModelSettings())]), "pcm", voice="ash")
    fast = TTSModelSettings(speed=1.5, voice="nova")
    sound("OpenAITTSModel.run(speed=1.5, voice=nova)", b"".join([part async for part in model.run(TEXT, fast)]), "pcm", voice="nova", speed=1.5)


asyncio.run(main())
