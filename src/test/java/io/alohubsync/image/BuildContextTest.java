package io.alohubsync.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the image is built from: docker takes of the folder what .dockerignore lets in. */
class BuildContextTest {

    private static final Pattern FOLDER = Pattern.compile("<directory>([^<$]+)</directory>");

    /** In the C locale a variable with letters outside ASCII comes as question marks. */
    @Test
    void the_daemon_reads_its_variables_as_utf8() throws IOException {
        String dockerfile = Files.readString(Path.of("docker/Dockerfile"));
        String image = dockerfile.substring(dockerfile.lastIndexOf("FROM "));
        assertTrue(image.lines().anyMatch("ENV LANG=C.UTF-8"::equals), image);
    }

    @Test
    void the_image_and_its_content_without_an_engine_have_the_same_variables() throws IOException {
        String dockerfile = Files.readString(Path.of("docker/Dockerfile"));
        String variables = dockerfile
                .substring(dockerfile.lastIndexOf("FROM "))
                .lines()
                .filter(line -> line.startsWith("ENV "))
                .map(line -> line.substring("ENV ".length()))
                .collect(Collectors.joining(" "));
        String script = Files.readString(Path.of("docker/run-rootfs.sh"));
        assertTrue(script.contains("export " + variables + " "), variables);
    }

    /** The JVM passes over a cache that does not fit, with a line: a start then takes twice as long. */
    @Test
    void the_build_ends_where_the_cache_does_not_fit() throws IOException {
        List<String> image = Files.readAllLines(Path.of("docker/Dockerfile"));
        List<String> entry = words(image.stream()
                .filter(line -> line.startsWith("ENTRYPOINT"))
                .toList()
                .getLast());
        List<String> check = words(
                image.stream().filter(line -> line.startsWith("RUN [")).toList().getLast());
        assertEquals("--version", check.getLast());
        assertTrue(check.contains("-XX:AOTMode=on"), check.toString());
        assertEquals(
                entry,
                check.stream()
                        .filter(word -> !List.of("-XX:AOTMode=on", "--version").contains(word))
                        .toList());
    }

    private static List<String> words(String line) {
        return Pattern.compile("\"([^\"]+)\"")
                .matcher(line)
                .results()
                .map(word -> word.group(1))
                .toList();
    }

    @Test
    void each_folder_that_the_jar_is_made_of_is_let_in() throws IOException {
        Set<String> let = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .collect(Collectors.toSet());
        List<String> folders = FOLDER.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map((MatchResult folder) -> folder.group(1).split("/")[0])
                .distinct()
                .toList();
        assertFalse(folders.isEmpty());
        assertEquals(
                List.of(),
                folders.stream().filter(folder -> !let.contains(folder)).toList());
    }
}
