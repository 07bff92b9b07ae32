package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrapperTest {

    @Test
    void the_maven_wrapper_selects_the_jdk_before_it_does_anything_else() throws IOException {
        List<String> script = Files.readAllLines(Path.of("mvnw"));
        int strict = script.indexOf("set -euf");
        assertTrue(strict >= 0, "mvnw has no line 'set -euf': see where its commands begin now");
        assertEquals(
                ". \"$(dirname \"$0\")/.mvn/select-jdk.sh\"",
                script.get(strict + 1),
                "mvnw was regenerated: put this line back behind 'set -euf'");
        assertTrue(Files.exists(Path.of(".mvn/select-jdk.sh")));
    }
}
