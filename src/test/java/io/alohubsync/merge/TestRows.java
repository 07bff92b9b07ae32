package io.alohubsync.merge;

import io.alohubsync.contact.Reason;
import io.alohubsync.customer.CustomerKey;
import io.alohubsync.customer.NewRow;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows whose number is their id. */
public final class TestRows {

    private TestRows() {}

    /** Of a source's own insert. */
    public static NewRow written(
            long id, String account, @Nullable String phone, @Nullable String name, @Nullable Long version) {
        return new NewRow(id, id, account, phone, name, null, (short) 0, version, false);
    }

    static ReadRow read(long id, @Nullable Long version, CustomerKey key, @Nullable String name) {
        return read(id, version, key, name, null, 0);
    }

    static ReadRow read(
            long id,
            @Nullable Long version,
            CustomerKey key,
            @Nullable String name,
            @Nullable String email,
            int priority,
            Reason... repairs) {
        return new ReadRow(id, id, version, false, key, name, email, (short) priority, Set.of(repairs));
    }
}
