package dev.stentor.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The entry point of the gateway. */
@SpringBootApplication
public class GatewayApplication {

    /** Runs until the process is told to stop; or makes a key, and ends. */
    public static void main(String[] arguments) {
        KeyCommand.run(arguments, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(GatewayApplication.class, arguments));
    }
}
