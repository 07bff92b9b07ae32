package io.alohubsync.bench.limit;

import io.alohubsync.account.Unregistered;
import io.alohubsync.bench.Pool;
import io.alohubsync.bench.Words;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.customer.Claimed;
import io.alohubsync.customer.LeaseRequest;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.delivery.SettleSql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.LowWaterMark;
import io.alohubsync.merge.OutboxMerge;
import io.alohubsync.merge.RowReader;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * The daemon's claim and settle without a call between them: 500 customers at a time on two
 * connections. The rows are merged before it begins.
 */
public final class ClaimAndSettle {

    private static final int BATCH = 500;
    private static final int LOOPS = 2;
    private static final Duration CALL = Duration.ofMillis(1);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final LeaseRequest REQUEST =
            new LeaseRequest("default", "fingerprint", BATCH, Duration.ofSeconds(90));

    private ClaimAndSettle() {}

    /** {@code ClaimAndSettle jdbcUrl user password}. */
    public static void main(String... arguments) throws Exception {
        DataSource database = Pool.of(arguments[0], arguments[1], arguments[2], LOOPS, pins());
        OutboxMerge intake = new OutboxMerge(
                database,
                new RowReader(new PhoneNormalizer(PhoneRules.standard())),
                new Unregistered(),
                false,
                System::nanoTime);
        while (intake.mergeBatch(BATCH, Map.of()).rows() > 0) {}
        System.out.println(Words.BEGINS);
        for (int i = 0; i < LOOPS; i++) {
            Thread.ofPlatform().start(() -> loop(database));
        }
        Thread.currentThread().join();
    }

    /** As the daemon's claiming loop: from its low-water mark on, and until it is ended. */
    private static void loop(DataSource database) {
        LowWaterMark lowWaterMark = new LowWaterMark(System::nanoTime);
        try {
            while (true) {
                if (claimAndSettle(database, lowWaterMark).isEmpty()) {
                    TimeUnit.NANOSECONDS.sleep(lowWaterMark.untilFullScan(IDLE).toNanos());
                }
            }
        } catch (SQLException | InterruptedException failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static List<Claimed> claimAndSettle(DataSource database, LowWaterMark lowWaterMark) throws SQLException {
        List<Claimed> claimed = Transaction.run(
                database,
                connection -> ClaimSql.claim(connection, REQUEST, lowWaterMark).customers());
        if (!claimed.isEmpty()) {
            List<Settlement> settlements =
                    claimed.stream().map(ClaimAndSettle::accepted).toList();
            Transaction.run(
                    database,
                    connection -> SettleSql.write(
                            connection, settlements, Collections.nCopies(settlements.size(), CALL), false));
        }
        return claimed;
    }

    private static Settlement accepted(Claimed customer) {
        return Settlement.of(customer, Consequence.DELIVERED)
                .called("ACCEPTED", CALL)
                .httpStatus(200)
                .by("bench");
    }

    /** What the daemon's connections begin with. */
    public static String pins() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = ClaimAndSettle.class.getResourceAsStream("/application.properties")) {
            properties.load(file);
        }
        return properties.getProperty("quarkus.datasource.jdbc.new-connection-sql");
    }
}
