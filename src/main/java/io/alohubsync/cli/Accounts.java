package io.alohubsync.cli;

import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the account that a person means. */
final class Accounts {

    private static final Sql READ_NAMES = Sql.named("cli/read-account-names");

    private Accounts() {}

    /** @param typed may be left out where there is one account. @throws Failure it is none, or one of several is meant */
    static String one(Connection connection, @Nullable String typed, Words words) throws Failure, SQLException {
        List<String> accounts = READ_NAMES.on(connection).list(row -> row.getString(1));
        if (typed == null && accounts.size() == 1) {
            return accounts.getFirst();
        }
        String all = accounts.isEmpty() ? "-" : String.join(", ", accounts);
        if (typed == null) {
            throw new Failure(ExitCode.USAGE, words.text("account.which", all));
        }
        if (!accounts.contains(typed)) {
            throw new Failure(ExitCode.NOT_FOUND, words.text("account.none", typed, all));
        }
        return typed;
    }
}
