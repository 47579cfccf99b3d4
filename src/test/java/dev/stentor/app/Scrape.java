package dev.stentor.app;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus reads from a gateway.
 *
 * @param families names of the metrics, as their type lines have them, with the names of their labels
 * @param samples names of the samples, such as those of buckets, with the names of their labels
 */
record Scrape(Map<String, Set<String>> families, Map<String, Set<String>> samples) {

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) \\S+$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z0-9_]+)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    /** Adds what this text has. */
    static Scrape of(String text) {
        Map<String, Set<String>> samples = new HashMap<>();
        Matcher sample = SAMPLE.matcher(text);
        while (sample.find()) {
            Set<String> labels = samples.computeIfAbsent(sample.group(1), _ -> new TreeSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
            }
        }
        Map<String, Set<String>> families = new TreeMap<>();
        TYPE.matcher(text).results().map(type -> type.group(1)).forEach(family -> {
            Set<String> labels = new TreeSet<>();
            samples.forEach((name, itsLabels) -> {
                if (Set.of(family, family + "_bucket", family + "_count", family + "_sum")
                        .contains(name)) {
                    labels.addAll(itsLabels);
                }
            });
            labels.remove("le");
            families.put(family, labels);
        });
        return new Scrape(families, samples);
    }

    /** Returns the labels that an expression may use of a sample: its own, and those that Prometheus adds. */
    Set<String> usableLabels(String sample) {
        Set<String> labels = new HashSet<>(samples.getOrDefault(sample, Set.of()));
        labels.addAll(Set.of("job", "instance"));
        return labels;
    }
}
