package io.alohubsync;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the program, from the top: one imports those below it, never one beside or above it. */
class ArchitectureTest {

    private static final String ROOMS = """
             console  cli
                daemon
                observe
                 merge
                delivery
            breaker  retention  schema
                 alohub
                account
                customer
                contact
                  loop
                  jdbc
                 config
            """;

    private static final String PROGRAM = "io.alohubsync"; // Main stands above them all

    @Test
    void imports_point_only_down() {
        List<List<String>> floors =
                ROOMS.lines().map(line -> List.of(line.strip().split(" +"))).toList();
        LayeredArchitecture house = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(PROGRAM + "..")
                .withOptionalLayers(true);
        for (String room : floors.stream().flatMap(List::stream).toList()) {
            house = house.layer(room).definedBy(PROGRAM + "." + room + "..");
        }
        for (int floor = 0; floor < floors.size(); floor++) {
            String[] below = floors.subList(floor + 1, floors.size()).stream()
                    .flatMap(List::stream)
                    .toArray(String[]::new);
            for (String room : floors.get(floor)) {
                house = below.length == 0
                        ? house.whereLayer(room).mayNotAccessAnyLayer()
                        : house.whereLayer(room).mayOnlyAccessLayers(below);
            }
        }
        house.ensureAllClassesAreContainedInArchitectureIgnoring(PROGRAM).check(program());
    }

    @Test
    void no_rooms_import_each_other_in_a_circle() {
        SlicesRuleDefinition.slices()
                .matching(PROGRAM + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(program());
    }

    @Test
    void no_room_is_more_than_a_fifth_of_the_program() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        for (Path file : sources()) {
            lines.merge(file.getParent().getFileName().toString(), length(file), Integer::sum);
        }
        int all = lines.values().stream().mapToInt(Integer::intValue).sum();
        lines.forEach((room, its) -> System.out.printf("%-12s %5d lines%n", room, its));
        assertEquals(
                List.of(),
                lines.keySet().stream()
                        .filter(room -> lines.get(room) > all / 5)
                        .toList());
    }

    /** Files that are longer than they should be: they may shrink, and none may join them. */
    private static final Set<String> LONG = Set.of(
            "BreakerStore.java",
            "CircuitBreaker.java");

    @Test
    void no_other_file_is_longer_than_250_lines() throws IOException {
        Set<String> found = new TreeSet<>();
        for (Path file : sources()) {
            if (length(file) > 250) {
                found.add(file.getFileName().toString());
            }
        }
        assertEquals(new TreeSet<>(LONG), found);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static int length(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }

    private static JavaClasses program() {
        return new ClassFileImporter()
                .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());
    }
}
