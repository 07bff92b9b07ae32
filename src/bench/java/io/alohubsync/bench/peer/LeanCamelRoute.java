package io.alohubsync.bench.peer;

import io.alohubsync.bench.Pool;
import io.alohubsync.bench.Words;
import io.alohubsync.demo.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The least that Apache Camel needs: its SQL consumer claims 500 customers with one statement, a
 * split calls on 64 virtual threads, its HTTP component throws the answers' bodies away, and its
 * SQL producer writes the statuses as one batch. It knows an answer by its HTTP status alone and
 * tries nothing again.
 */
public final class LeanCamelRoute extends RouteBuilder {

    private static final int CALLS = 64;
    private static final String ID = "id";
    private static final String ROUTE = "customers";
    private static final String CLAIM = "sql:UPDATE customer_sync SET status = 'SENDING' WHERE id IN"
            + " (SELECT id FROM customer_sync WHERE status = 'PENDING' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 500)"
            + " RETURNING id, phone, name, email?dataSource=#database&useIterator=false&greedy=true&initialDelay=0&delay=100";
    private static final String SETTLE =
            "sql:UPDATE customer_sync SET status = :#status WHERE id = :#id?dataSource=#database&batch=true";

    private final String endpoint;
    private final ExecutorService callers = Executors.newFixedThreadPool(
            CALLS, Thread.ofVirtual().name("call-", 0).factory());

    private LeanCamelRoute(String stub) {
        this.endpoint = stub
                + "/api/crm/lead?httpMethod=POST&throwExceptionOnFailure=false&copyHeaders=false&ignoreResponseBody=true"
                + "&connectionsPerRoute=" + CALLS + "&maxTotalConnections=" + CALLS;
    }

    @Override
    public void configure() {
        from(CLAIM)
                .routeId(ROUTE)
                .autoStartup(false)
                .split(body(), (AggregationStrategy) LeanCamelRoute::collect)
                .executorService(callers)
                .process(LeanCamelRoute::ask)
                .to(endpoint)
                .end()
                .to(SETTLE);
    }

    private static void ask(Exchange exchange) throws Exception {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        exchange.setProperty(ID, row.get(ID));
        exchange.getMessage()
                .setBody(LeadBody.of((String) row.get("phone"), (String) row.get("name"), (String) row.get("email")));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader("Authorization", Simulator.KEY);
    }

    private static Exchange collect(Exchange all, Exchange one) {
        Integer status = one.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Object settled = Map.of(ID, one.getProperty(ID), "status", status != null && status == 200 ? "DONE" : "FAILED");
        if (all == null) {
            one.getMessage().setBody(new ArrayList<>(List.of(settled)));
            return one;
        }
        @SuppressWarnings("unchecked")
        List<Object> statuses = all.getMessage().getBody(List.class);
        statuses.add(settled);
        return all;
    }

    /** {@code LeanCamelRoute jdbcUrl user password stubUrl}. */
    public static void main(String... arguments) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.setStreamCaching(false);
            camel.getRegistry().bind("database", Pool.of(arguments[0], arguments[1], arguments[2], 2, ""));
            camel.addRoutes(new LeanCamelRoute(arguments[3]));
            camel.start();
            System.out.println(Words.BEGINS); // as the others: started, and at work from now on
            camel.getRouteController().startRoute(ROUTE);
            Thread.currentThread().join();
        }
    }
}
