package io.alohubsync.delivery;

import static io.alohubsync.delivery.HotPath.accepted;
import static io.alohubsync.delivery.HotPath.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.customer.Claimed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of the runbook, as their readers run them. */
class RunbookIT {

    private static final Pattern STATEMENT = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    private final HotPath path = new HotPath();

    private static String statement(String page) throws IOException {
        Matcher statement = STATEMENT.matcher(Files.readString(Path.of(page)));
        assertTrue(statement.find(), page);
        return statement.group(1);
    }

    /**
     * A replica stood still for longer than a lease: what it had sent may reach Alohub after the
     * call of the next one.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"docs/runbook/AlohubSyncFencedSettlements.md", "docs/vi/runbook/AlohubSyncFencedSettlements.md"})
    void customers_whose_settlement_was_fenced_are_sent_once_more_and_no_others(String page) throws Exception {
        path.insert("0912345671", "fenced", null);
        path.insert("0912345672", "failed and was tried again", null);
        path.insert("0912345673", "delivered", null);
        path.merge();
        List<Claimed> claimed = path.claim(10);
        path.settle(failed(claimed.get(1), Duration.ZERO), accepted(claimed.get(2)));
        path.database.execute("UPDATE alohub.due SET leased_at = leased_at - interval '2 minutes'"
                + ", lease_until = now() - interval '1 s' WHERE lease_token IS NOT NULL");
        path.database.execute("UPDATE alohub.merge_lease SET lease_until = now() - interval '1 s'");
        path.deliverAll();
        assertEquals(Set.of(), path.settle(accepted(claimed.getFirst())), "fenced");
        assertEquals("0", path.database.one("SELECT count(*) FROM alohub.due"));
        try (Connection operator = path.database.login("operator", "alohub_operator");
                Statement statement = operator.createStatement()) {
            statement.execute(statement(page));
        }
        assertEquals(
                List.of("+84912345671"),
                path.database.column("SELECT phone FROM alohub.sync_status WHERE status = 'PENDING'"));
    }
}
