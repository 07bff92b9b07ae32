package io.alohubsync.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The simulated Alohub as a program: {@code java -jar alohub-simulator.jar}. docs/simulator.md. */
public final class SimulatorProgram {

    private static final String HELP = """
            A simulated Alohub for staging systems: POST /api/crm/lead as Alohub has it. It keeps what it was sent in memory.

              java -jar alohub-simulator.jar [--mode MODE] [PORT [ADDRESS]]

              PORT      default 8090; 0: any that is free
              ADDRESS   default 127.0.0.1; 0.0.0.0 listens on all, also to strangers
              --mode    how it answers until another mode is set: %s
              --help

            It takes the key %s, or those in ALOHUB_SIMULATOR_KEYS (key,key).

              curl -X PUT http://127.0.0.1:8090/simulator/mode -d failing
              curl -X PUT http://127.0.0.1:8090/simulator/behaviour -d '{"status":500,"phone":"800","times":2}'
              curl http://127.0.0.1:8090/simulator/calls
              curl http://127.0.0.1:8090/simulator/leads
            """;

    private SimulatorProgram() {}

    /** What a person has typed. */
    record Wanted(int port, String address, Mode mode) {}

    /** @throws IllegalArgumentException with a sentence for the person who typed it */
    static Wanted wanted(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        Mode mode = Mode.ACCEPTING;
        int at = words.indexOf("--mode");
        if (at >= 0) {
            words.remove(at);
            mode = mode(at < words.size() ? words.remove(at) : "");
        }
        if (words.size() > 2 || words.stream().anyMatch(word -> word.startsWith("-"))) {
            throw new IllegalArgumentException("it takes --mode, a port and an address");
        }
        return new Wanted(
                words.isEmpty() ? 8090 : port(words.getFirst()), words.size() > 1 ? words.get(1) : "127.0.0.1", mode);
    }

    private static Mode mode(String name) {
        try {
            return Mode.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("--mode takes one of " + modes());
        }
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("the port is a number from 0 to 65535");
        }
        return Integer.parseInt(text);
    }

    private static String modes() {
        return Arrays.stream(Mode.values())
                .map(mode -> mode.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    public static void main(String... arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help") || List.of(arguments).contains("-h")) {
            System.out.printf(HELP, modes(), Simulator.KEY);
            return;
        }
        try {
            Wanted wanted = wanted(arguments);
            Simulator simulator = Simulator.start(wanted.address(), wanted.port());
            String keys = System.getenv("ALOHUB_SIMULATOR_KEYS");
            if (keys != null && !keys.isBlank()) {
                simulator.takeKeys(keys.strip().split("\\s*,\\s*"));
            }
            simulator.be(wanted.mode());
            System.out.println("A simulated Alohub listens on " + simulator.url() + " and takes "
                    + (keys == null || keys.isBlank()
                            ? "the key " + Simulator.KEY
                            : "the keys in ALOHUB_SIMULATOR_KEYS"));
        } catch (IllegalArgumentException misuse) {
            System.err.println("alohub-simulator: " + misuse.getMessage() + ". --help says more.");
            System.exit(2);
        } catch (RuntimeException failure) {
            System.err.println(
                    "alohub-simulator: it can't listen there: is the port in use, or the address another machine's?");
            System.exit(1);
        }
        Thread.currentThread().join();
    }
}
