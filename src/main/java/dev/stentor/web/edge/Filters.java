package dev.stentor.web.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The query parameters by which a list is narrowed; what is not known is refused by name. Immutable. */
public final class Filters {

    private final MultiValueMap<String, String> values;

    private Filters(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /** Throws a {@link ProblemException} if there is a parameter of another name, or one twice or empty. */
    public static Filters of(ServerRequest request, List<String> names) {
        request.queryParams().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw Problem.invalid(name, "There is no such filter here; there are " + String.join(", ", names) + ".")
                        .withCode("UnknownFilter")
                        .exception();
            }
            if (values.size() != 1
                    || values.getFirst() == null
                    || values.getFirst().isBlank()) {
                throw Problem.invalid(name, "A filter must be given once, with a value.")
                        .exception();
            }
        });
        return new Filters(request.queryParams());
    }

    /** The value as it is; empty if the filter was not given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.getFirst(name));
    }

    /** The value as one of a kind, in any case. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return text(name)
                .map(text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equalsIgnoreCase(text))
                        .findFirst()
                        .orElseThrow(() -> Problem.invalid(
                                        name,
                                        "The value must be one of "
                                                + Arrays.stream(type.getEnumConstants())
                                                        .map(constant ->
                                                                constant.name().toLowerCase(Locale.ROOT))
                                                        .collect(Collectors.joining(", "))
                                                + ".")
                                .exception()));
    }

    /** The value as true or false. */
    public Optional<Boolean> bool(String name) {
        return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw Problem.invalid(name, "The value must be true or false.").exception();
        });
    }
}
