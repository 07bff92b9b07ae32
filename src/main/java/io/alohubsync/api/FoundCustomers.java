package io.alohubsync.api;

import io.alohubsync.operate.customers.CustomerQuery;
import io.alohubsync.operate.lines.CustomerLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of customers and the bounds of the search.
 *
 * @param next        the cursor of the page behind it; null: this is the last one
 * @param by          what the text was taken for; null: there was none
 * @param notYet      customers whose names and e-mails can't be searched for yet
 * @param rowsScanned rows that were read
 */
record FoundCustomers(
        List<CustomerLine> items, @Nullable String next, CustomerQuery.@Nullable By by, long notYet, int rowsScanned) {}
