package dev.stentor.speech.neural;

import ai.onnxruntime.OrtException;
import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.Language;
import dev.stentor.speech.phonemes.LanguageRun;
import dev.stentor.speech.phonemes.LanguageRuns;
import dev.stentor.speech.phonemes.ReadText;
import dev.stentor.speech.sentences.SentenceSound;
import dev.stentor.speech.sentences.SentenceVoice;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that speaks: the front ends, the graph, and the tables of the voices. Thread-safe, but for {@link #close}.
 */
final class Narrator implements AutoCloseable {

    /** Pauses behind a segment, by its last sign, and between languages. */
    private static final int SENTENCE_PAUSE = (int) SpeechTime.samples(320);

    private static final int CLAUSE_PAUSE = (int) SpeechTime.samples(140);
    private static final int WORD_PAUSE = (int) SpeechTime.samples(50);

    private static final String CLAUSE_ENDS = ",;:—–，；：、";
    private static final String CLOSING = "\"'”’)]）」』";

    private final FrontEnds frontEnds;
    private final Vocabulary vocabulary;
    private final Map<String, StyleTable> styles;
    private final SpeechGraph graph;

    /** @param styles the tables by the names of the voices */
    Narrator(FrontEnds frontEnds, Vocabulary vocabulary, Map<String, StyleTable> styles, SpeechGraph graph) {
        this.frontEnds = frontEnds;
        this.vocabulary = vocabulary;
        this.styles = Map.copyOf(styles);
        this.graph = graph;
    }

    /**
     * Returns a voice for one text.
     *
     * @param asked language of what could be either; null if the text decides
     * @param speed how many times faster than the voice's own speed
     */
    SentenceVoice voice(Cast cast, @Nullable Language asked, double speed) {
        return (sentence, goesOn) -> speak(sentence, goesOn, cast, asked, speed);
    }

    /** Frees the graph. No call may be under way. */
    @Override
    public void close() throws UnusableVoice {
        graph.close();
    }

    private SentenceSound speak(String sentence, boolean goesOn, Cast cast, @Nullable Language asked, double speed)
            throws OrtException {
        var sound = new SpokenSound();
        var words = new WordTimes();
        List<LanguageRun> runs = LanguageRuns.of(sentence, asked);
        int from = 0;
        for (int n = 0; n < runs.size(); n++) {
            LanguageRun run = runs.get(n);
            NeuralVoice voice = cast.of(run.language());
            ReadText read = frontEnds.read(voice.accent(), run.text());
            for (SymbolNumbers part :
                    vocabulary.numbers(ended(read.symbols(), n == runs.size() - 1 && !goesOn ? "." : ","))) {
                sound.pause(scaled(WORD_PAUSE, speed));
                GraphSound made = speak(graph, styles, voice.name(), part.numbers(), speed);
                SpokenSound.Added added = sound.add(made.samples());
                if (made.durations().size() == part.numbers().length + 2) {
                    words.add(read.words(), from, part, new SymbolTimes(made.durations()), added);
                }
            }
            from += run.text().length();
        }
        sound.pause(scaled(goesOn ? WORD_PAUSE : pauseBehind(sentence), speed));
        return new SentenceSound(ByteBuffer.wrap(sound.bytes()), words.words());
    }

    /** Has a graph speak one part in a voice. */
    static GraphSound speak(SpeechGraph graph, Map<String, StyleTable> styles, String voice, long[] part, double speed)
            throws OrtException {
        StyleTable style = styles.get(voice);
        if (style == null) {
            throw new IllegalStateException("There is no table of the voice " + voice);
        }
        return graph.speak(part, style.row(part.length), (float) speed);
    }

    /** Ends symbols with a sign, which shapes the melody: a part without one is cut off. Symbols without a sound stay empty. */
    private static String ended(String symbols, String sign) {
        String stripped = symbols.stripTrailing();
        if (stripped.codePoints().noneMatch(Character::isLetter)) {
            return "";
        }
        boolean isEnded = ".!?…,;:—".indexOf(stripped.charAt(stripped.length() - 1)) >= 0;
        return isEnded ? stripped : stripped + sign;
    }

    private static int pauseBehind(String text) {
        int last = text.length() - 1;
        while (last > 0 && (CLOSING.indexOf(text.charAt(last)) >= 0 || Character.isWhitespace(text.charAt(last)))) {
            last--;
        }
        boolean isClause = last >= 0 && CLAUSE_ENDS.indexOf(text.charAt(last)) >= 0;
        return isClause ? CLAUSE_PAUSE : SENTENCE_PAUSE;
    }

    private static int scaled(int samples, double speed) {
        return (int) (samples / speed);
    }
}
