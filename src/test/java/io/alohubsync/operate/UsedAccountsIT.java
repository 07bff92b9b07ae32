package io.alohubsync.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.alohubsync.TestDatabase;
import io.alohubsync.operate.overview.AccountFigures;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The account default is in the database from the start, also where only others are configured. */
class UsedAccountsIT {

    @Test
    void an_account_that_no_replica_serves_and_that_has_no_customer_is_not_shown() {
        TestDatabase database = TestDatabase.migrated();
        try (People people = new People(database)) {
            assertEquals(List.of("default"), accounts(people), "before a replica serves any");
            database.execute("INSERT INTO alohub.account (name, seen_at) VALUES ('shopa', now()), ('shopb', now())");
            assertEquals(List.of("shopa", "shopb"), accounts(people));
            assertEquals(
                    Why.NO_ACCOUNT,
                    assertThrows(Declined.class, () -> people.overview.account("default", ZoneOffset.UTC, Sight.FULL))
                            .why());
            database.execute("UPDATE alohub.account SET state = 'PAUSED' WHERE name = 'default'");
            assertEquals(List.of("default", "shopa", "shopb"), accounts(people), "a person can resume it");
            database.execute("UPDATE alohub.account SET state = 'ACTIVE' WHERE name = 'default';"
                    + " INSERT INTO alohub.status_delta (account, customers) VALUES ('default', 1)");
            assertEquals(List.of("default", "shopa", "shopb"), accounts(people), "it has a customer");
        }
    }

    private static List<String> accounts(People people) {
        return people.overview.read(ZoneOffset.UTC, Sight.FULL).accounts().stream()
                .map(AccountFigures::account)
                .toList();
    }
}
