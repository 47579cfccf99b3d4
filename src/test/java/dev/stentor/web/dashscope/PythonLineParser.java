package dev.stentor.web.dashscope;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A parser that reads an answer as the official Python client does: by lines, each {@code data:} line is one event, names are
 * compared exactly, blank lines and comments have no meaning, nothing is read after an error.
 */
final class PythonLineParser {

    private PythonLineParser() {}

    /**
     * One response, as the client returns it.
     *
     * @param status 200, or the status of the last line {@code status:} before an error, 400 without one
     */
    record Response(int status, JsonNode body) {}

    /** Parses an answer; fails where the client would raise a TypeError or report code "Unknown". */
    static List<Response> responses(String answer) {
        List<Response> responses = new ArrayList<>();
        boolean failed = false;
        int status = 400;
        for (String line : answer.lines().toList()) {
            if (line.startsWith("event:")) {
                failed = line.substring("event:".length()).equals("error");
            } else if (line.startsWith("status:")) {
                status = Integer.parseInt(line.substring("status:".length()).trim());
            } else if (line.startsWith("data:")) {
                JsonNode body = JsonMapper.shared().readTree(line.substring("data:".length()));
                if (failed) {
                    responses.add(new Response(status, body));
                    return responses;
                }
                if (!body.path("output").isObject()) {
                    throw new AssertionError("TypeError: a result without output: " + line);
                }
                responses.add(new Response(200, body));
            }
        }
        return responses;
    }
}
