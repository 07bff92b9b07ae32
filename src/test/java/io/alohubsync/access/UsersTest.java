package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

    private static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI";
    private static final String OTHER = HASH.replace("MTIz", "MTI0");

    @Test
    void reads_a_user_of_each_line_and_passes_over_comments() {
        var read = Users.read("# the team\nlan:operator:" + HASH + "\n\nHải.Anh@shop.vn:viewer:" + HASH + "\n");
        assertNull(read.problem());
        assertEquals(Set.of("lan", "Hải.Anh@shop.vn"), read.content().keySet());
        assertEquals("operator", read.content().get("lan").role());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lan",
                "lan:operator",
                "lan:boss:HASH",
                "lan:operator:password",
                ":operator:HASH",
                "l an:operator:HASH",
                "",
                "# nobody",
                "lan:operator:HASH\nlan:viewer:HASH"
            })
    void an_unsound_line_makes_the_file_unsound(String text) {
        var read = Users.read(text.replace("HASH", HASH));
        assertNotNull(read.problem());
    }

    private static Map<String, Users.User> remaining(String before, String now) {
        return Users.remaining(
                Users.read(before.replace("HASH", HASH)).content(),
                Users.read(now.replace("HASH", HASH).replace("OTHER", OTHER)).content());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nobody
                "# nobody",
                "hoa:opeartor:HASH",
                "lan:opeartor:OTHER", // another password
                "lan:operator:HASH\nlan:operator:OTHER"
            })
    void an_unsound_file_keeps_nobody_in_who_is_no_longer_in_it(String now) {
        assertNotNull(
                Users.read(now.replace("HASH", HASH).replace("OTHER", OTHER)).problem());
        assertEquals(Set.of(), remaining("lan:operator:HASH", now).keySet());
    }

    @Test
    void an_unsound_file_keeps_those_in_who_still_stand_in_it_and_lets_nobody_in_anew() {
        String before = "lan:operator:HASH\nhải:admin:HASH\nxem:viewer:HASH";
        var now = remaining(before, "lan:opeartor:HASH\nhải:viewer:HASH\nxem\nmới:admin:HASH");
        assertEquals(Set.of("lan", "hải", "xem"), now.keySet());
        assertEquals("operator", now.get("lan").role());
        assertEquals("viewer", now.get("hải").role(), "a role that was taken away");
    }

    /** The process ends where its heap does, and with it the calls to Alohub. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=65536,t=3,p=4", // what many other programs make
                "m=1048576,t=2,p=1",
                "m=9999999,t=2,p=1",
                "m=8192,t=999,p=1",
                "m=8192,t=2,p=99"
            })
    void a_hash_that_takes_more_than_the_process_has_room_for_makes_the_file_unsound(String parameters) {
        long heap = 96L << 20;
        String costly = HASH.replace("m=19456,t=2,p=1", parameters);
        String problem = Users.read("lan:operator:" + HASH + "\nhai:viewer:" + costly, heap)
                .problem();
        assertNotNull(problem);
        assertTrue(problem.contains("line 2") && problem.contains("hash-password"), problem);
    }

    @Test
    void a_larger_heap_has_room_for_the_hashes_of_other_programs_and_the_smallest_for_our_own() {
        String other = "lan:operator:" + HASH.replace("m=19456,t=2,p=1", "m=65536,t=3,p=4");
        assertNull(Users.read(other, 256L << 20).problem());
        assertNull(Users.read("lan:operator:" + HASH, 32L << 20).problem());
    }

    @Test
    void another_password_has_another_stamp() {
        var before = Users.read("lan:operator:" + HASH).content().get("lan");
        var after = Users.read("lan:operator:" + OTHER).content().get("lan");
        assertNotEquals(before.stamp(), after.stamp());
    }
}
