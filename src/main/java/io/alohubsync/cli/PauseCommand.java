package io.alohubsync.cli;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pause} and {@code resume}: one account. */
@Command
final class PauseCommand implements Callable<Integer> {

    private static final Sql READ_NAMES = Sql.named("cli/read-account-names");
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
            String name = one(READ_NAMES.on(connection).list(row -> row.getString(1)));
            Sql function = resume ? RESUME : PAUSE;
            screen.data(function.on(connection)
                    .set("account", name)
                    .set("why", why.text())
                    .list(row -> row.getString(1))
                    .getFirst());
            return ExitCode.DONE;
        }
    }

    private String one(List<String> accounts) throws Failure {
        if (account == null && accounts.size() == 1) {
            return accounts.getFirst();
        }
        String all = accounts.isEmpty() ? "-" : String.join(", ", accounts);
        if (account == null) {
            throw new Failure(ExitCode.USAGE, screen.text("account.which", all));
        }
        if (!accounts.contains(account)) {
            throw new Failure(ExitCode.NOT_FOUND, screen.text("account.none", account, all));
        }
        return account;
    }
}
