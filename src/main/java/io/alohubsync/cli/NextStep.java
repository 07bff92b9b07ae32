package io.alohubsync.cli;

import io.alohubsync.cli.shell.Rows;
import io.alohubsync.cli.shell.Times;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to a customer next, and why, in a sentence. */
final class NextStep {

    private static final Sql READ_STATES = Sql.named("cli/read-states");
    private static final List<String> CALLS = List.of("ACTIVE", "RECOVERING");

    private final Words words;
    private final Map<String, Map<String, @Nullable Object>> accounts;

    NextStep(Words words, List<Map<String, @Nullable Object>> accounts) {
        this.words = words;
        this.accounts = new HashMap<>();
        accounts.forEach(account -> this.accounts.put(Rows.text(account, "account"), account));
    }

    static NextStep read(Connection connection, Words words) throws SQLException {
        return new NextStep(words, READ_STATES.on(connection).query(Rows::of));
    }

    String of(Map<String, @Nullable Object> customer) {
        String status = Rows.text(customer, "status");
        String when = customer.get("next_attempt_at") instanceof Instant time ? Times.local(time, Times.zone()) : "-";
        String step = switch (status) {
            case "HELD" -> words.text("next.HELD", Rows.text(customer, "hold_reason"));
            case "DEAD" -> words.text("next.DEAD", Rows.text(customer, "error"));
            case "RETRYING" -> words.text("next.RETRYING", when, Rows.text(customer, "error"));
            case "PENDING" -> words.text("next.PENDING", when);
            case "SENDING" -> words.text("next.SENDING", when);
            default -> words.text("next.DELIVERED");
        };
        return status.equals("PENDING") || status.equals("RETRYING")
                ? step + stopped(Rows.text(customer, "account"))
                : step;
    }

    /** Where the account makes no calls, that is what the customer waits for. */
    private String stopped(String name) {
        Map<String, @Nullable Object> account = accounts.get(name);
        if (account == null || CALLS.contains(Rows.text(account, "state"))) {
            return "";
        }
        String needs = Rows.text(account, words.isVietnamese() ? "needs_vi" : "needs");
        return " " + words.text("next.stopped", name, Rows.text(account, "state"), needs);
    }
}
