package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavReaderTest {

    private static final double[] VALUES = {0, 0.5, -0.5, 0.25, -1, 0.125};

    @ParameterizedTest
    @EnumSource(SampleCoding.class)
    void everyUsualCodingIsRead(SampleCoding coding) {
        byte[] sound = WavFixture.samples(coding, VALUES);
        assertThat(read(new WavFixture().format(24_000, 1, coding).chunk("data", sound)))
                .containsExactly(0, 0.5f, -0.5f, 0.25f, -1, 0.125f);
        assertThat(read(new WavFixture().extended(24_000, 1, coding).chunk("data", sound)))
                .containsExactly(0, 0.5f, -0.5f, 0.25f, -1, 0.125f);
        assertThat(read(new WavFixture().format(24_000, 2, coding).chunk("data", sound)))
                .containsExactly(0.25f, -0.125f, -0.4375f);
    }

    @Test
    void otherChunksAreSkippedWhereverTheyStand() {
        byte[] sound = WavFixture.samples(SampleCoding.SIGNED_16, VALUES);
        WavFixture file = new WavFixture()
                .chunk("JUNK", new byte[27])
                .chunk("bext", new byte[602])
                .format(24_000, 1, SampleCoding.SIGNED_16)
                .chunk("fact", new byte[4])
                .chunk("LIST", new byte[33])
                .chunk("data", sound)
                .chunk("LIST", WavFixture.samples(SampleCoding.SIGNED_16, 1, 1, 1));
        assertThat(read(file)).hasSize(VALUES.length).endsWith(0.125f);
        assertThat(read(file.form("RF64"))).hasSize(VALUES.length);
    }

    @Test
    void inAFileTheFormatMayStandBehindTheSound(@TempDir Path folder) throws IOException {
        byte[] bytes = new WavFixture()
                .chunk("data", WavFixture.samples(SampleCoding.SIGNED_24, 0.5))
                .format(24_000, 1, SampleCoding.SIGNED_24)
                .bytes();
        Path file = Files.write(folder.resolve("late.wav"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            WavReader reader = WavReader.ofFile(channel, ResamplerPreset.HQ);
            assertThat(channel.position()).isZero();
            assertThat(joined(reader, List.of(ByteBuffer.wrap(bytes)))).containsExactly(0.5f);
        }
        assertUnreadable(bytes, "BrokenWav");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anySplitGivesTheSameSamples(long seed) {
        RandomGenerator random = Splits.random(seed);
        SampleCoding coding = List.of(SampleCoding.UNSIGNED_8, SampleCoding.SIGNED_16, SampleCoding.SIGNED_24)
                .get((int) (seed % 3));
        byte[] bytes = new WavFixture()
                .chunk("LIST", new byte[random.nextInt(40)])
                .format(Resampler.RATES_HZ.get((int) seed - 1), 1 + (int) (seed % 2), coding)
                .chunk("data", Splits.bytes(random, 6_000))
                .bytes();
        assertThat(joined(new WavReader(ResamplerPreset.HQ), Splits.anywhere(random, bytes)))
                .isEqualTo(joined(new WavReader(ResamplerPreset.HQ), List.of(ByteBuffer.wrap(bytes))));
    }

    @ParameterizedTest(name = "{0} Hz")
    @CsvSource({"8000", "11025", "22050", "44100", "48000"})
    void soundOfAnyRateLastsAsLongAsItDid(int rateHz) {
        byte[] second = new byte[2 * rateHz];
        assertThat(read(new WavFixture()
                        .format(rateHz, 1, SampleCoding.SIGNED_16)
                        .chunk("data", second)))
                .hasSize(24_000)
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0xFFFF_FFFFL, 0x7FFF_FFFFL, 0x7FFF_F024L})
    void aStreamThatCannotTellItsSizeEndsWhereItsBytesEnd(long size) {
        byte[] sound = WavFixture.samples(SampleCoding.SIGNED_16, VALUES);
        byte[] bytes = new WavFixture()
                .format(24_000, 1, SampleCoding.SIGNED_16)
                .chunk("data", size, sound)
                .bytes();
        var reader = new WavReader(ResamplerPreset.HQ);
        assertThat(joined(reader, List.of(ByteBuffer.wrap(bytes)))).hasSize(VALUES.length);
        assertThat(reader.faults()).isEqualTo(SoundReader.Faults.NONE);
    }

    @Test
    void aFileThatWasCutShortIsReadAsFarAsItGoesAndSaysSo() {
        byte[] bytes = new WavFixture()
                .format(24_000, 1, SampleCoding.SIGNED_24)
                .chunk("data", 30_000, WavFixture.samples(SampleCoding.SIGNED_24, VALUES))
                .bytes();
        var reader = new WavReader(ResamplerPreset.HQ);
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 2); // within a sample
        assertThat(joined(reader, List.of(ByteBuffer.wrap(cut)))).hasSize(VALUES.length - 1);
        assertThat(reader.faults().truncated()).isTrue();
    }

    @Test
    void aSizeThatIsTooSmallEndsTheSoundThere() {
        byte[] bytes = new WavFixture()
                .format(24_000, 1, SampleCoding.SIGNED_16)
                .chunk("data", 4, WavFixture.samples(SampleCoding.SIGNED_16, VALUES))
                .bytes();
        assertThat(joined(new WavReader(ResamplerPreset.HQ), List.of(ByteBuffer.wrap(bytes))))
                .containsExactly(0, 0.5f);
    }

    @Test
    void whatIsNoNumberBecomesSilenceAndIsCounted() {
        double[] values = {0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e30, -7, 3};
        for (SampleCoding coding : List.of(SampleCoding.FLOAT_32, SampleCoding.FLOAT_64)) {
            byte[] bytes = new WavFixture()
                    .format(24_000, 1, coding)
                    .chunk("data", WavFixture.samples(coding, values))
                    .bytes();
            var reader = new WavReader(ResamplerPreset.HQ);
            assertThat(joined(reader, List.of(ByteBuffer.wrap(bytes)))).containsExactly(0.5f, 0, 0, 0, 4, -4, 3);
            assertThat(reader.faults()).isEqualTo(new SoundReader.Faults(3, 2, false));
        }
    }

    @Test
    void whatCannotBeReadIsRefusedBeforeItsSoundBegins() {
        byte[] sound = new byte[100];
        assertUnreadable(
                new WavFixture()
                        .format(300_000, 1, SampleCoding.SIGNED_16)
                        .chunk("data", sound)
                        .bytes(),
                "UnsupportedRate");
        assertUnreadable(
                new WavFixture()
                        .format(0, 1, SampleCoding.SIGNED_16)
                        .chunk("data", sound)
                        .bytes(),
                "UnsupportedRate");
        assertUnreadable(
                new WavFixture()
                        .format(-1, 1, SampleCoding.SIGNED_16)
                        .chunk("data", sound)
                        .bytes(),
                "UnsupportedRate");
        assertUnreadable(
                new WavFixture()
                        .format(24_000, 0, SampleCoding.SIGNED_16)
                        .chunk("data", sound)
                        .bytes(),
                "UnsupportedChannels");
        assertUnreadable(
                new WavFixture()
                        .format(24_000, 6, SampleCoding.SIGNED_16)
                        .chunk("data", sound)
                        .bytes(),
                "UnsupportedChannels");
        assertUnreadable(
                new WavFixture().format(1, 24_000, 1, 12).chunk("data", sound).bytes(), "UnsupportedCoding");
        assertUnreadable(
                new WavFixture()
                        .format(0x55, 24_000, 1, 16)
                        .chunk("data", sound)
                        .bytes(),
                "UnsupportedCoding");
        assertUnreadable(
                new WavFixture().chunk("fmt ", new byte[7]).chunk("data", sound).bytes(), "BrokenWav");
        assertUnreadable(new WavFixture().chunk("data", sound).bytes(), "BrokenWav");
        assertUnreadable(
                new WavFixture().format(24_000, 1, SampleCoding.SIGNED_16).bytes(), "BrokenWav");
        assertUnreadable(new WavFixture().form("RIFX").chunk("data", sound).bytes(), "NotWav");
        assertUnreadable("no sound at all".getBytes(java.nio.charset.StandardCharsets.UTF_8), "NotWav");
        assertUnreadable(new byte[0], "BrokenWav");
    }

    @Test
    void aHeadThatNeverEndsIsGivenUp() {
        var reader = new WavReader(ResamplerPreset.HQ);
        byte[] head = new WavFixture().chunk("LIST", 0xFFFF_FFF0L, new byte[0]).bytes();
        assertThat(reader.read(ByteBuffer.wrap(head))).isEmpty();
        ByteBuffer megabyte = ByteBuffer.allocate(1 << 20);
        assertThatExceptionOfType(UnreadableSound.class)
                .isThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        assertThat(reader.read(megabyte)).isEmpty();
                    }
                })
                .satisfies(error -> assertThat(error.code()).isEqualTo("BrokenWav"));
    }

    /** Checks that flipped, missing or added bytes give finite sound or a refusal, and never another exception. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void noRubbishBreaksIt(long seed) {
        RandomGenerator random = Splits.random(seed);
        byte[] good = new WavFixture()
                .chunk("LIST", new byte[9])
                .extended(44_100, 2, SampleCoding.FLOAT_32)
                .chunk("data", Splits.bytes(random, 4_000))
                .bytes();
        for (int round = 0; round < 2_000; round++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int n = random.nextInt(6); n > 0 && bad.length > 0; n--) {
                bad[random.nextInt(Math.min(bad.length, 120))] = (byte) random.nextInt();
            }
            try {
                for (float sample : joined(new WavReader(ResamplerPreset.HQ), Splits.anywhere(random, bad))) {
                    assertThat(Math.abs(sample)).isLessThan(20);
                }
            } catch (UnreadableSound refused) {
                assertThat(refused.detail()).isNotEmpty();
            }
        }
    }

    @Test
    void twoChannelsBecomeTheirMeanAtAnotherRateToo() {
        double[] both = new double[2 * 4_800];
        for (int i = 0; i < both.length; i += 2) {
            both[i] = 0.75;
            both[i + 1] = 0.25;
        }
        float[] mono = read(new WavFixture()
                .format(48_000, 2, SampleCoding.SIGNED_16)
                .chunk("data", WavFixture.samples(SampleCoding.SIGNED_16, both)));
        assertThat(mono).hasSize(2_400);
        assertThat(mono[1_200]).isCloseTo(0.5f, within(1e-6f));
    }

    private static void assertUnreadable(byte[] bytes, String code) {
        assertThatExceptionOfType(UnreadableSound.class)
                .isThrownBy(() -> joined(new WavReader(ResamplerPreset.HQ), List.of(ByteBuffer.wrap(bytes))))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    private static float[] read(WavFixture file) {
        return joined(new WavReader(ResamplerPreset.HQ), List.of(ByteBuffer.wrap(file.bytes())));
    }

    private static float[] joined(SoundReader reader, List<ByteBuffer> parts) {
        float[] joined = new float[0];
        for (ByteBuffer part : parts) {
            joined = append(joined, reader.read(part));
        }
        return append(joined, reader.finish());
    }

    private static float[] append(float[] joined, float[] next) {
        float[] longer = Arrays.copyOf(joined, joined.length + next.length);
        System.arraycopy(next, 0, longer, joined.length, next.length);
        return longer;
    }
}
