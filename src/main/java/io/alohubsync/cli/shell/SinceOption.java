package io.alohubsync.cli.shell;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when on: a span, a date or a time. */
public final class SinceOption {

    @Option(names = "--since", paramLabel = "TIME")
    @Nullable
    String since;

    public boolean isGiven() {
        return since != null;
    }

    /** @return null: from the beginning. @throws Failure it is no time */
    public @Nullable Instant instant(Screen screen) throws Failure {
        @Nullable String typed = since;
        return typed == null
                ? null
                : Times.since(typed, Instant.now(), Times.zone())
                        .orElseThrow(() -> new Failure(ExitCode.USAGE, screen.text("time.wrong", "--since", typed)));
    }
}
