package dev.stentor.web.cluster;

import dev.stentor.broadcast.ListenerStatus;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The form in which nodes tell each other the figures of their listeners. */
final class ListenerList {

    private static final JsonMapper JSON = new JsonMapper();

    private ListenerList() {}

    static byte[] of(List<ListenerStatus> listeners) {
        return JSON.writeValueAsBytes(listeners);
    }

    /** Reads what a node wrote; throws {@link JacksonException} if it is of another form. */
    static List<ListenerStatus> read(byte[] bytes) {
        return JSON.readValue(bytes, new TypeReference<List<ListenerStatus>>() {});
    }
}
