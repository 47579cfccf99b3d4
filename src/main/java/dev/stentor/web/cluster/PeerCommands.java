package dev.stentor.web.cluster;

import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.relay.SharedChannels;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.RemoteCommands;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of one listener, sent to the node that has its channel as requests of that listener. Thread-safe. */
public final class PeerCommands implements RemoteCommands {

    private static final JsonMapper JSON = new JsonMapper();

    private final SharedChannels channels;
    private final PeerClient client;
    private final ChannelName name;
    private final Sender sender;

    /** @param sender listener whose credential is checked again there, or vouched for if it came with a ticket */
    public PeerCommands(SharedChannels channels, PeerClient client, ChannelName name, Sender sender) {
        this.channels = channels;
        this.client = client;
        this.name = name;
        this.sender = sender;
    }

    @Override
    public Mono<Boolean> isElsewhere() {
        return channels.elsewhere(name)
                .onErrorMap(ChannelException.class, _ -> PeerClient.away())
                .hasElement();
    }

    @Override
    public Mono<String> speak(JsonNode body) {
        return post("/utterances", body).map(answer -> answer.path("id").asString(""));
    }

    @Override
    public Mono<Void> write(String id, String piece) {
        return post("/utterances/" + id + "/text", JSON.createObjectNode().put("text", piece))
                .then();
    }

    @Override
    public Mono<Void> end(String id) {
        return post("/utterances/" + id + "/end", JSON.createObjectNode()).then();
    }

    @Override
    public Mono<Void> clear(JsonNode body) {
        return post("/clear", body).then();
    }

    private Mono<JsonNode> post(String path, JsonNode body) {
        return channels.elsewhere(name)
                .onErrorMap(ChannelException.class, _ -> PeerClient.away())
                .switchIfEmpty(Mono.error(PeerClient::away))
                .flatMap(node -> client.post(node, "/v1/channels/" + name + path, sender, JSON.writeValueAsBytes(body)))
                .map(PeerCommands::read);
    }

    private static JsonNode read(PeerClient.Answer answer) {
        JsonNode body = answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
        HttpStatus status = HttpStatus.resolve(answer.status());
        if (status == null || status.isError()) {
            throw problem(status == null ? HttpStatus.BAD_GATEWAY : status, body);
        }
        return body;
    }

    private static ProblemException problem(HttpStatus status, JsonNode body) {
        Problem problem = Problem.of(
                status,
                body.path("code").asString("Refused"),
                body.path("detail").asString("The node that has this channel refused this."));
        String field = body.path("field").asString("");
        return (field.isEmpty() ? problem : problem.withField(field)).exception();
    }
}
