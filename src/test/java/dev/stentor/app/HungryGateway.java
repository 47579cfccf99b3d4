package dev.stentor.app;

import dev.stentor.clock.ClockThread;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway that runs out of memory where its standard input says: the program of a child JVM. Confined to the main thread. */
public final class HungryGateway {

    private static final List<ByteBuf> HELD = new ArrayList<>();

    private HungryGateway() {}

    public static void main(String[] arguments) throws Exception {
        ConfigurableApplicationContext gateway = SpringApplication.run(GatewayApplication.class, arguments);
        System.out.println("ready on " + gateway.getEnvironment().getProperty("local.server.port"));
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command) {
                case "clock" -> gateway.getBean(ClockThread.class).execute(HungryGateway::fillTheHeap);
                case "loop" ->
                    gateway.getBean(ServerLoops.class).onServer(true).next().execute(HungryGateway::fillTheHeap);
                case "hold" -> hold();
                case "release" -> HELD.forEach(ByteBuf::release);
                default -> throw new IllegalArgumentException(command);
            }
            System.out.println("done: " + command);
        }
    }

    private static void fillTheHeap() {
        for (Object[] all = {}; ; ) {
            all = new Object[] {all, new long[1 << 20]};
        }
    }

    /** Takes all direct memory that there is. */
    private static void hold() {
        for (int size = 1 << 20; size >= 16; size /= 4) {
            try {
                while (true) {
                    HELD.add(UnpooledByteBufAllocator.DEFAULT.directBuffer(size, size));
                }
            } catch (OutOfMemoryError full) {
                System.out.println("full: " + full.getMessage());
            }
        }
    }
}
