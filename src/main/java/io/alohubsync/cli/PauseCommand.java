package io.alohubsync.cli;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pause} and {@code resume}: one account. */
@Command
final class PauseCommand implements Callable<Integer> {

    private static final Sql PAUSE = Sql.named("cli/pause");
    private static final Sql RESUME = Sql.named("cli/resume");

    private final Screen screen;
    private final Settings settings;
    private final boolean resume;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACCOUNT", descriptionKey = "account-to-pause")
    @Nullable
    String account;

    @Mixin
    Why why = new Why();

    PauseCommand(Screen screen, Settings settings, boolean resume) {
        this.screen = screen;
        this.settings = settings;
        this.resume = resume;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        try (Connection connection = settings.connect(false)) {
            String name = Accounts.one(connection, account, screen.words());
            Sql function = resume ? RESUME : PAUSE;
            screen.data(function.on(connection)
                    .set("account", name)
                    .set("why", why.text())
                    .list(row -> row.getString(1))
                    .getFirst());
            return ExitCode.DONE;
        }
    }
}
