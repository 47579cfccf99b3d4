package dev.stentor.app;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings bound as Spring Boot binds them, and the engine that they choose. */
final class Bound {

    private Bound() {}

    /** Binds the settings; unknown keys are refused, and absent ones have their defaults. */
    static GatewayProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(
                        "gateway",
                        Bindable.of(GatewayProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }

    /** Creates the engine that the settings choose, closes it, and returns its description. */
    static String engine(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.putIfAbsent("gateway.natural.use", "never"); // whatever lies in the folder
        try (Engine engine = Engine.of(bind(all), Identifiers::requestId)) {
            return engine.description();
        }
    }
}
