package io.alohubsync.delivery;

import io.alohubsync.customer.Claimed;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.loop.FairShare;
import io.alohubsync.loop.LowWaterMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The claims, each in a transaction of its own. @param traced whether customers come with the traces that they belong to */
record Claims(DataSource database, boolean traced) {

    List<Claimed> newest(ClaimSql.Request request, LowWaterMark lowWaterMark) throws SQLException {
        return Transaction.run(
                database, connection -> traced(connection, ClaimSql.claim(connection, request, lowWaterMark)));
    }

    ClaimSql.Slots bySchedule(ClaimSql.Request request, ClaimSql.Pace pace, FairShare fairShare) throws SQLException {
        return Transaction.run(database, connection -> {
            ClaimSql.Slots slots = ClaimSql.claim(connection, request, pace, fairShare);
            return traced
                    ? new ClaimSql.Slots(
                            traced(connection, slots.customers()),
                            slots.firstSlot(),
                            slots.interval(),
                            slots.exhausted())
                    : slots;
        });
    }

    List<Claimed> forProbe(ClaimSql.Request request) throws SQLException {
        return Transaction.run(database, connection -> traced(connection, ClaimSql.claimForProbe(connection, request)));
    }

    private List<Claimed> traced(Connection connection, List<Claimed> customers) throws SQLException {
        return traced ? TraceSql.ofCustomers(connection, customers) : customers;
    }
}
