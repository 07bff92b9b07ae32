package io.alohubsync.cli.shell;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The person and the reason, for the audit: its own column has the database's user, which is the
 * same for all who use the daemon's settings.
 */
public final class WhyOption {

    @Option(names = "--why", paramLabel = "TEXT")
    @Nullable
    String why;

    @Option(names = "--by", paramLabel = "NAME")
    @Nullable
    String by;

    public String text() {
        String person = by != null && !by.isBlank() ? by : System.getProperty("user.name", "?");
        String origin = person.equals("?") ? "command line" : "command line: " + person;
        return why == null || why.isBlank() ? origin : why.strip() + " (" + origin + ")";
    }
}
