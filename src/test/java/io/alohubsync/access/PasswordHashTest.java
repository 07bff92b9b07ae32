package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

    /**
     * Of the tests of Argon2's reference implementation: the password is "password", the salt
     * "somesalt".
     */
    private static final String OF_THE_REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private static char[] of(String text) {
        return text.toCharArray();
    }

    @Test
    void a_hash_of_another_program_is_checked() {
        assertTrue(PasswordHash.fits(OF_THE_REFERENCE, of("password")));
        assertFalse(PasswordHash.fits(OF_THE_REFERENCE, of("passwore")));
    }

    @Test
    void a_hash_has_owasps_parameters_and_a_salt_of_its_own() {
        String hash = PasswordHash.of(of("ngựa đúng pin kẹp giấy"));
        assertTrue(hash.matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}"), hash);
        assertTrue(PasswordHash.fits(hash, of("ngựa đúng pin kẹp giấy")));
        assertFalse(PasswordHash.fits(hash, of("ngua dung pin kep giay")));
        assertNotEquals(hash, PasswordHash.of(of("ngựa đúng pin kẹp giấy")));
    }

    @Test
    void letters_typed_on_another_keyboard_are_the_same_password() {
        String hash = PasswordHash.of(of(Normalizer.normalize("Thủy và Bằng", Normalizer.Form.NFD)));
        assertTrue(PasswordHash.fits(hash, of(Normalizer.normalize("Thủy và Bằng", Normalizer.Form.NFC))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=1,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=2,p=0$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            })
    void what_is_no_such_hash_fits_no_password_and_costs_nothing(String text) {
        assertFalse(PasswordHash.isOne(text));
        assertFalse(PasswordHash.fits(text, of("password")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m=9999999,t=2,p=1", "m=65536,t=999,p=1", "m=65536,t=2,p=99"})
    void a_hash_that_takes_too_much_is_not_checked(String parameters) {
        String costly = OF_THE_REFERENCE.replace("m=65536,t=2,p=1", parameters);
        assertTrue(PasswordHash.isOne(costly));
        assertFalse(PasswordHash.isAffordable(costly, Long.MAX_VALUE));
        assertFalse(PasswordHash.fits(costly, of("password")));
    }

    @Test
    void a_hash_is_known_by_its_form() {
        assertTrue(PasswordHash.isOne(OF_THE_REFERENCE));
        assertEquals(false, PasswordHash.isOne(OF_THE_REFERENCE + "\n"));
    }
}
