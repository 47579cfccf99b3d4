package dev.stentor.audio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Resamplers of other projects, to be measured beside ours; missing ones are left out. */
@SuppressWarnings("restricted") // speexdsp is called where it lies
final class OtherResamplers {

    private static final String SPEEX = "libspeexdsp.so.1";

    private OtherResamplers() {}

    static Map<String, SteppedSine.Conversion> installed() {
        Map<String, SteppedSine.Conversion> found = new LinkedHashMap<>();
        if (runs("ffmpeg", "-version")) {
            found.put("soxr, 28 bits (ffmpeg)", OtherResamplers::ffmpeg);
        }
        if (runs("sox", "--version")) {
            found.put("sox rate -v", OtherResamplers::sox);
        }
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(SPEEX, arena);
            found.put("speexdsp, quality 10", (in, out, sound) -> speex(in, out, sound, 10));
            found.put("speexdsp, quality 5", (in, out, sound) -> speex(in, out, sound, 5));
        } catch (IllegalArgumentException _) {
            // not installed
        }
        found.put("Java Sound", OtherResamplers::javaSound);
        return found;
    }

    private static float[] ffmpeg(int inHz, int outHz, float[] sound) throws IOException {
        return piped(
                sound,
                List.of(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-f",
                        "f32le",
                        "-ar",
                        "" + inHz,
                        "-ac",
                        "1",
                        "-i",
                        "IN",
                        "-af",
                        "aresample=" + outHz + ":resampler=soxr:precision=28:osf=flt",
                        "-f",
                        "f32le",
                        "-y",
                        "OUT"));
    }

    private static float[] sox(int inHz, int outHz, float[] sound) throws IOException {
        return piped(
                sound,
                List.of(
                        "sox",
                        "-V1",
                        "-D",
                        "-t",
                        "raw",
                        "-r",
                        "" + inHz,
                        "-e",
                        "float",
                        "-b",
                        "32",
                        "-c",
                        "1",
                        "IN",
                        "-t",
                        "raw",
                        "-e",
                        "float",
                        "-b",
                        "32",
                        "OUT",
                        "rate",
                        "-v",
                        "" + outHz));
    }

    private static float[] piped(float[] sound, List<String> command) throws IOException {
        Path in = Files.createTempFile("sound", ".raw");
        Path out = Files.createTempFile("sound", ".raw");
        try {
            ByteBuffer bytes = ByteBuffer.allocate(4 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(sound);
            Files.write(in, bytes.array());
            List<String> line = command.stream()
                    .map(word -> word.equals("IN") ? in.toString() : word.equals("OUT") ? out.toString() : word)
                    .toList();
            Process process = new ProcessBuilder(line).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IOException(line.getFirst() + " failed");
            }
            ByteBuffer result = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
            float[] samples = new float[result.remaining() / 4];
            result.asFloatBuffer().get(samples);
            return samples;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    private static float[] speex(int inHz, int outHz, float[] sound, int quality) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(SPEEX, arena);
            var word = ValueLayout.JAVA_INT;
            var address = ValueLayout.ADDRESS;
            MethodHandle init = function(
                    library, "speex_resampler_init", FunctionDescriptor.of(address, word, word, word, word, address));
            MethodHandle process = function(
                    library,
                    "speex_resampler_process_float",
                    FunctionDescriptor.of(word, address, word, address, address, address, address));
            MethodHandle destroy = function(library, "speex_resampler_destroy", FunctionDescriptor.ofVoid(address));
            MemorySegment error = arena.allocate(word);
            var state = (MemorySegment) init.invokeExact(1, inHz, outHz, quality, error);
            MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_FLOAT, sound);
            int room = (int) ((long) sound.length * outHz / inHz + 1_000);
            MemorySegment out = arena.allocate(ValueLayout.JAVA_FLOAT, room);
            MemorySegment inCount = arena.allocateFrom(word, sound.length);
            MemorySegment outCount = arena.allocateFrom(word, room);
            int code = (int) process.invokeExact(state, 0, in, inCount, out, outCount);
            destroy.invokeExact(state);
            if (code != 0 || error.get(word, 0) != 0) {
                throw new IOException("speexdsp failed: " + code);
            }
            float[] samples = out.toArray(ValueLayout.JAVA_FLOAT);
            return Arrays.copyOf(samples, (int) ((long) sound.length * outHz / inHz)); // the last of it is silence
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), shape);
    }

    /** Resamples with Java Sound, which takes 16 bits only. */
    private static float[] javaSound(int inHz, int outHz, float[] sound) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : sound) {
            bytes.putShort((short) Math.round(sample * 32_767));
        }
        var from = new AudioInputStream(
                new java.io.ByteArrayInputStream(bytes.array()),
                new AudioFormat(inHz, 16, 1, true, false),
                sound.length);
        try (AudioInputStream to = AudioSystem.getAudioInputStream(new AudioFormat(outHz, 16, 1, true, false), from)) {
            ByteBuffer result = ByteBuffer.wrap(to.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            float[] samples = new float[(int) ((long) sound.length * outHz / inHz)];
            for (int i = 0; result.remaining() >= 2 && i < samples.length; i++) {
                samples[i] = result.getShort() / 32_767f;
            }
            return samples;
        }
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException | InterruptedException _) {
            return false;
        }
    }
}
