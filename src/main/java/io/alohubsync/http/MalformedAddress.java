package io.alohubsync.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Refuses an address that is none, such as one with a {@code %} that begins no code. Quarkus checks
 * the same and answers without a word; Main turns that check off. No filter before this one may
 * decode the path.
 */
@ApplicationScoped
class MalformedAddress {

    /** After the security headers, before every other filter. */
    private static final int FIRST = 10_500;

    private static final List<String> ENGLISH = List.of(
            "The address of the request can't be read.",
            "Write each % in it as %25, and encode what is not a letter, a digit or one of - . _ ~.");
    private static final List<String> VIETNAMESE = List.of(
            "Không đọc được địa chỉ của yêu cầu.",
            "Hãy viết mỗi ký tự % thành %25, và mã hoá những gì không phải chữ cái, chữ số hay - . _ ~.");

    void filter(@Observes Filters filters) {
        filters.register(MalformedAddress::check, FIRST);
    }

    private static void check(RoutingContext exchange) {
        if (isWellFormed(exchange.request().uri())) {
            exchange.next();
            return;
        }
        String path = exchange.request().path();
        Refusal.answer(exchange, path == null ? "" : path, 400, "ADDRESS", ENGLISH, VIETNAMESE);
    }

    static boolean isWellFormed(String address) {
        try {
            new URI(address);
            return true;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
