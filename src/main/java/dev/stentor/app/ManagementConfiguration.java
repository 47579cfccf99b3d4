package dev.stentor.app;

import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.server.Http2;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.WebFilter;

/**
 * The configuration of the management port. Registered in {@code META-INF/spring} under the name of its annotation, since that
 * port's context scans for nothing. The gateway's own context finds it too, where the condition is false.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(ManagementConfiguration.OfTheSecondPort.class)
class ManagementConfiguration {

    /**
     * Serves nothing but the endpoints. The dispatcher of this port finds the routes in the parent context as well, and would serve
     * the page and all APIs a second time, without the limits of connections.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter endpointsOnly(WebEndpointProperties endpoints) {
        String base = endpoints.getBasePath();
        if (base.isEmpty()) {
            throw new IllegalArgumentException("management.endpoints.web.base-path must not be /");
        }
        return (exchange, chain) -> {
            String path =
                    exchange.getRequest().getPath().pathWithinApplication().value();
            if (path.equals(base) || path.startsWith(base + "/")) {
                return chain.filter(exchange);
            }
            exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
            return exchange.getResponse().setComplete();
        };
    }

    /** Keeps HTTP/2 away from this port, whose connections have no guards. Last, since Spring Boot copies the gateway's settings. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> http11() {
        return factory -> factory.setHttp2(new Http2());
    }

    /** The condition that a context has a parent. */
    static final class OfTheSecondPort implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var beans = context.getBeanFactory();
            return beans != null && beans.getParentBeanFactory() != null;
        }
    }
}
