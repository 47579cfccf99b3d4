package dev.stentor.testing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.random.RandomGenerator;

/**
 * A fuzz test of the ordinary build, for a fuzzer that looks at which code an input reaches. {@code -Dstentor.fuzz.target=CLASS#METHOD} says
 * which one; see {@code scripts/fuzz.sh}.
 */
public final class JazzerTarget {

    private static final String[] TARGET =
            System.getProperty("stentor.fuzz.target", "").split("#");

    private JazzerTarget() {}

    /** Runs one round, whose random numbers are the fuzzer's input. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        RandomGenerator chosen = data::consumeLong;
        Fuzz.with(chosen, JazzerTarget::runTest);
    }

    private static void runTest() {
        try {
            Class<?> type = Class.forName(TARGET[0]);
            Constructor<?> constructor = type.getDeclaredConstructor();
            Method test = type.getDeclaredMethod(TARGET[1]);
            constructor.setAccessible(true);
            test.setAccessible(true);
            test.invoke(constructor.newInstance());
        } catch (InvocationTargetException failed) {
            throw new AssertionError(failed.getCause());
        } catch (ReflectiveOperationException wrong) {
            throw new IllegalArgumentException("-Dstentor.fuzz.target is CLASS#METHOD of a fuzz test", wrong);
        }
    }
}
