package dev.stentor.web.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The query parameters that filter a list. Unknown parameters are refused by name. Immutable. */
public final class Filters {

    private final MultiValueMap<String, String> values;

    private Filters(MultiValueMap<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the filters of a request. Throws a {@link ProblemException} if a parameter is not in {@code names}, is given twice,
     * or is empty.
     */
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

    /** Returns the value of a filter as text; empty if the filter was not given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.getFirst(name));
    }

    /**
     * Returns the value of a filter as a constant of an enum, ignoring case; throws a {@link ProblemException} for other
     * values.
     */
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

    /** Returns the value of a filter as a boolean; throws a {@link ProblemException} unless it is true or false. */
    public Optional<Boolean> bool(String name) {
        return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw Problem.invalid(name, "The value must be true or false.").exception();
        });
    }
}
