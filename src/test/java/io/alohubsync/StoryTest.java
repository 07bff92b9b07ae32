package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A reader who follows the README's path of a customer finds each call where it says. */
class StoryTest {

    private static final Path README = Path.of("README.md");
    private static final Pattern LINK = Pattern.compile("\\[`(\\w+)`]\\([^)]*\\)");

    private record Arrow(String from, String to) {}

    @Test
    void each_file_of_the_path_calls_the_next() throws IOException {
        List<Arrow> arrows = arrows();
        assertTrue(arrows.size() > 20, () -> "arrows: " + arrows);
        assertEquals(
                List.of(),
                arrows.stream()
                        .filter(arrow -> !calls(arrow.from(), arrow.to()))
                        .toList());
    }

    @Test
    void a_class_that_only_reads_a_record_of_another_does_not_call_it() {
        assertTrue(calls("BatchCustomers", "CustomerMerge"));
        assertFalse(calls("BatchMerge", "CustomerMerge"));
    }

    /** The last of the names on one side of an arrow calls each of those on the other side. */
    private static List<Arrow> arrows() throws IOException {
        String section =
                Files.readString(README).split("### The path of a customer")[1].split("### ")[0];
        List<Arrow> arrows = new ArrayList<>();
        for (String row : section.lines().filter(line -> line.contains(" → ")).toList()) {
            List<List<String>> path = Arrays.stream(row.split("\\|")[2].split("→"))
                    .map(StoryTest::names)
                    .toList();
            for (int i = 1; i < path.size(); i++) {
                String from = path.get(i - 1).getLast();
                path.get(i).forEach(to -> arrows.add(new Arrow(from, to)));
            }
        }
        return arrows;
    }

    private static List<String> names(String side) {
        return Arrays.stream(LINK.matcher(side).replaceAll("$1").split(","))
                .map(name -> name.replace("`", "").strip())
                .toList();
    }

    /** Also by an interface of it, or from and to a class within the file. */
    private static boolean calls(String from, String to) {
        List<JavaClass> called = ArchitectureTest.program().stream()
                .filter(one -> file(one).equals(to))
                .toList();
        return ArchitectureTest.program().stream()
                .filter(one -> file(one).equals(from))
                .flatMap(one -> one.getCodeUnitCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getPackageName().startsWith("io.alohubsync"))
                .filter(call -> !readsARecord(call))
                .anyMatch(call -> called.stream()
                        .anyMatch(
                                one -> one.isAssignableTo(call.getTargetOwner().getName())));
    }

    private static String file(JavaClass one) {
        return one.getName().substring(one.getPackageName().length() + 1).split("\\$")[0];
    }

    private static boolean readsARecord(JavaCodeUnitAccess<?> call) {
        return call.getTargetOwner().isRecord()
                && call.getTarget().getRawParameterTypes().isEmpty()
                && call.getTargetOwner().tryGetField(call.getName()).isPresent();
    }
}
