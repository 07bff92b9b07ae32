package io.alohubsync.cli.shell;

import java.io.IOException;
import picocli.CommandLine.Option;

/**
 * The options of a command that changes many: to look first, to say yes beforehand, and to be read
 * by a program.
 */
public final class BulkOptions {

    @Option(names = "--dry-run")
    boolean dryRun;

    @Option(names = "--yes")
    boolean yes;

    @Option(names = "--json")
    boolean json;

    public boolean isDryRun() {
        return dryRun;
    }

    public boolean isJson() {
        return json;
    }

    public boolean isYes() {
        return yes;
    }

    /** By {@code --yes}, or by the person at the terminal. */
    public boolean isConfirmed(Screen screen, String question, Object... values) throws IOException {
        return yes || screen.isConfirmed(question, values);
    }
}
