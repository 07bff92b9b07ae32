package io.alohubsync.bench.peer;

import io.alohubsync.bench.Pool;
import io.alohubsync.bench.Words;
import io.alohubsync.demo.Simulator;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A tuned Apache Camel route: claims 500 customers with one statement, calls on 64 virtual threads,
 * and writes the status of all 500 with one statement. The same route runs twice, so that one batch
 * is called while another is claimed or settled.
 */
public final class CamelRoute extends RouteBuilder {

    private static final int BATCH = 500;
    private static final int CALLS = 64;
    private static final int ROUTES = 2;
    private static final String ROW = "row";

    private final PeerTable table;
    private final String endpoint;
    private final ExecutorService callers = Executors.newFixedThreadPool(
            CALLS, Thread.ofVirtual().name("call-", 0).factory());

    private CamelRoute(PeerTable table, String stub) {
        this.table = table;
        this.endpoint = stub
                + "/api/crm/lead?httpMethod=POST&throwExceptionOnFailure=false&copyHeaders=false&disableStreamCache=true"
                + "&connectionsPerRoute=" + CALLS + "&maxTotalConnections=" + CALLS;
    }

    @Override
    public void configure() {
        onException(IOException.class).handled(true).process(CamelRoute::failed);
        for (int i = 0; i < ROUTES; i++) {
            from("direct:batch" + i)
                    .process(this::claim)
                    .split(body())
                    .executorService(callers)
                    .process(CamelRoute::ask)
                    .to(endpoint)
                    .process(CamelRoute::read)
                    .end()
                    .process(this::settle);
        }
    }

    private void claim(Exchange exchange) throws Exception {
        List<Row> batch = table.claim(BATCH);
        if (batch.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        exchange.getMessage().setBody(batch);
    }

    private static void ask(Exchange exchange) throws Exception {
        Row row = exchange.getMessage().getBody(Row.class);
        exchange.setProperty(ROW, row);
        exchange.getMessage().setBody(LeadBody.of(row.phone, row.name, row.email));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader("Authorization", Simulator.KEY);
    }

    private static void read(Exchange exchange) throws Exception {
        exchange.getProperty(ROW, Row.class).error = LeadBody.error(
                exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                exchange.getMessage().getBody(InputStream.class));
    }

    private static void failed(Exchange exchange) {
        exchange.getProperty(ROW, Row.class).error =
                String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private void settle(Exchange exchange) throws Exception {
        @SuppressWarnings("unchecked")
        List<Row> batch = exchange.getMessage().getBody(List.class);
        if (!batch.isEmpty()) {
            table.settle(batch);
        }
    }

    /** {@code CamelRoute jdbcUrl user password stubUrl}. */
    public static void main(String... arguments) throws Exception {
        PeerTable table = new PeerTable(Pool.of(arguments[0], arguments[1], arguments[2], ROUTES, ""));
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.setStreamCaching(false);
            camel.addRoutes(new CamelRoute(table, arguments[3]));
            camel.start();
            ProducerTemplate batches = camel.createProducerTemplate();
            System.out.println(Words.BEGINS);
            for (int i = 1; i < ROUTES; i++) {
                String route = "direct:batch" + i;
                Thread.ofPlatform().start(() -> oneAfterTheOther(batches, route));
            }
            oneAfterTheOther(batches, "direct:batch0");
        }
    }

    /**
     * By hand: a timer endpoint that fires again at once keeps every exchange it has ever made
     * (Camel 4.18.0).
     */
    private static void oneAfterTheOther(ProducerTemplate batches, String route) {
        while (true) {
            batches.requestBody(route, (Object) null);
        }
    }
}
