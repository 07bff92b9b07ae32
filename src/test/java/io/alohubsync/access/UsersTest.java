package io.alohubsync.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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

    @Test
    void another_password_has_another_stamp() {
        var before = Users.read("lan:operator:" + HASH).content().get("lan");
        var after = Users.read("lan:operator:" + OTHER).content().get("lan");
        assertNotEquals(before.stamp(), after.stamp());
    }
}
