package dev.stentor.web.edge;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * A strict reader of request bodies of the gateway's own API: JSON only, up to a size limit, unknown fields refused by name.
 * Every error becomes a {@link ProblemException}. Thread-safe.
 */
public final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private final int maxBytes;
    private final Scheduler work;

    /**
     * Creates a reader.
     *
     * @param maxBytes largest body, in bytes; a larger one is refused
     * @param work scheduler on which bodies are parsed, since a large one would delay an event loop; not owned
     */
    public JsonBody(int maxBytes, Scheduler work) {
        this.maxBytes = maxBytes;
        this.work = work;
    }

    /** Reads the body as a type. The names of its components are in snake case in JSON. */
    public <T> Mono<T> read(ServerRequest request, Class<T> type) {
        return Mono.defer(() -> {
            requireJson(request);
            return BodyBytes.of(request, maxBytes)
                    .onErrorMap(DataBufferLimitException.class, tooLarge -> tooLarge())
                    .publishOn(work)
                    .switchIfEmpty(Mono.error(() -> malformed("The body is empty; JSON is expected.")))
                    .map(bytes -> parse(bytes, type));
        });
    }

    /** Reads the body as a type; returns {@code absent} if the request has no body at all. */
    public <T> Mono<T> readOptional(ServerRequest request, Class<T> type, T absent) {
        boolean nothing = request.headers().contentLength().orElse(-1) == 0
                || (request.headers().contentLength().isEmpty()
                        && request.headers()
                                .header(HttpHeaders.TRANSFER_ENCODING)
                                .isEmpty());
        return nothing ? Mono.just(absent) : read(request, type);
    }

    private static void requireJson(ServerRequest request) {
        if (!ContentType.is(request.headers(), MediaType.APPLICATION_JSON)) {
            throw Problem.of(
                            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                            "UnsupportedMediaType",
                            "The body must be JSON; send Content-Type: application/json.")
                    .exception();
        }
    }

    /** Parses JSON that did not come as a whole body, such as one line of it; throws a {@link ProblemException} for any error. */
    public static <T> T parse(byte[] bytes, Class<T> type) {
        try {
            T value = MAPPER.readValue(bytes, type);
            if (value == null) {
                throw malformed("The body is null; a JSON object is expected.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw Problem.invalid(e.getPropertyName(), "There is no such field here.")
                    .withCode("UnknownField")
                    .exception();
        } catch (InputCoercionException e) {
            throw tooLarge(e);
        } catch (StreamReadException e) {
            throw malformed("The body is not JSON: see line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        } catch (DatabindException e) {
            throw wrongType(e);
        } catch (JacksonException e) {
            throw malformed("The body is not JSON.");
        }
    }

    private static ProblemException tooLarge(InputCoercionException e) {
        JsonParser parser = e.processor();
        String field = parser == null ? null : parser.currentName();
        return field == null
                ? malformed("A number in the body is too large.")
                : Problem.invalid(field, "The number is too large.").exception();
    }

    private static ProblemException wrongType(DatabindException e) {
        if (e.getPath().isEmpty()) {
            return malformed("The body must be a JSON object.");
        }
        String field = e.getPath().getLast().getPropertyName();
        return field == null
                ? malformed("A value has the wrong type.")
                : Problem.invalid(field, "The value has the wrong type.").exception();
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, "MalformedBody", detail).exception();
    }

    private ProblemException tooLarge() {
        return Problem.of(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "BodyTooLarge",
                        "The body is larger than " + maxBytes + " bytes, which is all that is taken.")
                .exception();
    }
}
