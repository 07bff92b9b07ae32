package io.alohubsync.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.delivery.HotPath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rows without a version in an account whose values versions decide, by the statements of the
 * merge.
 */
class UnversionedRowsIT {

    private static final HotPath PATH = new HotPath();

    @BeforeAll
    static void byVersion() {
        PATH.register("brandb", "source-version", "count");
    }

    private static long insert(String phone, Long version, boolean ranksById, int priority) {
        return Long.parseLong(PATH.database.one("INSERT INTO alohub.customer_outbox (account, phone, name, email,"
                + " source_version, ranks_by_id, priority) VALUES ('brandb', '" + phone + "', 'N' || currval("
                + "'alohub.customer_outbox_id_seq'), 'n' || currval('alohub.customer_outbox_id_seq') || '@x.vn', "
                + version + ", " + (ranksById ? "true" : "NULL") + ", " + priority + ") RETURNING id"));
    }

    private static String name(String phone) {
        return PATH.database.one("SELECT name FROM alohub.sync_status WHERE account = 'brandb' AND phone = '+84"
                + phone.substring(1) + "'");
    }

    @Test
    void a_row_of_the_intake_ranks_by_its_id_and_a_sources_own_is_rejected() throws SQLException {
        String phone = "0868793800";
        insert(phone, 10L, false, 0);
        PATH.merge();
        long form = insert(phone, null, true, 0);
        PATH.merge();
        assertEquals("N" + form, name(phone));
        long erp = insert(phone, null, false, 0);
        PATH.merge();
        assertEquals("REJECTED", PATH.database.rowStatus(erp));
        assertEquals("N" + form, name(phone));
        insert(phone, 9L, false, 0);
        PATH.merge();
        assertEquals("N" + form, name(phone), "an older version");
        long newer = insert(phone, 11L, false, 0);
        PATH.merge();
        assertEquals("N" + newer, name(phone));
    }

    @Test
    void the_value_is_the_same_whatever_the_batches_and_whichever_replica_merges() throws SQLException {
        List<OutboxMerge> replicas = List.of(PATH.intake(), PATH.newIntake(false, System::nanoTime));
        Random random = new Random(20261126);
        for (int i = 0; i < 200; i++) {
            String phone = "09120000" + (10 + random.nextInt(25));
            boolean form = random.nextInt(3) == 0;
            insert(phone, form ? null : (long) random.nextInt(6), form, random.nextInt(3));
            if (random.nextInt(8) == 0) { // the most urgent go first, so most are merged out of order
                replicas.get(random.nextInt(2)).mergeBatch(1 + random.nextInt(4), Map.of());
            }
        }
        while (replicas.get(random.nextInt(2))
                        .mergeBatch(1 + random.nextInt(4), Map.of())
                        .rows()
                > 0) {}
        PATH.merge();
        List<String> rows = PATH.database.column("WITH rows AS (SELECT * FROM alohub.customer_outbox WHERE phone LIKE"
                + " '0912%'), candidates AS ("
                + " (SELECT DISTINCT ON (phone) phone, id, name FROM rows WHERE ranks_by_id ORDER BY phone, id DESC)"
                + " UNION ALL (SELECT DISTINCT ON (phone) phone, id, name FROM rows WHERE source_version IS NOT NULL"
                + " ORDER BY phone, source_version DESC, id DESC))"
                + " SELECT DISTINCT ON (phone) phone || ' ' || name FROM candidates ORDER BY phone, id DESC");
        List<String> wanted = new ArrayList<>(PATH.database.column(
                "SELECT '0' || substr(phone, 4) || ' ' || name FROM alohub.customer WHERE phone LIKE '+84912%'"));
        Collections.sort(wanted);
        assertEquals(25, rows.size());
        assertEquals(rows, wanted);
        assertEquals(
                "0",
                PATH.database.one("SELECT count(*) FROM alohub.customer WHERE left(name, 1) = 'N' AND email IS DISTINCT"
                        + " FROM 'n' || substr(name, 2) || '@x.vn'"));
    }
}
