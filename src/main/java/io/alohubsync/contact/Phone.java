package io.alohubsync.contact;

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

    /** The last three digits: a log shows no more. */
    public String masked() {
        return masked(e164);
    }

    /** @param phone in any form */
    public static String masked(String phone) {
        String digits = phone.replaceAll("[^0-9]", "");
        return "***" + (digits.length() > 3 ? digits.substring(digits.length() - 3) : "");
    }

    @Override
    public String toString() {
        return masked();
    }
}
