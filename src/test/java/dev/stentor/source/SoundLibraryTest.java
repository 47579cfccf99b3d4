package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.UnreadableSound;
import dev.stentor.mix.Input;
import dev.stentor.source.SourceException.Refusal;
import dev.stentor.source.StoredSound.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class SoundLibraryTest {

    @TempDir
    private Path home;

    private Path folder;
    private SoundLibrary library;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectories(home.resolve("sounds"));
        library = library(Duration.ofSeconds(60));
    }

    @Test
    void aFileOfTheFolderIsReadOnceAndShared() throws IOException {
        Files.write(folder.resolve("count.wav"), Wavs.counting(4_800));
        StoredSound sound = get(library.load(new SoundName("count.wav")));
        assertThat(sound.origin()).isEqualTo(Origin.FILE);
        assertThat(sound.length()).isEqualTo(Duration.ofMillis(200));
        assertThat(get(library.load(new SoundName("count.wav")))).isSameAs(sound);
        assertThat(library.samplesHeld()).isEqualTo(4_800);
        float[] frame = new float[480];
        assertThat(sound.sound().once().read(frame)).isEqualTo(Input.Given.SOUND);
        assertThat(frame[0]).isEqualTo(1 / 32_768f);
        assertThat(frame[479]).isEqualTo(480 / 32_768f);
    }

    @Test
    void aFileThatHasChangedIsReadAgain() throws IOException {
        Files.write(folder.resolve("a.wav"), Wavs.counting(100));
        assertThat(get(library.load(new SoundName("a.wav"))).sound().length()).isEqualTo(100);
        Files.write(folder.resolve("a.wav"), Wavs.counting(200));
        assertThat(get(library.load(new SoundName("a.wav"))).sound().length()).isEqualTo(200);
    }

    @Test
    void aLoopBeginsAtItsBeginningAndComesRoundEarlierByItsSeam() throws IOException {
        Files.write(folder.resolve("a.wav"), Wavs.counting(24_000));
        Input loop = get(library.load(new SoundName("a.wav"))).loop().input(() -> true);
        float[] frame = new float[480];
        float[] once = new float[24_000 + 18_000];
        for (int at = 0; at + 480 <= once.length; at += 480) {
            assertThat(loop.read(frame)).isEqualTo(Input.Given.SOUND);
            System.arraycopy(frame, 0, once, at, 480);
        }
        float[] file = new float[24_000];
        Input plain = get(library.load(new SoundName("a.wav"))).sound().once();
        for (int at = 0; at < 18_000; at += 480) {
            var _ = plain.read(frame);
            System.arraycopy(frame, 0, file, at, Math.min(480, 24_000 - at));
        }
        assertThat(Arrays.copyOf(once, 18_000)).isEqualTo(Arrays.copyOf(file, 18_000)); // all before the seam
        assertThat(Arrays.copyOfRange(once, 24_000, 30_000)).isEqualTo(Arrays.copyOfRange(file, 6_000, 12_000));
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        Path secret = Files.write(home.resolve("secret.wav"), Wavs.counting(10));
        Files.createSymbolicLink(folder.resolve("out.wav"), secret);
        Files.createSymbolicLink(folder.resolve("up"), home);
        Files.createDirectories(folder.resolve("below"));
        Files.write(folder.resolve("real.wav"), Wavs.counting(10));
        Files.createSymbolicLink(folder.resolve("in.wav"), folder.resolve("real.wav"));
        for (String name : List.of("out.wav", "up", "below", "gone.wav")) {
            assertRefused(Refusal.UNKNOWN, library.load(new SoundName(name)));
        }
        assertThat(get(library.load(new SoundName("in.wav"))).sound().length()).isEqualTo(10);
        assertThat(SoundName.isValid("../secret.wav")).isFalse();
        assertThat(SoundName.isValid("..")).isFalse();
        assertThat(SoundName.isValid("below/x.wav")).isFalse();
        assertThat(SoundName.isValid("/etc/passwd")).isFalse();
        assertThat(SoundName.isValid("a\\b")).isFalse();
        assertThat(SoundName.isValid("")).isFalse();
        assertThat(get(library.list()))
                .extracting(listed -> listed.name().value())
                .containsExactly("demo-bed", "demo-chime", "in.wav", "real.wav");
    }

    @Test
    void whatCannotBeReadSaysWhatIsTaken() throws IOException {
        Files.write(folder.resolve("a.mp3"), "ID3 and then some of it".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("a.flac"), "fLaC and then some of it".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("empty.wav"), new byte[0]);
        Files.write(folder.resolve("cut.wav"), Arrays.copyOf(Wavs.counting(1_000), 20));
        Files.write(folder.resolve("silent.wav"), Wavs.counting(0));
        assertUnreadable("MP3", "a.mp3");
        assertUnreadable("FLAC", "a.flac");
        assertUnreadable("WAV and Ogg-Opus are taken", "empty.wav");
        assertUnreadable("ends before its sound begins", "cut.wav");
        assertUnreadable("no sound in the file", "silent.wav");
    }

    @Test
    void aFileThatWasCutShortIsPlayedAsFarAsItGoes() throws IOException {
        Files.write(folder.resolve("cut.wav"), Arrays.copyOf(Wavs.counting(1_000), 44 + 501));
        StoredSound sound = get(library.load(new SoundName("cut.wav")));
        assertThat(sound.sound().length()).isEqualTo(250);
        assertThat(sound.faults().truncated()).isTrue();
    }

    @Test
    void whatIsTooLongOrTooLargeIsRefusedWithoutBeingHeld() throws IOException {
        Files.write(folder.resolve("long.wav"), Wavs.counting(24_000 * 18));
        Files.write(folder.resolve("large.wav"), Wavs.counting(24_000 * 25));
        assertRefused(Refusal.TOO_MUCH, library.load(new SoundName("long.wav")));
        assertRefused(Refusal.TOO_MUCH, library.load(new SoundName("large.wav")));
        assertThat(library.samplesHeld()).isZero();
    }

    @Test
    void memoryIsBounded() throws IOException {
        library = library(Duration.ofSeconds(2));
        for (String name : List.of("a", "b", "c")) {
            Files.write(folder.resolve(name), Wavs.counting(24_000));
        }
        StoredSound first = get(library.load(new SoundName("a")));
        StoredSound second = get(library.load(new SoundName("b")));
        assertThat(get(library.load(new SoundName("a")))).isSameAs(first);
        var _ = get(library.load(new SoundName("c"))); // b was not asked for the longest
        assertThat(library.samplesHeld()).isEqualTo(48_000);
        assertThat(get(library.load(new SoundName("a")))).isSameAs(first);
        assertThat(get(library.load(new SoundName("b")))).isNotSameAs(second);
    }

    /** Checks a request after the first load gave its value, but before it is over: it must not get an evicted sound. */
    @Test
    void aSoundThatGaveWayIsReadAgainAlsoBeforeItsFirstLoadIsOver() throws IOException {
        library = library(Duration.ofSeconds(2), Schedulers.immediate());
        for (String name : List.of("a", "b", "c")) {
            Files.write(folder.resolve(name), Wavs.counting(24_000));
        }
        List<StoredSound> loaded = get(library.load(new SoundName("a"))
                .flatMap(first -> library.load(new SoundName("b"))
                        .then(library.load(new SoundName("c")))
                        .then(library.load(new SoundName("a")))
                        .map(again -> List.of(first, again))));
        assertThat(loaded.getLast()).isNotSameAs(loaded.getFirst());
    }

    @Test
    void uploadsAreKeptReplacedCountedAndDeleted() throws IOException {
        Path file = Files.write(home.resolve("up.tmp"), Wavs.counting(480));
        Path longer = Files.write(home.resolve("up2.tmp"), Wavs.counting(960));
        SoundName name = new SoundName("mine.wav");
        assertThat(get(library.upload(name, file)).origin()).isEqualTo(Origin.UPLOAD);
        assertThat(get(library.load(name)).sound().length()).isEqualTo(480);
        assertThat(get(library.upload(name, longer)).sound().length()).isEqualTo(960);
        assertThat(get(library.load(name)).sound().length()).isEqualTo(960);
        var _ = get(library.upload(new SoundName("two.wav"), file));
        assertRefused(Refusal.TOO_MUCH, library.upload(new SoundName("three.wav"), file));
        library.delete(name).block();
        assertRefused(Refusal.UNKNOWN, library.load(name));
        assertRefused(Refusal.UNKNOWN, library.delete(name));
        try (var left = Files.list(home.resolve("uploads"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("two.wav");
        }
    }

    @Test
    void whatWasNotUploadedStays() throws IOException {
        Files.write(folder.resolve("house.wav"), Wavs.counting(480));
        Path file = Files.write(home.resolve("up.tmp"), Wavs.counting(480));
        for (String name : List.of("house.wav", "demo-bed")) {
            assertRefused(Refusal.TAKEN, library.upload(new SoundName(name), file));
            assertRefused(Refusal.TAKEN, library.delete(new SoundName(name)));
        }
        assertThat(home.resolve("uploads")).doesNotExist();
    }

    @Test
    void anUploadThatCannotBeReadIsNotKept() throws IOException {
        Path file = Files.write(home.resolve("up.tmp"), new byte[100]);
        assertThatExceptionOfType(UnreadableSound.class)
                .isThrownBy(() -> library.upload(new SoundName("x"), file).block());
        assertThat(home.resolve("uploads")).doesNotExist();
    }

    /** Checks the seam too: the step from the bed's end to its beginning is not larger than the largest one within it. */
    @Test
    void ourOwnBedLoopsWithoutAClickAndIsFarFromFullScale() {
        Input bed = get(library.load(DemoSounds.BED)).loop().input(() -> true);
        float[] frame = new float[480];
        float before = Float.NaN;
        double step = 0;
        double peak = 0;
        for (int n = 0; n < 2 * 16 * 50; n++) {
            assertThat(bed.read(frame)).isEqualTo(Input.Given.SOUND);
            for (float sample : frame) {
                peak = Math.max(peak, Math.abs(sample));
                step = Float.isNaN(before) ? 0 : Math.max(step, Math.abs(sample - before));
                before = sample;
            }
        }
        assertThat(peak).isBetween(0.1, 0.7);
        assertThat(step).isLessThan(0.08);
        assertThat(get(library.load(DemoSounds.BED)).sound().loudnessLufs()).isBetween(-30.0, -10.0);
    }

    private SoundLibrary library(Duration memory) {
        return library(memory, Schedulers.boundedElastic());
    }

    private SoundLibrary library(Duration memory, Scheduler files) {
        return new SoundLibrary(
                new SoundSettings(
                        folder,
                        home.resolve("uploads"),
                        1_000_000,
                        Duration.ofSeconds(17),
                        2,
                        memory,
                        ResamplerPreset.HQ),
                files);
    }

    private void assertUnreadable(String words, String name) {
        assertThatExceptionOfType(UnreadableSound.class)
                .isThrownBy(() -> get(library.load(new SoundName(name))))
                .withMessageContaining(words);
    }

    private static void assertRefused(Refusal refusal, Mono<?> answer) {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(answer::block)
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static <T> T get(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(Duration.ofSeconds(20)));
    }
}
