package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Comparison of the tables in {@code docs/configuration.md} with the records that settings are bound to. */
class ConfigurationPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`gateway\\.[^|]*) \\|");
    private static final Pattern KEY = Pattern.compile("`([^`]*)`");

    @Test
    void thePageHasEveryKeyAndNoOther() throws IOException {
        assertThat(keysOfThePage()).isEqualTo(keysOf("gateway", GatewayProperties.class));
    }

    /**
     * Returns all keys of the page. Keys may share a row: a later one begins with a dot then, and replaces the end of the
     * first.
     */
    private static Set<String> keysOfThePage() throws IOException {
        var keys = new TreeSet<String>();
        Matcher row = ROW.matcher(Files.readString(Path.of("docs/configuration.md")));
        while (row.find()) {
            List<String> names = KEY.matcher(row.group(1))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            String parent = names.getFirst().replaceFirst("\\.[^.]*(\\.\\*)?$", "");
            names.forEach(name -> keys.add(name.startsWith(".") ? parent + name : name));
        }
        return keys;
    }

    private static Set<String> keysOf(String prefix, Class<?> bound) {
        var keys = new TreeSet<String>();
        for (RecordComponent component : bound.getRecordComponents()) {
            String key = prefix + "." + dashed(component.getName());
            Class<?> type = component.getType();
            if (type.isRecord()) {
                keys.addAll(keysOf(key, type));
            } else if (type == List.class && element(component.getGenericType()).isRecord()) {
                keys.addAll(keysOf(key + "[0]", element(component.getGenericType())));
            } else {
                keys.add(type == Map.class ? key + ".*" : key);
            }
        }
        return keys;
    }

    private static Class<?> element(Type list) {
        return Stream.of(((ParameterizedType) list).getActualTypeArguments())
                .<Class<?>>map(Class.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
