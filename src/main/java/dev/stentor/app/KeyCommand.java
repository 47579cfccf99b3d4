package dev.stentor.app;

import dev.stentor.access.NewKey;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;

/** The command that makes an API key: {@code --new-key=NAME}. It starts no gateway. */
final class KeyCommand {

    private static final String OPTION = "--new-key=";

    private KeyCommand() {}

    /** Makes a key if the arguments ask for it. Returns the exit code then; empty if the gateway is to start. */
    static Optional<Integer> run(String[] arguments, PrintStream out, PrintStream error) {
        return Arrays.stream(arguments)
                .filter(argument -> argument.startsWith(OPTION))
                .map(argument -> argument.substring(OPTION.length()))
                .findFirst()
                .map(name -> make(name, out, error));
    }

    private static int make(String name, PrintStream out, PrintStream error) {
        try {
            NewKey made = NewKey.named(name);
            out.println("The key, which is shown only now. Give it to the caller:");
            out.println();
            out.println("  " + made.key());
            out.println();
            out.println(
                    "Its line, for gateway.access.keys[0] or the file of gateway.access.key-file. Take rights away, or name channels:");
            out.println();
            out.println("  " + made.line());
            return 0;
        } catch (IllegalArgumentException wrong) {
            error.println(wrong.getMessage());
            return 2;
        }
    }
}
