import sys

sys.path.append(sys.path.pop(0))  # this file has the name of the package
import asyncio

from pipecat.frames.frames import EndFrame, TTSAudioRawFrame, TTSSpeakFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.runner import PipelineRunner
from pipecat.pipeline.task import PipelineParams, PipelineTask
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.openai.tts import OpenAITTSService
from report import BASE, TEXT, sound


class Ear(FrameProcessor):
    def __init__(self):
        super().__init__()
        self.heard = b""

    async def process_frame(self, frame, direction):
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            assert frame.sample_rate == 24000 and frame.num_channels == 1
            self.heard += frame.audio
        await self.push_frame(frame, direction)


async def spoken(**settings):
    ear = Ear()
    more = dict(settings=OpenAITTSService.Settings(**settings)) if settings else {}
    service = OpenAITTSService(base_url=BASE + "/v1", api_key="sk-any", **more)
    task = PipelineTask(Pipeline([service, ear]), params=PipelineParams(audio_out_sample_rate=24000))
    await task.queue_frames([TTSSpeakFrame(TEXT), EndFrame()])
    await PipelineRunner(handle_sigint=False).run(task)
    return ear.heard


async def main():
    sound("OpenAITTSService()", await spoken(), "pcm", voice="alloy")
    sound("OpenAITTSService(speed=1.5, voice=nova)", await spoken(speed=1.5, voice="nova"), "pcm", voice="nova", speed=1.5)


asyncio.run(main())
