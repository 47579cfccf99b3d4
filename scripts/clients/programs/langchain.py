import sys

sys.path.append(sys.path.pop(0))
from langchain_core.runnables import RunnableLambda
from openai import OpenAI
from report import BASE, TEXT, sound

client = OpenAI(base_url=BASE + "/v1")
words = RunnableLambda(lambda subject: TEXT)


def speaking(**more):
    return words | RunnableLambda(lambda text: client.audio.speech.create(model="gpt-4o-mini-tts", voice="alloy", input=text, **more).content)


sound("chain.invoke()", speaking().invoke("evening"), "mp3", voice="alloy")
sound("chain.invoke(), speed=1.5, pcm", speaking(speed=1.5, response_format="pcm").invoke("evening"), "pcm", voice="alloy", speed=1.5)
