package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrapperTest {

    @Test
    void the_maven_wrapper_selects_the_jdk_before_it_does_anything_else_and_the_profile_of_dev_mode()
            throws IOException {
        List<String> script = Files.readAllLines(Path.of("mvnw"));
        int strict = script.indexOf("set -euf");
        assertTrue(strict >= 0, "mvnw has no line 'set -euf': see where its commands begin now");
        assertEquals(
                List.of(". \"$(dirname \"$0\")/.mvn/select-jdk.sh\"", ". \"$(dirname \"$0\")/.mvn/dev-profile.sh\""),
                script.subList(strict + 1, strict + 3),
                "mvnw was regenerated: put these lines back behind 'set -euf'");
        assertTrue(Files.exists(Path.of(".mvn/select-jdk.sh")));
    }

    @Test
    void dev_mode_runs_in_its_profile_and_nothing_else_does() throws IOException, InterruptedException {
        assertEquals("-Pdev quarkus:dev -Dx=a b", arguments("quarkus:dev", "-Dx=a b"));
        assertEquals("verify -Dx=quarkus:dev", arguments("verify", "-Dx=quarkus:dev"));
    }

    /** As they are after {@code .mvn/dev-profile.sh}. */
    private static String arguments(String... given) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-euc", ". .mvn/dev-profile.sh; echo \"$*\"", "mvnw"));
        command.addAll(List.of(given));
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        shell.waitFor();
        return printed.strip();
    }
}
