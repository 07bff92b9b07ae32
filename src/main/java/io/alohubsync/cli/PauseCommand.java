package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.WhyOption;
import io.alohubsync.operate.acts.OperatorFunction;
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

    private final Screen screen;
    private final Settings settings;
    private final boolean resume;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACCOUNT", descriptionKey = "account-to-pause")
    @Nullable
    String account;

    @Mixin
    WhyOption why = new WhyOption();

    PauseCommand(Screen screen, Settings settings, boolean resume) {
        this.screen = screen;
        this.settings = settings;
        this.resume = resume;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        try (Connection connection = settings.connect(false)) {
            String name = Accounts.one(connection, account, screen.words());
            OperatorFunction function = resume ? OperatorFunction.RESUME : OperatorFunction.PAUSE;
            screen.data(function.onAccount(connection, name, why.text()).getFirst());
            return ExitCode.DONE;
        }
    }
}
