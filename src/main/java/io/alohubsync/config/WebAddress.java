package io.alohubsync.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Reads an address with its scheme and host in lower case, as RFC 3986 says is the same. Clients
 * compare the scheme as it is written: with {@code HTTPS} they would send a key without TLS.
 */
public final class WebAddress implements Converter<String> {

    private static final Pattern SCHEME_AND_HOST = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#@]*(?=[/?#]|$)");

    @Override
    public @Nullable String convert(String written) {
        String address = written.strip();
        Matcher start = SCHEME_AND_HOST.matcher(address);
        if (start.lookingAt()) {
            return start.group().toLowerCase(Locale.ROOT) + address.substring(start.end());
        }
        return address.isEmpty() ? null : address; // SettingsCheck says what is wrong with it
    }
}
