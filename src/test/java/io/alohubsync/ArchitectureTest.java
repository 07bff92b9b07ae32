package io.alohubsync;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
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

    private static JavaClasses program() {
        return new ClassFileImporter()
                .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());
    }
}
