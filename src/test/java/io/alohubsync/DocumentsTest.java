package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Blocks of code in the documents are what their fences say. */
class DocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLFactory YAML = new YAMLFactory();

    /** @return why it is none; empty: it is one */
    private interface Check {
        Optional<String> fault(String block) throws IOException, InterruptedException;
    }

    private static void check(int atLeast, Check check, String... languages) {
        AtomicInteger blocks = new AtomicInteger();
        List<String> faults = Documents.all()
                .flatMap(file -> Documents.blocks(file, languages).flatMap(block -> {
                    blocks.incrementAndGet();
                    return fault(check, block).map(fault -> file + ": " + fault + "\n" + block).stream();
                }))
                .toList();
        assertEquals(List.of(), faults, () -> String.join("\n", faults));
        assertTrue(blocks.get() >= atLeast, "blocks: " + blocks);
    }

    private static Optional<String> fault(Check check, String block) {
        try {
            return check.fault(block);
        } catch (IOException failure) {
            return Optional.of(failure.getMessage());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Read, not run: most need a server, a cluster or a key. DocumentsIT names those that run. */
    @Test
    void a_shell_reads_the_commands() {
        check(60, DocumentsTest::ofShell, "sh", "bash");
    }

    private static Optional<String> ofShell(String block) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        shell.getOutputStream().write(block.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return shell.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    }

    /** What pg_dumpall writes sets back the passwords and rights of all users of the server. */
    @Test
    void no_command_restores_the_roles_of_a_server() {
        check(
                60,
                block -> block.contains("pg_dumpall") ? Optional.of("restores all roles") : Optional.empty(),
                "sh",
                "bash");
    }

    @Test
    void json_is_json() {
        check(
                15,
                block -> {
                    JSON.readTree(block);
                    return Optional.empty();
                },
                "json");
    }

    @Test
    void yaml_is_yaml() {
        check(
                5,
                block -> {
                    new ObjectMapper(YAML)
                            .readValues(YAML.createParser(block), Object.class)
                            .readAll();
                    return Optional.empty();
                },
                "yaml");
    }

    /** Without the target of a link, which has no place for a break, as a long command has none. */
    private static final Pattern UNBREAKABLE = Pattern.compile("\\]\\([^)]*\\)|`[^`]{100,}`");

    @Test
    void prose_is_wrapped() {
        List<String> tooLong = Documents.all()
                .flatMap(file -> prose(Documents.text(file))
                        .filter(line -> UNBREAKABLE.matcher(line).replaceAll("").length() > 130)
                        .map(line -> file + ": " + line))
                .toList();
        assertEquals(List.of(), tooLong, () -> String.join("\n", tooLong));
    }

    /** Neither code nor tables nor headings. */
    private static Stream<String> prose(String text) {
        return text.replaceAll("(?ms)^ *```.*?^ *```", "").lines().filter(line -> !line.matches(" *[|#<].*"));
    }

    @Test
    void a_line_of_prose_is_read_without_its_links_code_and_tables() {
        String text = "one [two](a.md)\n| three |\n```sh\nfour\n```\n# five\n  six";
        assertEquals(
                List.of("one [two", "", "  six"),
                prose(text)
                        .map(line -> UNBREAKABLE.matcher(line).replaceAll(""))
                        .toList());
    }

    @Test
    void a_block_that_is_none_is_found() {
        assertTrue(fault(DocumentsTest::ofShell, "if true; then").isPresent());
        assertTrue(fault(block -> Optional.of(JSON.readTree(block).toString()), "{\"a\": }")
                .orElseThrow()
                .contains("Unexpected"));
    }
}
