package dev.stentor.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The entry point of the gateway. */
@SpringBootApplication
public class GatewayApplication {

    private static final String LEAKS_SAMPLED = "io.netty.leakDetection.samplingInterval";

    /**
     * One of so many buffers is watched for being lost. Each that is takes two stack traces, which at Netty's 128 were a hundredth of what a
     * listener that reports costs.
     */
    private static final String SELDOM = "8192";

    /** Runs until the process is told to stop; or makes a key, and ends. */
    public static void main(String[] arguments) {
        System.setProperty(LEAKS_SAMPLED, System.getProperty(LEAKS_SAMPLED, SELDOM));
        KeyCommand.run(arguments, System.out, System.err)
                .ifPresentOrElse(System::exit, () -> SpringApplication.run(GatewayApplication.class, arguments));
    }
}
