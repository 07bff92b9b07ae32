package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectSchemeTest {

    @ParameterizedTest
    @CsvSource({
        "localhost,,false",
        "127.0.0.1,http,false",
        "[::1],,false",
        "localhost,https,true",
        "127.0.0.1,'HTTPS, http',true",
        "sync.example.vn,,true",
        "sync.example.vn,http,true"
    })
    void people_come_back_by_https_except_on_this_machine(String host, String forwarded, boolean https) {
        assertEquals(https, RedirectScheme.isHttps(host, forwarded));
    }
}
