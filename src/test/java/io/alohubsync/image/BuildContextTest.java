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
