package io.alohubsync.phone;

/**
 * A Vietnamese phone that exists: the key of a customer.
 *
 * @param e164 for example {@code +84868793800}
 */
public record Phone(String e164) {

    public Phone {
        if (!e164.startsWith("+84")) {
            throw new IllegalArgumentException("not a Vietnamese phone: " + masked(e164));
        }
    }

    /** {@code 0868793800}. */
    public String national() {
        return "0" + e164.substring(3);
    }

    /** All that a log may show: the last three digits. */
    public String masked() {
        return masked(e164);
    }

    public static String masked(String phone) {
        return "***" + phone.substring(Math.max(0, phone.length() - 3));
    }

    @Override
    public String toString() {
        return masked();
    }
}
