package dev.stentor.app;

import dev.stentor.access.Access;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The log lines at start: address of the page, engine, transport, and who may connect. */
@Component
class StartNotice {

    private static final Logger LOG = LoggerFactory.getLogger(StartNotice.class);

    private final Engine engine;
    private final ServerLoops loops;
    private final Access access;
    private final BoundAddress bound;

    StartNotice(Engine engine, ServerLoops loops, Access access, @Value("${server.address}") String address) {
        this.access = access;
        this.engine = engine;
        this.loops = loops;
        this.bound = new BoundAddress(address);
    }

    @EventListener
    void started(WebServerInitializedEvent event) throws UnknownHostException {
        int port = event.getWebServer().getPort();
        if ("management".equals(event.getApplicationContext().getServerNamespace())) {
            LOG.info("Health and metrics: http://localhost:{}/actuator", port);
            return;
        }
        LOG.info("Stentor speaks with {}. Open http://localhost:{}/ and press Start.", engine.description(), port);
        LOG.info("Connections are carried by {}.", loops.description());
        if (!access.isOpen()) {
            LOG.info("Callers need a key, a token or a ticket, unless gateway.access.anonymous allows it.");
        } else if (bound.isLoopback()) {
            LOG.info("Only this machine may connect: there are no access rules. Keys and server.address open it.");
        } else {
            LOG.warn(
                    "Bound to {}: everybody who reaches this address may speak and listen, there are no access rules.",
                    bound);
        }
    }
}
