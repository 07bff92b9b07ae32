package io.alohubsync.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Documents;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.Words;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Each call of a command in the documents is one that the command line takes. */
class DocumentedCommandsTest {

    /** At the begin of a line of a block, behind a prompt perhaps, or in text as a call of the jar. */
    private static final Pattern IN_A_BLOCK =
            Pattern.compile("(?m)^ *(?:\\$ )?(?:[^`\n]*quarkus-run\\.jar|alohub-sync) +([a-z-]+(?: [^\n]*)?)$");

    private static final Pattern IN_TEXT = Pattern.compile("`java -jar [\\w/-]*quarkus-run\\.jar ([^`]+)`");

    /** Of a call only its own words: no comment, no other program, no file of the shell. */
    private static final Pattern OTHER_WORDS = Pattern.compile(" +(#|[|>]|2>|&&|;).*$");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

    private static final Words ENGLISH = Words.english();

    private static Commands commands() {
        PrintWriter none = new PrintWriter(Writer.nullWriter());
        return new Commands(new Screen(none, none, ENGLISH, false, false), new Settings());
    }

    private static List<String> calls() {
        Stream<String> blocks = Documents.all()
                .flatMap(file -> Documents.blocks(file, "sh", "bash", ""))
                .flatMap(block -> IN_A_BLOCK.matcher(block).results().map(call -> call.group(1)));
        Stream<String> texts = Documents.all()
                .flatMap(file -> IN_TEXT.matcher(Documents.text(file)).results().map(call -> call.group(1)));
        return Stream.concat(blocks, texts)
                .map(call -> OTHER_WORDS.matcher(call).replaceAll("").strip())
                .distinct()
                .sorted()
                .toList();
    }

    private static String[] words(String call) {
        List<String> words = new ArrayList<>();
        for (MatchResult word : WORD.matcher(call).results().toList()) {
            for (int group = 1; group <= 3; group++) {
                if (word.group(group) != null) {
                    words.add(word.group(group));
                }
            }
        }
        return words.toArray(String[]::new);
    }

    @Test
    void calls_in_the_documents_are_calls_of_commands() {
        List<String> wrong = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (String call : calls()) {
            try {
                commands().line().parseArgs(words(call));
                used.add(words(call)[0]);
            } catch (CommandLine.ParameterException misuse) {
                wrong.add(call + " → " + misuse.getMessage());
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(used.size() >= 12, used.toString());
    }

    @Test
    void a_call_that_no_command_takes_is_found() {
        for (String call : List.of("statsu", "status --jason", "retry --reason", "show")) {
            boolean taken = true;
            try {
                commands().line().parseArgs(words(call));
            } catch (CommandLine.ParameterException misuse) {
                taken = false;
            }
            assertEquals(false, taken, call);
        }
    }
}
