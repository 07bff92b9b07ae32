package io.alohubsync.console;

import io.alohubsync.console.Snapshot.Page;
import io.alohubsync.customer.Customer;
import io.alohubsync.customer.OutboxRow;
import io.alohubsync.daemon.Daemon;
import io.alohubsync.jdbc.SqlFailure;
import io.alohubsync.observe.Figures;
import io.alohubsync.observe.Metrics;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the page says: what is late, what failed, what to do. No text that a person, a source or Alohub wrote, since there is no
 * login; of a phone the last three digits.
 */
@ApplicationScoped
class PageContent {

    private static final Logger LOG = Logger.getLogger(PageContent.class);
    private static final int ROWS = 20;
    private static final List<String> STATUSES = List.of("PENDING", "SENDING", "RETRYING", "DELIVERED", "DEAD", "HELD");

    private final PageConnection database;
    private final Metrics metrics;
    private final Daemon daemon;

    PageContent(PageConnection database, Metrics metrics, Daemon daemon) {
        this.database = database;
        this.metrics = metrics;
        this.daemon = daemon;
    }

    /** @param count as of the last sample */
    record StatusCount(String status, long count) {}

    /** What a render needs. */
    record Content(
            Instant at,
            Figures figures,
            List<StatusCount> counts,
            List<AccountLine> accounts,
            List<Customer.Shown> customers,
            List<OutboxRow.Shown> rows) {

        /** A source may write anything there: shown if it is an account. */
        public String account(OutboxRow.Shown row) {
            Set<String> known = figures.accounts().keySet();
            String name = row.account() == null ? "default" : row.account();
            return known.contains(name) ? name : "not registered";
        }
    }

    @CheckedTemplate(basePath = "StatusPage")
    static class Templates {
        static native TemplateInstance status(String style, Content content, boolean late);

        static native TemplateInstance away(String style);
    }

    /** A few statements, all of them look-ups in an index. */
    Page read() {
        try {
            return database.read(session -> page(Customer.inTrouble(session, ROWS), OutboxRow.newest(session, ROWS)));
        } catch (SQLException away) {
            LOG.debugf("The status page could not read the database (%s)", SqlFailure.describe(away));
            return away();
        } catch (PersistenceException away) {
            LOG.debug("The status page could not read the database", away);
            return away();
        }
    }

    private Page page(List<Customer.Shown> customers, List<OutboxRow.Shown> rows) {
        Figures figures = metrics.figures();
        List<StatusCount> counts = STATUSES.stream()
                .map(status -> new StatusCount(status, figures.customers(status)))
                .toList();
        List<AccountLine> accounts = daemon.breakers().entrySet().stream()
                .map(entry -> AccountLine.of(entry.getKey(), entry.getValue()))
                .toList();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Content content = new Content(now, figures, counts, accounts, customers, rows);
        Page late = page(200, Templates.status(Style.CSS, content, true), null);
        return page(200, Templates.status(Style.CSS, content, false), late);
    }

    /** The page while the database is away, slow or not migrated yet. */
    Page away() {
        return page(503, Templates.away(Style.CSS), null);
    }

    private static Page page(int status, TemplateInstance template, @Nullable Page late) {
        return new Page(status, template.render().getBytes(StandardCharsets.UTF_8), late);
    }
}
