package io.alohubsync.operate.customers;

import io.alohubsync.config.Seal;
import io.alohubsync.operate.Cursor;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.PageRequest;
import io.alohubsync.operate.Why;
import io.alohubsync.operate.customers.CustomerQuery.By;
import org.jspecify.annotations.Nullable;

/**
 * Places in lists of customers, as cursors. Names and e-mails change while pages are turned, so
 * their place is the one that the page before ended with, not that of its last customer by now. It
 * is sealed: it is personal, and no client can make one up.
 */
final class Places {

    private final Seal seal;

    Places(Seal seal) {
        this.seal = seal;
    }

    /** @param key by which the list is ordered; null: by the id, or by what never changes */
    record Place(long id, @Nullable String key) {}

    /** @param by null: of all customers */
    String cursor(@Nullable By by, Place place) {
        return place.key() == null
                ? Cursor.of(list(by), place.id())
                : list(by) + seal.sealAlike(purpose(by), place.id() + ":" + place.key());
    }

    /** @param first where the list begins */
    Place read(@Nullable By by, PageRequest page, long first) {
        @Nullable String cursor = page.cursor();
        if (cursor == null || !isSealed(by)) {
            return new Place(Cursor.after(page, list(by), first), null);
        }
        @Nullable String text = cursor.startsWith(list(by)) ? seal.open(purpose(by), cursor.substring(1)) : null;
        if (text == null) {
            throw Declined.field(Why.CURSOR, "cursor");
        }
        int colon = text.indexOf(':');
        return new Place(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
    }

    private static boolean isSealed(@Nullable By by) {
        return by == By.NAME || by == By.EMAIL;
    }

    private static String purpose(@Nullable By by) {
        return "place " + list(by);
    }

    private static String list(@Nullable By by) {
        return by == null ? "l" : by.name().substring(0, 1);
    }
}
