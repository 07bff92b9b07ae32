package io.alohubsync.console;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths of this console, to which a form may lead. */
final class Paths {

    /** No second slash and no backslash at its begin: a browser would take it for another host. */
    private static final Pattern LOCAL =
            Pattern.compile("/([A-Za-z0-9][A-Za-z0-9/_.%?&=:@+~-]*)?(\\?[A-Za-z0-9/_.%&=:@+~-]*)?");

    private static final int LONGEST = 2000;

    private Paths() {}

    /** @return the begin page where it is none */
    static String local(@Nullable String path) {
        return path != null && path.length() <= LONGEST && LOCAL.matcher(path).matches() && !path.startsWith("/login")
                ? path
                : "/";
    }
}
