package io.alohubsync.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.Npm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Types and enums, which the models in Java let pass, and the operators' kinds, by npm's
 * kubernetes-models. They need npm and its registry.
 */
@ResourceLock("Helm") // its library renders one chart at a time
class KubernetesModelsTest {

    private static final Path BROKEN = Path.of("src/test/resources/kubernetes/broken");

    private static Npm npm;

    @BeforeAll
    static void install() throws Exception {
        npm = Npm.install("kubernetes");
    }

    private static Npm.Ended check(List<Path> files) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", "check.mjs"));
        files.forEach(file -> command.add(file.toAbsolutePath().toString()));
        return npm.run(command);
    }

    @Test
    void what_the_chart_renders_has_the_right_types() throws Exception {
        Npm.Ended ended = check(Chart.SETS.stream()
                .map(set -> Chart.RENDERED.resolve(set + ".yaml"))
                .toList());
        assertEquals(new Npm.Ended(0, ""), ended);
    }

    @Test
    void what_the_chart_renders_with_every_value_has_the_right_types(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("all.yaml"), Chart.whole());
        assertEquals(new Npm.Ended(0, ""), check(List.of(file)));
    }

    /** Each says in its first line what must be complained of; the script compares. */
    @Test
    void a_broken_manifest_is_found() throws Exception {
        try (Stream<Path> files = Files.list(BROKEN)) {
            List<Path> broken =
                    files.filter(KubernetesModelsTest::isForUs).sorted().toList();
            assertTrue(broken.size() > 3, broken.toString());
            assertEquals(new Npm.Ended(0, ""), check(broken));
        }
    }

    private static boolean isForUs(Path file) {
        try {
            return Files.readString(file).startsWith("# kubernetes-models: ");
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void a_manifest_that_is_broken_and_does_not_say_so_fails(@TempDir Path folder) throws Exception {
        String manifest = Files.readString(BROKEN.resolve("wrong-type.yaml"));
        Path file = folder.resolve("manifest.yaml");
        Files.writeString(file, manifest.substring(manifest.indexOf('\n') + 1));
        Npm.Ended ended = check(List.of(file));
        assertNotEquals(0, ended.code());
        assertTrue(ended.output().contains("periodSeconds must be integer"), ended.output());
    }
}
