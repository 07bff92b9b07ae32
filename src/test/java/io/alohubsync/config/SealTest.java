package io.alohubsync.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final String OLD = "kE8vPq3LzXw1RtYb6NmC9sDfGh2JkUo0";
    private static final String NEW = "Zq7WnB4vXc1LmKj8HgFd5SaPo2IuYt9R";

    private final Seal seal = new Seal(List.of(NEW));

    @Test
    void opens_what_it_sealed_for_the_same_purpose_alone() {
        String sealed = seal.seal("session", "Nguyễn Lan");
        assertEquals("Nguyễn Lan", seal.open("session", sealed));
        assertNull(seal.open("other", sealed));
    }

    @Test
    void the_same_text_is_sealed_differently_each_time() {
        assertNotEquals(seal.seal("session", "lan"), seal.seal("session", "lan"));
    }

    @Test
    void a_part_of_an_address_stays_the_same_and_is_opened_as_the_others_are() {
        String sealed = seal.sealAlike("group", "lan");
        assertEquals(sealed, seal.sealAlike("group", "lan"));
        assertNotEquals(sealed, seal.sealAlike("group", "hoa"));
        assertEquals("lan", seal.open("group", sealed));
        assertNull(seal.open("session", sealed));
    }

    @Test
    void no_changed_bit_is_opened() {
        byte[] sealed = Base64.getUrlDecoder().decode(seal.seal("session", "viewer"));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertNull(
                    seal.open("session", Base64.getUrlEncoder().withoutPadding().encodeToString(changed)));
        }
    }

    @Test
    void junk_is_not_opened() {
        for (String junk : List.of("", "a", "!!!", "AAAA", "A".repeat(5000), "ü")) {
            assertNull(seal.open("session", junk));
        }
    }

    @Test
    void a_replaced_key_still_opens_and_proves_until_it_is_taken_away() {
        Seal before = new Seal(List.of(OLD));
        Seal both = new Seal(List.of(NEW, OLD));
        String sealed = before.seal("session", "lan");
        assertEquals("lan", both.open("session", sealed));
        assertTrue(both.isProof("form 1", before.proof("form 1")));
        assertNull(seal.open("session", sealed));
        assertFalse(seal.isProof("form 1", before.proof("form 1")));
    }

    @Test
    void a_proof_belongs_to_its_text() {
        assertTrue(seal.isProof("form 1", seal.proof("form 1")));
        assertFalse(seal.isProof("form 2", seal.proof("form 1")));
        assertFalse(seal.isProof("form 1", ""));
    }
}
