package io.alohubsync;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rooms of the program, from the top: one imports those below it, never one beside or above it.
 * Prints the numbers of the shape: share of each room, longest files, long constructors, cycles.
 */
class ArchitectureTest {

    private static final String ROOMS = """
                  cli
            console  api  intake
                notify
                access
                operate
                daemon
                observe
                 merge
                delivery
            breaker  retention  schema  spreadsheet  http  docs
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
                .withOptionalLayers(false);
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

    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final Pattern ARROW = Pattern.compile("(?m)^  (\\w+)(?:\\[.*?])? --> (\\w+)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?io\\.alohubsync\\.([a-z]+)\\.");

    /** An arrow for each import, but for those that other arrows lead to. */
    @Test
    void the_diagram_of_the_rooms_shows_their_imports() throws IOException {
        String document = Files.readString(ARCHITECTURE);
        String diagram = document.substring(document.indexOf("## The rooms"));
        Set<String> drawn = new TreeSet<>();
        ARROW.matcher(diagram.substring(0, diagram.indexOf("Within a room")))
                .results()
                .forEach(arrow -> drawn.add(arrow.group(1) + " --> " + arrow.group(2)));
        Map<String, Set<String>> imports = new TreeMap<>();
        for (Path file : sources()) {
            String room = SOURCES.relativize(file).getName(0).toString();
            Set<String> its = imports.computeIfAbsent(room, one -> new TreeSet<>());
            IMPORT.matcher(Files.readString(file)).results().forEach(found -> its.add(found.group(1)));
            its.remove(room);
        }
        Set<String> needed = new TreeSet<>();
        imports.forEach((room, its) -> its.stream()
                .filter(one -> its.stream().noneMatch(other -> !other.equals(one) && reach(other, one, imports)))
                .filter(one -> !room.endsWith(".java"))
                .forEach(one -> needed.add(room + " --> " + one)));
        assertEquals(needed, drawn);
    }

    private static boolean reach(String from, String to, Map<String, Set<String>> imports) {
        return imports.getOrDefault(from, Set.of()).stream()
                .anyMatch(next -> next.equals(to) || reach(next, to, imports));
    }

    /** Their clocks may be wrong, each in its own way: the database has the one that counts. */
    @Test
    void no_room_whose_decisions_all_replicas_share_reads_the_clock_of_its_machine() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(Stream.of("merge", "breaker", "retention", "account", "customer")
                        .map(room -> PROGRAM + "." + room + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(program());
    }

    @Test
    void no_rooms_import_each_other_in_a_circle() {
        SlicesRuleDefinition.slices()
                .matching(PROGRAM + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(program());
    }

    /** Packages within a room too: what several share stands in one that imports none of them. */
    @Test
    void no_packages_import_each_other_in_a_circle() {
        SlicesRuleDefinition.slices()
                .matching(PROGRAM + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(program());
    }

    @Test
    void no_room_is_more_than_a_fifth_of_the_program() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        for (Path file : sources()) {
            Path inside = SOURCES.relativize(file);
            if (inside.getNameCount() > 1) {
                lines.merge(inside.getName(0).toString(), length(file), Integer::sum);
            }
        }
        int all = lines.values().stream().mapToInt(Integer::intValue).sum();
        lines.forEach((room, its) ->
                System.out.printf("%-12s %5d lines, %4.1f %% of the program%n", room, its, 100.0 * its / all));
        assertEquals(
                List.of(),
                lines.keySet().stream()
                        .filter(room -> lines.get(room) > all / 5)
                        .toList());
    }

    /** Files that are longer than they should be: they may shrink, and none may join them. */
    private static final Set<String> LONG = Set.of();

    @Test
    void no_other_file_is_longer_than_250_lines() throws IOException {
        Map<String, Integer> lengths = new TreeMap<>();
        for (Path file : sources()) {
            lengths.put(SOURCES.relativize(file).toString(), length(file));
        }
        lengths.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .forEach(file -> System.out.printf("%-40s %3d lines%n", file.getKey(), file.getValue()));
        lengths.values().removeIf(lines -> lines <= 250);
        assertEquals(LONG, lengths.keySet());
    }

    /** docs/adr/0049. */
    @Test
    void no_package_has_more_than_35_files() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        for (Path file : sources()) {
            int one = file.endsWith("package-info.java") ? 0 : 1;
            files.merge(String.valueOf(SOURCES.relativize(file).getParent()), one, Integer::sum);
        }
        files.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .forEach(room -> System.out.printf("%-20s %3d files%n", room.getKey(), room.getValue()));
        files.values().removeIf(number -> number <= 35);
        assertEquals(Map.of(), files);
    }

    private static final Pattern CLASS = Pattern.compile("\\b[A-Z]\\w+");

    @Test
    void a_package_that_lists_its_files_lists_all() throws IOException {
        int lists = 0;
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (file.endsWith("package-info.java") && text.contains("<ul>")) {
                lists++;
                Set<String> named = CLASS.matcher(text.substring(text.indexOf("<ul>"), text.indexOf("</ul>")))
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toCollection(TreeSet::new));
                assertEquals(classesIn(file.getParent()), named, file.toString());
            }
        }
        assertTrue(lists >= 3);
    }

    private static Set<String> classesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Records that are the data of a row, a message or a set of settings: each component has a name
     * where it is used.
     */
    private static final Set<String> DATA = Set.of(
            "Account",
            "AccountFigures",
            "AccountFigures$Backlog",
            "AccountFigures$State",
            "AccountFigures$Today",
            "AccountView",
            "ActLine",
            "Answer",
            "ApiToken",
            "AttemptLine",
            "AuditLog$Entry",
            "BulkAction",
            "BulkActions$Preview",
            "BulkItem",
            "BulkStart",
            "CallLine",
            "Chart$Bar",
            "Claimed",
            "ConfiguredAccount",
            "Correction",
            "Corrections$Corrected",
            "Corrections$Customer",
            "CustomerLine",
            "CustomerState",
            "CustomerView",
            "CustomerView$Next",
            "Difference",
            "Expected",
            "Frame",
            "ImportView",
            "LockedAction",
            "Merged",
            "Minute",
            "NewRow",
            "OutboxEntry",
            "PhoneField$Part",
            "PhoneRules",
            "Problem",
            "ProblemGroup",
            "ReadRow",
            "RowLine",
            "RowStatus",
            "Sessions$Session",
            "Settlement",
            "Upload",
            "UploadFigures",
            "UploadLease$Taken");

    /** Classes that are still to be taken apart: none may join them. */
    private static final Set<String> MANY_PARAMETERS = Set.of();

    @Test
    void no_other_constructor_has_more_than_five_parameters() {
        Set<String> found = new TreeSet<>();
        for (JavaClass one : program()) {
            for (JavaConstructor constructor : one.getConstructors()) {
                if (constructor.getRawParameterTypes().size() - addedParameters(one) > 5) {
                    String name = one.getName().substring(one.getName().lastIndexOf('.') + 1);
                    assertTrue(one.isRecord() || MANY_PARAMETERS.contains(name), name);
                    found.add(name);
                }
            }
        }
        found.removeAll(MANY_PARAMETERS);
        System.out.println("More than five constructor parameters: the records " + String.join(", ", found));
        assertEquals(new TreeSet<>(DATA), found);
    }

    /** By the compiler: an enum's name and number, an inner class's outer instance. */
    private static int addedParameters(JavaClass one) {
        return one.isEnum() ? 2 : one.isInnerClass() ? 1 : 0;
    }

    /** Groups of classes that use each other, and why each of them stays: none may be added. */
    private static final Map<Set<String>, String> GROUPS = Map.of(
            Set.of("Binding", "Sql"),
            "a statement makes its binding, and a binding belongs to one statement",
            Set.of("BreakerRule", "ConsecutiveFailures"),
            "the rule names the failures that it judges");

    @Test
    void no_other_classes_of_different_files_use_each_other() throws IOException {
        Set<Set<String>> groups = ClassGroups.of(program(), constantsUsed());
        System.out.println("Classes of different files that use each other: " + groups);
        assertEquals(GROUPS.keySet(), groups);
    }

    /** The compiler copies the value of a constant and keeps no trace of its class. */
    private static final Pattern CONSTANT = Pattern.compile("\\b([A-Z]\\w+)\\.[A-Z][A-Z0-9_]+\\b");

    /** By the sources: the classes of whose constants each class makes use. */
    private static Map<String, Set<String>> constantsUsed() throws IOException {
        Map<String, String> code = new TreeMap<>();
        for (Path file : sources()) {
            String inside = SOURCES.relativize(file).toString();
            String name = inside.substring(0, inside.length() - ".java".length());
            code.put(PROGRAM + "." + name.replace('/', '.'), Files.readString(file));
        }
        Map<String, Set<String>> used = new TreeMap<>();
        code.forEach((name, text) -> used.put(
                name,
                CONSTANT.matcher(COMMENT.matcher(text).replaceAll(""))
                        .results()
                        .map(found -> named(found.group(1), name, text))
                        .filter(code::containsKey)
                        .collect(Collectors.toCollection(TreeSet::new))));
        return used;
    }

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

    /** The class of that simple name, as imported there or of the same package. */
    private static String named(String simple, String user, String text) {
        Matcher imported =
                Pattern.compile("(?m)^import ([\\w.]+\\." + simple + ");$").matcher(text);
        return imported.find() ? imported.group(1) : user.substring(0, user.lastIndexOf('.') + 1) + simple;
    }

    @Test
    void a_constant_counts_as_a_use_of_its_class() throws IOException {
        assertTrue(
                constantsUsed().get(PROGRAM + ".merge.MergeLoop").contains(PROGRAM + ".merge.MergeStep"),
                "MergeStep.BATCH");
    }

    @Test
    void a_group_is_found_across_several_classes() {
        Map<String, Set<String>> uses = Map.of(
                "A", Set.of("B", "D"),
                "B", Set.of("C"),
                "C", Set.of("A"),
                "D", Set.of("E"),
                "E", Set.of());
        assertEquals(Set.of(Set.of("A", "B", "C")), ClassGroups.of(uses));
    }

    private static final Path SOURCES = Path.of("src/main/java/io/alohubsync");

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static int length(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation()); // once: it takes seconds

    static JavaClasses program() {
        return CLASSES;
    }
}
