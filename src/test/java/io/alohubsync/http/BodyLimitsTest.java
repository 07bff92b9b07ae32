package io.alohubsync.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "/import, 268435456",
        "/api/v1/imports, 268435456",
        "/api/v1/imports/x/confirm, 65536",
        "/import/, 65536",
        "//import, 65536",
        "/import/x/confirm, 65536",
        "/login, 65536",
        "/api/v1/customers, 65536",
        "/api/crm/leads, 8388608",
        "/api/intake/shop, 8388608"
    })
    void only_an_upload_and_the_intake_may_be_larger_than_a_form(String path, long bytes) {
        assertEquals(bytes, BodyLimits.of(path));
    }
}
