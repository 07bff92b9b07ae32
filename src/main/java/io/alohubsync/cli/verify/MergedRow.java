package io.alohubsync.cli.verify;

import io.alohubsync.contact.Phone;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.Field;
import io.alohubsync.customer.NewRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An outbox row that was merged, and what its customer holds.
 *
 * @param customer null: there is no such customer
 */
record MergedRow(NewRow row, long customerId, @Nullable Held customer) {

    /** The customer's own. */
    record Held(CustomerKey key, Field name, Field email) {}

    static MergedRow of(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        NewRow written = new NewRow(
                id,
                id,
                row.getString("account"),
                row.getString("phone"),
                row.getString("name"),
                row.getString("email"),
                (short) 0,
                row.getObject("source_version", Long.class),
                row.getBoolean("ranks_by_id"));
        String phone = row.getString("customer_phone");
        return new MergedRow(
                written,
                row.getLong("customer_id"),
                phone == null
                        ? null
                        : new Held(
                                new CustomerKey(row.getString("customer_account"), new Phone(phone)),
                                field(row, "name"),
                                field(row, "email")));
    }

    private static Field field(ResultSet row, String name) throws SQLException {
        long unversioned = row.getLong("unversioned_" + name + "_row");
        return Field.of(
                row.getString("customer_" + name),
                row.getLong(name + "_row"),
                row.getObject(name + "_version", Long.class),
                0,
                unversioned == 0 ? null : new Field.Unversioned(row.getString("unversioned_" + name), unversioned));
    }
}
