package io.alohubsync.contact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds addresses that a system writes where a customer has none. */
final class EmailPlaceholders {

    private final Set<String> whole = new HashSet<>();
    private final List<Ends> ends = new ArrayList<>();

    /** Of an address with any characters between. */
    private record Ends(String first, String last) {

        boolean are(String email) {
            return email.length() >= first.length() + last.length() && email.startsWith(first) && email.endsWith(last);
        }
    }

    /** @param addresses one {@code *} in each stands for any characters */
    EmailPlaceholders(Collection<String> addresses) {
        for (String address : addresses) {
            String text = address.strip().toLowerCase(Locale.ROOT);
            int star = text.indexOf('*');
            if (star < 0) {
                whole.add(text);
            } else {
                ends.add(new Ends(text.substring(0, star), text.substring(star + 1)));
            }
        }
    }

    /** @param email in lower case */
    boolean contain(String email) {
        return whole.contains(email) || ends.stream().anyMatch(one -> one.are(email));
    }
}
