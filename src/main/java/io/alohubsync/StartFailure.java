package io.alohubsync;

import io.alohubsync.config.DatabaseAddress;
import io.alohubsync.config.SettingsProblem;
import io.alohubsync.config.WrongKind;
import io.quarkus.arc.InactiveBeanException;
import io.quarkus.runtime.QuarkusBindException;
import java.net.BindException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why the program did not start, as sentences for the person who started it. */
final class StartFailure {

    private static final String NO_SUCH_ADDRESS = "Cannot assign requested address";

    /** Vert.x' words. */
    private static final String NO_PORT = "port must be";

    private StartFailure() {}

    static List<String> sentences(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            List<String> sentences = known(cause);
            if (sentences != null) {
                return sentences;
            }
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return List.of(root.getClass().getSimpleName() + ": " + root.getMessage());
    }

    private static @Nullable List<String> known(Throwable cause) {
        return switch (cause) {
            case SettingsProblem problem -> problem.getMessage().lines().toList();
            case QuarkusBindException taken -> List.of(bound("http", "port " + taken.getPort(), taken));
            // Quarkus wraps only that of the first port.
            case BindException taken -> List.of(bound("management", "port for health and metrics", taken));
            case IllegalArgumentException noPort
            when String.valueOf(noPort.getMessage()).startsWith(NO_PORT) -> // before any of our code runs
                List.of(
                        "quarkus.http.port or quarkus.management.port is no port: set it to a number between 1 and 65535.");
            case InactiveBeanException noDatabase -> List.of(DatabaseAddress.MISSING); // before any of our code runs
            default -> {
                List<String> wrong = WrongKind.sentences(cause);
                yield wrong.isEmpty() ? null : wrong;
            }
        };
    }

    private static String bound(String server, String port, BindException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains(NO_SUCH_ADDRESS)) {
                return "this machine does not have the address of quarkus." + server + ".host: correct or remove it.";
            }
        }
        return "the " + port + " is in use: set quarkus." + server + ".port (QUARKUS_" + server.toUpperCase(Locale.ROOT)
                + "_PORT) to a free one.";
    }
}
