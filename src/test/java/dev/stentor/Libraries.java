package dev.stentor;

import java.util.List;
import java.util.Map;

/** The libraries that {@link ArchitectureTest} speaks of, by their packages. */
final class Libraries {

    /** The packages of each library. */
    private static final Map<String, List<String>> PACKAGES = Map.ofEntries(
            Map.entry("java-flac-encoder", List.of("net.sourceforge.javaflacencoder")),
            Map.entry("jump3r", List.of("de.sciss.jump3r")),
            Map.entry("Concentus", List.of("io.github.jaredmdobson.concentus")),
            Map.entry("HanLP", List.of("com.hankcs.hanlp")),
            Map.entry("Jackson", List.of("tools.jackson", "com.fasterxml.jackson.annotation")),
            Map.entry("Lettuce", List.of("io.lettuce.core")),
            Map.entry("MaryTTS", List.of("marytts")),
            Map.entry("Micrometer", List.of("io.micrometer.core", "io.micrometer.observation")),
            Map.entry("Netty", List.of("io.netty")),
            Map.entry("Nimbus JOSE", List.of("com.nimbusds")),
            Map.entry("ONNX Runtime", List.of("ai.onnxruntime")),
            Map.entry("OpenTelemetry", List.of("io.opentelemetry")),
            Map.entry("Reactor", List.of("reactor.core", "reactor.util", "org.reactivestreams")),
            Map.entry("Reactor Netty", List.of("reactor.netty")),
            Map.entry("Reactor Pool", List.of("reactor.pool")),
            Map.entry("Resilience4j", List.of("io.github.resilience4j")),
            Map.entry("SLF4J", List.of("org.slf4j")),
            Map.entry("Spring", List.of("org.springframework")),
            Map.entry("Spring Security", List.of("org.springframework.security")),
            Map.entry("W3C DOM", List.of("org.w3c.dom")));

    private Libraries() {}

    /** Tells whether a type is of a library, both by name. */
    static boolean isOf(String library, String type) {
        return PACKAGES.getOrDefault(library, List.of()).stream().anyMatch(type::startsWith);
    }
}
