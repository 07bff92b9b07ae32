package io.alohubsync.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;

/**
 * The back end of a landing page: it posts each visitor to the daemon's intake, as it would to
 * Alohub. One thread uses it.
 */
public final class SampleForm {

    public static final String TOKEN = "demo-token-of-the-form";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final Random random;

    /** @param daemon where it is, without a path */
    public SampleForm(String daemon, long seed) {
        this.address = URI.create(daemon + "/api/crm/lead");
        this.random = new Random(seed);
    }

    /** @return the daemon's answer, for a person to read */
    public String post() throws InterruptedException {
        String lead = String.format(
                "{\"phone\": \"098%07d\", \"name\": \"Khách của landing page %d\"}",
                random.nextInt(10_000_000), random.nextInt(1_000));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(lead))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException away) {
            return "no answer";
        }
    }
}
