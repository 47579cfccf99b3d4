package dev.stentor.speech.neural;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * The telemetry of ONNX Runtime, which is on by default: from 1.29 on the library keeps an identifier of the device in the home folder,
 * and sends events to its maker. It also breaks down with a command line of more than 4,096 bytes. An environment variable of the process
 * switches it off, and must be set before the library is loaded; no start script needs to know that.
 */
final class Telemetry {

    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

    private Telemetry() {}

    /**
     * Switches it off for this process. On Windows there is no such variable: there the library leaves events to the system, which its
     * own setting stops.
     *
     * @throws UnusableVoice if that cannot be done: then the library must not be loaded
     */
    @SuppressWarnings("restricted") // calls into C's library; the gateway is started with that right
    static void switchOff() throws UnusableVoice {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(VARIABLE);
            MemorySegment value = arena.allocateFrom("1");
            if ((int) setenv.invokeExact(name, value, 1) != 0) {
                throw new UnusableVoice("The telemetry of ONNX Runtime cannot be switched off.");
            }
        } catch (UnusableVoice e) {
            throw e;
        } catch (Throwable e) { // declared by every method handle
            throw new UnusableVoice("The telemetry of ONNX Runtime cannot be switched off.", e);
        }
    }
}
