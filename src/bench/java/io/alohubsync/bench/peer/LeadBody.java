package io.alohubsync.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/**
 * The call's body and its answer, the same for all peers. Like the daemon they look at what the
 * answer says, not at HTTP 200 alone.
 */
final class LeadBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Lead(String phone, String email, String name) {}

    private LeadBody() {}

    static byte[] of(String phone, String name, String email) throws IOException {
        return JSON.writeValueAsBytes(new Lead(phone, email, name));
    }

    /** @return null: accepted; else what was wrong */
    static String error(int status, InputStream answer) throws IOException {
        try (answer) {
            boolean success = status == 200
                    && JSON.readTree(answer).path("success").asText().equals("1");
            return success ? null : "HTTP " + status;
        }
    }
}
