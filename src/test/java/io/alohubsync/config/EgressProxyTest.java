package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressProxyTest {

    private static final URI ALOHUB = URI.create("https://crm.example.vn");
    private static final ProxyAddress PLAIN = new ProxyAddress("proxy.example.vn", 3128, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy.example.vn:3128", " HTTP://proxy.example.vn:3128/ ", "proxy.example.vn:3128"})
    void the_setting_counts_for_every_address(String proxy) {
        assertEquals(Optional.of(PLAIN), set(proxy).on(ALOHUB));
        assertEquals(Optional.of(PLAIN), set(proxy).on(URI.create("http://127.0.0.1:8080")));
    }

    @Test
    void a_login_is_decoded_and_never_printed() {
        Optional<ProxyAddress> proxy =
                set("http://ops:p%40ss+1%3A@proxy.example.vn:3128").on(ALOHUB);
        assertEquals(Optional.of(new ProxyAddress("proxy.example.vn", 3128, "ops", "p@ss+1:")), proxy);
        assertFalse(proxy.toString().contains("p@ss"), "the password");
        assertFalse(set("http://ops:secret@h:1").toString().contains("secret"), "the password");
    }

    @Test
    void without_the_setting_the_environment_says_which_for_https() {
        for (String name : new String[] {"HTTPS_PROXY", "https_proxy"}) {
            EgressProxy proxy = new EgressProxy(Optional.empty(), Map.of(name, "http://proxy.example.vn:3128"));
            assertEquals(Optional.of(PLAIN), proxy.on(ALOHUB));
            assertEquals(Optional.empty(), proxy.on(URI.create("http://crm.example.vn")));
            assertEquals(Optional.empty(), proxy.on(URI.create("https://localhost:8443")));
            assertEquals(Optional.empty(), proxy.on(URI.create("https://127.0.0.1:8443")));
        }
    }

    @Test
    void none_is_none_whatever_the_environment_says() {
        assertEquals(
                Optional.empty(),
                new EgressProxy(Optional.of("none"), Map.of("HTTPS_PROXY", "http://proxy.example.vn:3128")).on(ALOHUB));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "→", textBlock = """
            *                        → true
            crm.example.vn           → true
            10.0.0.1,.example.vn     → true
            localhost, example.vn    → true
            *.example.vn             → true
            CRM.EXAMPLE.VN:443       → true
            m.example.vn             → false
            vn.example               → false
            ,                        → false
            """)
    void no_proxy_excepts_hosts_and_domains(String noProxy, boolean direct) {
        EgressProxy proxy = new EgressProxy(
                Optional.empty(), Map.of("HTTPS_PROXY", "http://proxy.example.vn:3128", "NO_PROXY", noProxy));
        assertEquals(direct, proxy.on(ALOHUB).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ops:secret@proxy.example.vn",
                "https://ops:secret@proxy.example.vn:3128",
                "socks5://ops:secret@h:1",
                "http://ops:secret@h:0",
                "http://ops:secret@h:70000",
                "http://ops:secret@h:1/path",
                "http://ops:secret@h:1?x",
                "http://ops:sec ret@h:1",
                "http://ops:secret%@h:1",
                "secret"
            })
    void what_is_no_proxys_address_is_reported_without_its_password(String wrong) {
        String problem = set(wrong).problem(ALOHUB).orElseThrow();
        assertTrue(problem.startsWith("alohub.proxy "), problem);
        assertFalse(problem.contains("secret"), problem);
        String variable = new EgressProxy(Optional.empty(), Map.of("HTTPS_PROXY", wrong))
                .problem(ALOHUB)
                .orElseThrow();
        assertTrue(variable.startsWith("HTTPS_PROXY "), variable);
        assertFalse(variable.contains("secret"), variable);
    }

    private static EgressProxy set(String proxy) {
        return new EgressProxy(Optional.of(proxy), Map.of("HTTPS_PROXY", "http://another.example.vn:1"));
    }
}
