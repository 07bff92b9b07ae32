package io.alohubsync.cli.verify;

import io.alohubsync.contact.Phone;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a customer that is not what its rows come to.
 *
 * @param field    name, email, phone, or customer
 * @param row      the outbox row that carries something else
 * @param cause    a key of the texts
 * @param held     the customer's value
 * @param expected what it should be
 */
record Difference(
        Whose whose,
        String field,
        long row,
        Cause cause,
        @Nullable String held,
        @Nullable String expected) {

    /** @param phone E.164 */
    record Whose(long customer, String account, String phone) {}

    enum Cause {
        /** The row that decided carries something else. */
        OTHER_VALUE,
        /** A row that decides over it was not applied. */
        NEWER_ROW,
        /** The row that decided is not of this phone or account, as they are read today. */
        OTHER_PHONE,
        /** There is no such customer. */
        NO_CUSTOMER
    }

    /** @param personal with the whole phone and the values */
    Map<String, @Nullable Object> shown(boolean personal) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("customer_id", whose.customer());
        shown.put("account", whose.account());
        shown.put("phone", personal ? whose.phone() : Phone.masked(whose.phone()));
        shown.put("field", field);
        shown.put("row", row);
        shown.put("cause", cause.name());
        if (personal) {
            shown.put("held", held);
            shown.put("expected", expected);
        }
        return shown;
    }
}
