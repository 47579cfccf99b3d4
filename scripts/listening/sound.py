"""What can be measured of speech: pitch, level, silence at its ends; and its picture."""

import numpy as np

RATE = 24_000
STEP = RATE // 50
WINDOW = RATE // 20
SILENCE = 0.01
LOWEST_HZ, HIGHEST_HZ = 70, 420


def samples(pcm):
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768


def pitch(sound):
    """The pitch every 20 ms in Hz, by autocorrelation; not a number where there is no voice."""
    track = []
    for at in range(0, len(sound) - WINDOW, STEP):
        part = sound[at : at + WINDOW] - np.mean(sound[at : at + WINDOW])
        energy = float(np.dot(part, part))
        if energy / WINDOW < SILENCE**2:
            track.append(np.nan)
            continue
        likeness = np.correlate(part, part, "full")[WINDOW - 1 :] / energy
        low, high = RATE // HIGHEST_HZ, RATE // LOWEST_HZ
        best = low + int(np.argmax(likeness[low:high]))
        track.append(RATE / best if likeness[best] > 0.5 else np.nan)
    return np.array(track)


def silence(sound):
    """Milliseconds of silence before and behind the speech."""
    loud = np.flatnonzero(np.abs(sound) >= SILENCE)
    if not len(loud):
        return len(sound) * 1000 // RATE, 0
    return loud[0] * 1000 // RATE, (len(sound) - 1 - loud[-1]) * 1000 // RATE


def level(sound):
    """The level of the spoken parts, in dB of full scale."""
    loud = sound[np.abs(sound) >= SILENCE]
    return 20 * np.log10(np.sqrt(np.mean(loud**2))) if len(loud) else -np.inf


def picture(path, title, voices):
    """Draws the spectrum of one sentence for each voice, and its pitch on top. The axes have one scale."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    longest = max(len(sound) for _, sound in voices) / RATE
    figure, axes = pyplot.subplots(len(voices), 1, figsize=(9, 1.7 * len(voices) + 0.7), sharex=True, squeeze=False)
    for axis, (name, sound) in zip(axes[:, 0], voices):
        # A little noise, since digital silence has no logarithm.
        axis.specgram(sound + np.random.default_rng(1).normal(0, 1e-6, len(sound)), NFFT=512, Fs=RATE, noverlap=256, cmap="magma", vmin=-130, vmax=-40)
        axis.set_ylim(0, 8000)
        axis.set_xlim(0, longest)
        axis.set_yticks([0, 4000, 8000], ["0", "4", "8 kHz"])
        axis.set_title(name, fontsize=9, loc="left", pad=3)
        over = axis.twinx()
        track = pitch(sound)
        over.plot(np.arange(len(track)) * STEP / RATE + WINDOW / 2 / RATE, track, ".", color="#7fffd4", markersize=2.5)
        over.set_ylim(0, 500)
        over.set_yticks([100, 200, 300, 400], ["100", "200", "300", "400 Hz"], fontsize=7)
    axes[-1, 0].set_xlabel("seconds")
    figure.suptitle(title, fontsize=10)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=75)
    pyplot.close(figure)
    from PIL import Image

    Image.open(path).convert("RGB").quantize(48, dither=Image.Dither.NONE).save(path, optimize=True)
