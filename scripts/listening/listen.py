"""Speaks all sentences by all voices, has them transcribed, and tells what was understood. scripts/listening-test.sh starts it."""

import argparse
import json
import os
import statistics
from pathlib import Path

import browser
import gateway
import opencc
import pypinyin
import recogniser
import scoring
import sentences
import sound

MOST_WRONG = {"en": 2.0, "zh": 3.0}
LANGUAGES = {"en": "English", "zh": "Chinese"}
FILES = {"en": "english.tsv", "zh": "mandarin.tsv"}
PICTURED = {"en": 0, "zh": 0}
BEGIN, END = "<!-- listening test: written by scripts/listening-test.sh -->", "<!-- end of listening test -->"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--url", default="http://127.0.0.1:8080", help="the gateway")
    arguments.add_argument("--english", default="af_heart", help="its English voices, parted by blanks; the first one must be understood")
    arguments.add_argument("--chinese", default="zf_xiaoxiao", help="its Chinese voices")
    arguments.add_argument("--beside", help="another gateway, whose own voice speaks the English sentences, for comparison")
    arguments.add_argument("--beside-name", default="MaryTTS", help="how the table calls that voice")
    arguments.add_argument("--only", type=int, default=0, help="so many sentences of each language; 0: all")
    arguments.add_argument("--browser", type=int, default=0, help="so many sentences of each language also as the page in a browser plays them")
    arguments.add_argument("--pictures", type=Path, help="the folder for pictures of pitch and spectrum")
    arguments.add_argument("--page", type=Path, help="the page that gets the table")
    arguments.add_argument("--folder", type=Path, default=Path("target/listening"), help="where all else is written")
    given = arguments.parse_args()
    simplified = opencc.OpenCC("t2s").convert
    listener = recogniser.Recogniser(given.folder)
    rows = []
    pictured = {"en": [], "zh": []}
    for language, url, voice, name in jobs(given):
        row, shown = tested(listener, simplified, language, url, voice, name, given.only)
        rows.append(row)
        pictured[language].append((name, shown))
    table = "\n".join(lines(rows))
    if given.browser:
        table += "\n\n" + played_by_page(listener, simplified, given)
    print(table)
    (given.folder / "result.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    (given.folder / "table.md").write_text(table + "\n", encoding="utf-8")
    if given.pictures:
        for language, voices in pictured.items():
            if voices:
                text = sentences.read(FILES[language])[PICTURED[language]][0]
                title = text if language == "en" else "jīntiān tiānqì hěn hǎo, wǒmen yìqǐ qù gōngyuán sànbù ba"
                sound.picture(given.pictures / f"{LANGUAGES[language].lower()}.png", title, voices)
    if given.page:
        write(given.page, table)
    raise SystemExit(1 if any(is_too_wrong(rows, language) for language in MOST_WRONG) else 0)


def jobs(given):
    for voice in given.english.split():
        yield "en", given.url, voice, voice
    if given.beside:
        yield "en", given.beside, None, given.beside_name
    for voice in given.chinese.split():
        yield "zh", given.url, voice, voice


def played_by_page(listener, simplified, given):
    """Types sentences into the gateway's page and tells in one sentence how they were understood."""
    told, version = [], ""
    for language, unit in (("en", "words"), ("zh", "characters")):
        wrong = of = 0
        for text, said in sentences.read(FILES[language])[: given.browser]:
            one, version = browser.played(given.url, text, given.folder / "page")
            heard = listener.heard(one.wav(), language)
            errors, count = scoring.score_english(said, heard) if language == "en" else scoring.score_chinese(said, heard, simplified)
            wrong, of = wrong + errors, of + count
            if errors:
                print(f"the page: {errors} wrong: {text}\n    heard: {heard}")
        told.append(f"{wrong} of {of} {LANGUAGES[language]} {unit}")
    return f"As the page plays it in Chromium {version}, typed in there and recorded behind the player: {' and '.join(told)} wrong."


def tested(listener, simplified, language, url, voice, name, only):
    rows = sentences.read(FILES[language])
    if voice:
        gateway.wait_for(url, voice)
    gateway.speak(url, rows[0][0], voice, LANGUAGES[language])  # warm
    wrong = words = unlike = 0
    spoken, misheard, shown = [], [], None
    for at, (text, said) in enumerate(rows[: only or None]):
        one = gateway.speak(url, text, voice, LANGUAGES[language])
        heard = listener.heard(one.wav(), language)
        errors, of = scoring.score_english(said, heard) if language == "en" else scoring.score_chinese(said, heard, simplified)
        wrong, words = wrong + errors, words + of
        unlike += errors if language == "en" else scoring.score_syllables(said, heard, simplified, syllables)
        spoken.append(one)
        if errors:
            misheard.append({"text": text, "heard": heard, "errors": errors})
            print(f"{name}: {errors} wrong: {text}\n    heard: {heard}")
        if at == PICTURED[language]:
            shown = sound.samples(one.pcm)
    sounds = [sound.samples(one.pcm) for one in spoken]
    tracks = [hz for each in sounds for hz in sound.pitch(each) if hz == hz]
    low, middle, high = (sorted(tracks)[int(len(tracks) * part)] for part in (0.1, 0.5, 0.9))
    ends = [sound.silence(each) for each in sounds]
    return {
        "language": language,
        "voice": name,
        "wrong": wrong,
        "of": words,
        "unlike": unlike,
        "percent": round(100 * wrong / words, 2),
        "first_ms": round(1000 * statistics.median(one.first for one in spoken)),
        "first_worst_ms": round(1000 * max(one.first for one in spoken)),
        "wall_per_second": round(sum(one.whole for one in spoken) / sum(one.seconds for one in spoken), 2),
        "seconds": round(sum(one.seconds for one in spoken), 1),
        "pitch_hz": [round(low), round(middle), round(high)],
        "level_db": round(float(statistics.median(sound.level(each) for each in sounds)), 1),
        "peak": round(max(float(abs(each).max()) for each in sounds), 2),
        "silence_ms": [int(statistics.median(end[side] for end in ends)) for side in (0, 1)],
        "load": round(os.getloadavg()[0], 1),
        "misheard": misheard,
    }, shown


def syllables(text):
    return pypinyin.lazy_pinyin(text, style=pypinyin.Style.TONE3, neutral_tone_with_five=True, errors=list)


def lines(rows):
    yield "| voice | language | wrong, and without those that sound alike | of | | first sound, median (worst) | wall time per second of sound | pitch p10/50/90 | level | silence before/behind | load |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in rows:
        unit = "words" if row["language"] == "en" else "characters"
        yield (
            f"| {row['voice']} | {LANGUAGES[row['language']]} | {row['wrong']}, {row['unlike']} | {row['of']} {unit} | **{row['percent']:.1f} %** "
            f"| {row['first_ms']} ms ({row['first_worst_ms']} ms) | {row['wall_per_second']:.2f} | {'/'.join(map(str, row['pitch_hz']))} Hz "
            f"| {row['level_db']} dB | {row['silence_ms'][0]}/{row['silence_ms'][1]} ms | {row['load']} |"
        )


def is_too_wrong(rows, language):
    """Judges the first voice of a language."""
    first = next((row for row in rows if row["language"] == language), None)
    return first is not None and first["percent"] > MOST_WRONG[language]


def write(page, table):
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{page} has no place for the table: {BEGIN} … {END}")
    page.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
