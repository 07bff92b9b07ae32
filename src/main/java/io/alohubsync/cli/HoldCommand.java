package io.alohubsync.cli;

import io.alohubsync.cli.shell.Accounts;
import io.alohubsync.cli.shell.Customers;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.WhyOption;
import io.alohubsync.operate.acts.OperatorFunction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hold} and {@code release}: one customer. */
@Command
final class HoldCommand implements Callable<Integer> {

    private final Screen screen;
    private final Settings settings;
    private final OperatorFunction act;

    @Parameters(index = "0", paramLabel = "PHONE", descriptionKey = "phone")
    String phone = "";

    @Option(names = "--account", paramLabel = "ACCOUNT")
    @Nullable
    String account;

    @Mixin
    WhyOption why = new WhyOption();

    HoldCommand(Screen screen, Settings settings, OperatorFunction act) {
        this.screen = screen;
        this.settings = settings;
        this.act = act;
    }

    @Override
    public Integer call() throws Failure, SQLException {
        try (Connection connection = settings.connect(false)) {
            Accounts.check(connection, account, screen.words());
            Map<String, @Nullable Object> customer =
                    Customers.one(connection, phone, account, screen.words(), settings);
            screen.data(Customers.call(act, connection, customer, why.text()));
            return ExitCode.DONE;
        }
    }
}
