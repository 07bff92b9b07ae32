package io.alohubsync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What is wrong with Quarkus' own settings of ports and connections: one sentence each, which names
 * the setting and the remedy.
 */
final class QuarkusCheck {

    /** With fewer the migration waits for a connection that it holds itself. */
    private static final int LEAST_CONNECTIONS = 3;

    private static final int HIGHEST_PORT = 65_535;
    private static final String CONNECTIONS = "quarkus.datasource.jdbc.max-size";
    private static final String PORT = "quarkus.http.port";
    private static final String MANAGEMENT_PORT = "quarkus.management.port";

    private QuarkusCheck() {}

    static List<String> problemsOf(Config config) {
        List<String> problems = new ArrayList<>();
        port(config, PORT, problems);
        port(config, MANAGEMENT_PORT, problems);
        int port = number(config, PORT).orElse(8080);
        if (port != 0 && port == number(config, MANAGEMENT_PORT).orElse(9000)) { // 0: any free one
            problems.add(PORT + " and " + MANAGEMENT_PORT + " are both " + port
                    + ": set them to two ports, for example 8080 and 9000.");
        }
        number(config, CONNECTIONS)
                .filter(connections -> connections < LEAST_CONNECTIONS)
                .ifPresent(
                        connections -> problems.add(
                                CONNECTIONS + " is " + connections
                                        + ": set it to at least 9, 2 more for each further account, and 6 more with the intake, or leave it out."));
        return problems;
    }

    private static void port(Config config, String setting, List<String> problems) {
        number(config, setting)
                .filter(port -> port < 0 || port > HIGHEST_PORT)
                .ifPresent(port ->
                        problems.add(setting + " is no port: set it to a number between 1 and " + HIGHEST_PORT + "."));
    }

    private static Optional<Integer> number(Config config, String setting) {
        return config.getOptionalValue(setting, Integer.class);
    }
}
