package io.alohubsync.bench.peer;

import io.alohubsync.demo.Simulator;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * The call with Apache HttpClient 5, which Camel's HTTP component uses too: pooled connections,
 * kept alive.
 */
final class LeadCall {

    private final CloseableHttpClient client;
    private final String endpoint;

    LeadCall(String stub, int connections) {
        this.endpoint = stub + "/api/crm/lead";
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(connections)
                        .setMaxConnTotal(connections)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableContentCompression()
                .build();
    }

    /** @return null: accepted; else what was wrong */
    String post(String phone, String name, String email) {
        HttpPost request = new HttpPost(endpoint);
        request.setHeader("Authorization", Simulator.KEY);
        try {
            request.setEntity(new ByteArrayEntity(LeadBody.of(phone, name, email), ContentType.APPLICATION_JSON));
            return client.execute(
                    request,
                    response -> LeadBody.error(
                            response.getCode(), response.getEntity().getContent()));
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
