package io.alohubsync.cli.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.access.PasswordHash;
import io.alohubsync.cli.CommandRun;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Words;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashPasswordTest {

    private static final String GOOD = "ngựa đúng pin kẹp giấy";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();

    private String run(PasswordInput input) throws Exception {
        Screen screen =
                new Screen(new PrintWriter(out, true), new PrintWriter(err, true), Words.english(), false, false);
        try {
            return new HashPasswordCommand(screen, input).call().toString();
        } catch (Failure failure) {
            return failure.code() + " " + failure.sentence();
        }
    }

    private PasswordInput person(String... typed) {
        Deque<String> answers = new ArrayDeque<>(List.of(typed));
        return new PasswordInput() {
            @Override
            public boolean isPerson() {
                return true;
            }

            @Override
            public char[] read(String prompt) {
                asked.add(prompt);
                return answers.isEmpty() ? null : answers.pop().toCharArray();
            }
        };
    }

    private static PasswordInput piped(byte[] bytes) {
        return new PasswordInput.Piped(new ByteArrayInputStream(bytes));
    }

    private static PasswordInput piped(String text) {
        return piped(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_person_is_asked_twice_and_the_hash_alone_is_printed() throws Exception {
        assertEquals("0", run(person(GOOD, GOOD)));
        assertEquals(List.of("Password:", "Again:"), asked);
        assertTrue(PasswordHash.fits(out.toString().strip(), GOOD.toCharArray()), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void two_that_differ_are_not_hashed() throws Exception {
        assertTrue(run(person(GOOD, GOOD + "x")).startsWith("1 the two passwords differ"));
        assertEquals("", out.toString());
    }

    @Test
    void standard_input_gives_its_first_line() throws Exception {
        for (String text : new String[] {GOOD, GOOD + "\n", GOOD + "\r\n", GOOD + "\nmore"}) {
            out.getBuffer().setLength(0);
            assertEquals("0", run(piped(text)));
            assertTrue(PasswordHash.fits(out.toString().strip(), GOOD.toCharArray()));
        }
    }

    @Test
    void what_is_no_text_or_endless_is_refused() throws Exception {
        assertTrue(run(piped(new byte[] {'a', (byte) 0xff, 'b'})).startsWith("1 no password was read"));
        assertTrue(run(piped("a".repeat(5000))).startsWith("1 no password was read"));
        assertTrue(run(person()).startsWith("1 no password was read"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | empty",
                "'     ' | empty",
                "short | too short",
                "12345678901 | too short",
                "aaaaaaaaaaaaaa | repeats",
                "abababababab | repeats",
                "123456789012 | row",
                "abcdefghijklm | row",
                "qwertyuiop123 | row",
                "0987654321abc | row",
                "Password123456 | common",
                "P@ssw0rd!!2026 | common",
                "MatKhau@123456 | common",
                "Mật khẩu 2026!! | common",
                "administrator1 | common",
                "alohub-sync-2026 | common",
            })
    void a_weak_password_is_refused_with_its_reason(String password, String reason) throws Exception {
        String said = run(piped(password));
        assertTrue(said.startsWith("1 the password") && said.contains(reason), said);
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                GOOD,
                "tr0ub4dor&3-vũ trụ",
                "Xk29!vLq0zPm",
                "my password is a frog"
            })
    void others_are_taken(String password) {
        assertEquals(Optional.empty(), PasswordRule.fault(password.toCharArray()));
    }

    @Test
    void control_characters_and_a_book_are_refused() {
        assertEquals(Optional.of("password.control"), PasswordRule.fault("ngựa đúng\tpin kẹp".toCharArray()));
        assertEquals(
                Optional.of("password.long"),
                PasswordRule.fault("ngựa ".repeat(60).toCharArray()));
    }

    @Test
    void a_password_on_the_command_line_is_refused_and_not_printed() {
        CommandRun command = new CommandRun();
        assertEquals(2, command.run("hash-password", "Tr0ub4dor-and-3"));
        assertTrue(command.err().contains("a password is no argument"), command.err());
        assertFalse((command.out() + command.err()).contains("Tr0ub4dor"), command.err());
        assertEquals(2, command.run("hash-password", "--password=Tr0ub4dor-and-3"));
        assertFalse((command.out() + command.err()).contains("Tr0ub4dor"), command.err());
    }
}
