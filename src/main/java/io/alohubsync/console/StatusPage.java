package io.alohubsync.console;

import io.alohubsync.account.Gate;
import io.alohubsync.customer.Customer;
import io.alohubsync.customer.OutboxRow;
import io.alohubsync.worker.Figures;
import io.alohubsync.worker.Metrics;
import io.alohubsync.worker.Worker;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** {@code /}: what is late, what failed, why, and what to do. */
@Path("/")
public class StatusPage {

    private static final Logger LOG = Logger.getLogger(StatusPage.class);
    private static final int ROWS = 20;
    private static final List<String> STATUSES = List.of("PENDING", "SENDING", "RETRYING", "DELIVERED", "DEAD", "HELD");

    private final Metrics metrics;
    private final Worker worker;

    StatusPage(Metrics metrics, Worker worker) {
        this.metrics = metrics;
        this.worker = worker;
    }

    /** @param count as of the last sample */
    public record StatusCount(String status, long count) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance status(
                Figures figures,
                List<StatusCount> counts,
                Map<String, Gate.View> gates,
                List<Customer> customers,
                List<OutboxRow> rows);

        static native TemplateInstance waiting();
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Blocking
    public Response page() {
        if (!worker.isRunning()) {
            return unavailable();
        }
        try {
            Figures figures = metrics.figures();
            List<StatusCount> counts = STATUSES.stream()
                    .map(status -> new StatusCount(status, figures.customers(status)))
                    .toList();
            String html = Templates.status(
                            figures, counts, worker.gates(), Customer.inTrouble(ROWS), OutboxRow.newest(ROWS))
                    .render();
            return Response.ok(html).header("Cache-Control", "no-store").build();
        } catch (jakarta.persistence.PersistenceException away) {
            LOG.debug("The status page could not read the database", away);
            return unavailable();
        }
    }

    private static Response unavailable() {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .entity(Templates.waiting().render())
                .header("Retry-After", "2")
                .build();
    }
}
