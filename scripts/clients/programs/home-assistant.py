"""Sends what Home Assistant's integration `openai_tts` sends: by aiohttp, read piece by piece."""

import asyncio

import aiohttp
from report import BASE, TEXT, sound


async def speech(session, **more):
    body = dict(model="tts-1", input=TEXT, voice="shimmer", response_format="mp3", **more)
    headers = {"Authorization": "Bearer sk-any", "Content-Type": "application/json"}
    async with session.post(BASE + "/v1/audio/speech", json=body, headers=headers) as answer:
        answer.raise_for_status()
        return b"".join([part async for part in answer.content.iter_chunked(4096)])


async def main():
    async with aiohttp.ClientSession() as session:
        sound("POST /v1/audio/speech", await speech(session, speed=1.0), "mp3", voice="shimmer")
        sound("with speed and instructions", await speech(session, speed=1.5, instructions="Calmly."), "mp3", voice="shimmer", speed=1.5)


asyncio.run(main())
