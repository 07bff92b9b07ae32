package io.alohubsync.console;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths of this console, to which a form may lead. */
final class Paths {

    /** No second slash and no backslash at its begin: a browser would take it for another host. */
    private static final Pattern LOCAL =
            Pattern.compile("/([A-Za-z0-9][A-Za-z0-9/_.%?&=:@+~-]*)?(\\?[A-Za-z0-9/_.%&=:@+~-]*)?");

    /** Of an address: scheme and host, and what stands before the first letter of the path. */
    private static final Pattern HOST =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:[/\\\\]+[^/\\\\?#]*)?[/\\\\\\s\\p{Cntrl}]*");

    private static final int LONGEST = 2000;

    private Paths() {}

    /**
     * After a form. The address has neither scheme nor host: behind an ingress that ends TLS this
     * process knows only http, and a browser sends no form from https to there.
     */
    static Response seeOther(String path) {
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }

    /**
     * Where a request leads to, as a link of its page. Its address may be another host's (of a
     * proxy), or begin with what a browser takes for one: two slashes, or a backslash.
     */
    static String here(String address) {
        return "/" + HOST.matcher(address).replaceFirst("");
    }

    /** @return the begin page where it is none */
    static String local(@Nullable String path) {
        return path != null && path.length() <= LONGEST && LOCAL.matcher(path).matches() && !path.startsWith("/login")
                ? path
                : "/";
    }
}
