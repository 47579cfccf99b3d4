package dev.stentor.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The entry point of the gateway. */
@SpringBootApplication
public class GatewayApplication {

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) {
        SpringApplication.run(GatewayApplication.class, arguments);
    }
}
