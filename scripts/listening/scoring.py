"""Counts how many words, or characters of Chinese, a recogniser heard wrong. Numbers may be written in any way that they can be said."""

import re
import unicodedata

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
WORDS = {
    "dr": ["doctor"], "mr": ["mister"], "km": ["kilometers"], "kilometres": ["kilometers"], "am": ["a m"], "pm": ["p m"],
    "&": ["and"], "grey": ["gray"], "smokey": ["smoky"], "okay": ["ok"], "centre": ["center"], "litres": ["liters"],
}
HAN_DIGITS = "零一二三四五六七八九"
SAME_SOUND = str.maketrans({"她": "他", "它": "他", "牠": "他", "地": "的", "得": "的", "妳": "你", "幺": "一", "〇": "零", "两": "二"})


def cardinal(number):
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (" " + SMALL[number % 10] if number % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{cardinal(number // size)} {name}" + (" " + cardinal(rest) if rest else "")
    raise ValueError(number)


def ordinal(number):
    *start, end = cardinal(number).split()
    end = ORDINALS.get(end) or (end[:-1] + "ieth" if end.endswith("y") else end + "th")
    return " ".join([*start, end])


def digits(text):
    return " ".join(SMALL[int(digit)] for digit in text)


def readings(digit_text):
    """All ways in which a whole number is said."""
    number = int(digit_text)
    said = [digits(digit_text), cardinal(number)] if number < 10**12 else [digits(digit_text)]
    if len(digit_text) == 3 and digit_text[1] != "0":
        said.append(f"{SMALL[int(digit_text[0])]} {cardinal(int(digit_text[1:]))}")
    if len(digit_text) == 4:
        low = digit_text[2:]
        end = "hundred" if low == "00" else f"oh {cardinal(int(low))}" if low[0] == "0" else cardinal(int(low))
        said.append(f"{cardinal(int(digit_text[:2]))} {end}")
    return said


def token_readings(token):
    """All ways in which a token of a transcript is said, each as a list of words."""
    if token in WORDS:
        return WORDS[token]
    if match := re.fullmatch(r"\$(\d{1,3}(?:[.,]\d{3})+|\d+)(?:\.(\d\d))?", token):
        whole, cents = re.sub("[.,]", "", match.group(1)), match.group(2)
        return [f"{one} dollars" + (f" and {cardinal(int(cents))} cents" if cents and int(cents) else "") for one in readings(whole)]
    if match := re.fullmatch(r"(\d{1,2})[:.](\d\d)", token):
        hour, minutes = match.groups()
        end = "" if minutes == "00" else f"oh {cardinal(int(minutes))}" if minutes[0] == "0" else cardinal(int(minutes))
        return [f"{cardinal(int(hour))} {end}".strip(), f"{cardinal(int(hour))} o'clock", f"{cardinal(int(hour))} point {digits(minutes)}"]
    if match := re.fullmatch(r"(\d[\d,]*)\.(\d+)", token):
        return [f"{one} point {digits(match.group(2))}" for one in readings(match.group(1).replace(",", ""))]
    if match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", token):
        return [ordinal(int(match.group(1)))]
    if re.fullmatch(r"\d[\d,]*", token):
        plain = token.replace(",", "")
        return [*readings(plain), ordinal(int(plain))] if int(plain) < 32 else readings(plain)
    if "-" in token:
        return [token.replace("-", " "), token.replace("-", "")]
    return [token]


def english_lattice(text):
    spelled = re.sub(r"\b[A-Z]{2,3}\b", lambda found: " ".join(found.group()), unicodedata.normalize("NFKC", text))
    plain = spelled.lower().replace("’", "'").replace("–", "-").replace("—", " ")
    plain = re.sub(r"(?<=\w)@(?=\w)", " at ", plain)
    plain = re.sub(r"(?<=[a-z])\.(?=com\b|org\b)", " dot ", plain)
    plain = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", plain)
    plain = re.sub(r"%", " percent ", plain)
    plain = re.sub(r"(?<=\d)-(?=\d)|(?<=[a-z])-?(?=\d)|(?<=\d)-?(?=km\b|[ap]m\b)", " ", plain)
    plain = re.sub(r"[^\w\s'$.,:&-]", " ", plain)
    tokens = [token.strip(".,:'-") for token in plain.split()]
    return [[one.split() for one in token_readings(token)] for token in tokens if token]


def han(number):
    """A whole number in characters."""
    text, said, gap = str(number), "", False
    if len(text) > 4:
        high, low = number // 10000, number % 10000
        return han(high) + "万" + ("" if low == 0 else ("零" if low < 1000 else "") + han(low))
    for at, digit in enumerate(text):
        if digit == "0":
            gap = True
            continue
        said += ("零" if gap and said else "") + HAN_DIGITS[int(digit)] + ["", "十", "百", "千"][len(text) - 1 - at]
        gap = False
    return (said[1:] if said.startswith("一十") else said) or "零"


def han_digits(text):
    return "".join(HAN_DIGITS[int(digit)] for digit in text)


def chinese_lattice(text, simplified):
    plain = simplified(unicodedata.normalize("NFKC", text))
    plain = re.sub(r"(\d+(?:\.\d+)?)%", r"百分之\1", plain)
    plain = re.sub(r"(?<=\d)-(?=\d)", "", plain)
    plain = re.sub(r"(?<![女婴幼孤])儿(?![子童歌科])", "", plain)  # no syllable: a recogniser writes it or not
    lattice = []
    for token in re.findall(r"\d{1,2}:\d\d分?|\d+|[a-z]+|[\u4e00-\u9fff〇]", plain.lower()):
        if ":" in token:
            hour, minutes = token.rstrip("分").split(":")
            half = [han(int(hour)) + "点半"] if minutes == "30" else []
            said = [han(int(hour)) + "点" + han(int(minutes)) + "分", han(int(hour)) + "点" + han(int(minutes)), *half]
        elif token.isdigit():
            said = [han(int(token)) if int(token) < 10**8 else han_digits(token), han_digits(token)]
        else:
            said = [token.translate(SAME_SOUND)]
        lattice.append([list(one.translate(SAME_SOUND)) for one in said])
    return lattice


def errors(reference, lattice):
    """The least number of changes between what was said and any reading of what was heard."""
    row = list(range(len(reference) + 1))
    for alternatives in lattice:
        rows = []
        for words in alternatives:
            current = row
            for word in words:
                following = [current[0] + 1]
                for at, wanted in enumerate(reference):
                    following.append(min(following[at] + 1, current[at + 1] + 1, current[at] + (word != wanted)))
                current = following
            rows.append(current)
        row = [min(column) for column in zip(*rows)]
    return row[-1]


def score_english(spoken, heard):
    """Counts wrong words; of several things that could have been said, parted by |, the nearest one counts."""
    scores = []
    for one in spoken.split("|"):
        reference = [word for alternatives in english_lattice(one) for word in alternatives[0]]
        scores.append((errors(reference, english_lattice(heard)), len(reference)))
    return min(scores)


def score_chinese(spoken, heard, simplified):
    reference = [character for alternatives in chinese_lattice(spoken, simplified) for character in alternatives[0]]
    return errors(reference, chinese_lattice(heard, simplified)), len(reference)


def score_syllables(spoken, heard, simplified, syllables):
    """Counts wrong syllables, tones included: characters that sound alike count as right. The recogniser chose between those."""
    lattices = [chinese_lattice(text, simplified) for text in (spoken, heard)]
    read = [sounded(lattice, syllables) for lattice in lattices]
    return errors([syllable for alternatives in read[0] for syllable in alternatives[0]], read[1])


def sounded(lattice, syllables):
    """The same lattice in pinyin; the first readings are read as one text, since words tell how a character is read."""
    firsts = iter(syllables("".join("".join(alternatives[0]) for alternatives in lattice)))
    return [
        [[next(firsts) for _ in alternatives[0]], *(syllables("".join(other)) for other in alternatives[1:])] for alternatives in lattice
    ]
