package dev.stentor.web.cluster;

import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The form in which nodes ask each other what they have counted. Reading throws {@link JacksonException} if it is of another form. */
final class UsageForm {

    /** The address of the question. */
    static final String PATH = "/v1/cluster/usage";

    /** The parameter that holds the question. */
    static final String QUERY = "query";

    private static final JsonMapper JSON = new JsonMapper();

    private UsageForm() {}

    /** Returns path and query of a question. */
    static String address(UsageQuery query) {
        return PATH + "?" + QUERY + "=" + URLEncoder.encode(JSON.writeValueAsString(query), StandardCharsets.UTF_8);
    }

    static UsageQuery question(String text) {
        return JSON.readValue(text, UsageQuery.class);
    }

    static byte[] answer(List<UsageRow> rows) {
        return JSON.writeValueAsBytes(rows);
    }

    static List<UsageRow> rows(byte[] answer) {
        return JSON.readValue(answer, new TypeReference<List<UsageRow>>() {});
    }
}
