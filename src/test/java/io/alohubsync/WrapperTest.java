package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrapperTest {

    private static final String PROPERTIES = ".mvn/wrapper/maven-wrapper.properties";

    /** Neither unzip, curl nor wget. */
    private static final List<String> PROGRAMS =
            List.of("sh basename cat chmod cut dirname find gzip head ls mkdir mktemp mv rm sed sha256sum tar tr uname"
                    .split(" "));

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

    /** As in eclipse-temurin, which builds the image: then mvnw fetches a tar.gz instead of the zip. */
    @Test
    void the_maven_wrapper_installs_maven_where_there_is_no_unzip(@TempDir Path folder) throws Exception {
        Path project = wrapperOf(folder);
        Path archive = packed(folder);
        assertEquals("maven runs\n", ranWithoutUnzip(project, sumOf(archive)));
    }

    @Test
    void the_maven_wrapper_refuses_a_tar_gz_that_is_not_the_one_that_was_named(@TempDir Path folder) throws Exception {
        Path project = wrapperOf(folder);
        packed(folder);
        String said = ranWithoutUnzip(project, "0".repeat(64));
        assertTrue(said.startsWith("Error: Failed to validate Maven distribution SHA-256"), said);
    }

    @Test
    void the_jdk_on_the_path_is_taken_where_java_home_names_none(@TempDir Path folder) throws Exception {
        Path jdk = jdk(folder.resolve("a jdk"), 25);
        Path links = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("real"), jdk.resolve("bin/javac"));
        Files.createSymbolicLink(links.resolve("javac"), Path.of("real"));
        assertEquals(jdk.toRealPath().toString(), selected(links));
        assertEquals(jdk.toRealPath().toString(), selected(jdk.resolve("bin")));
    }

    @Test
    void an_old_jdk_on_the_path_is_passed_over(@TempDir Path folder) throws Exception {
        Path old = jdk(folder.resolve("old"), 17);
        assertNotEquals(old.toRealPath().toString(), selected(old.resolve("bin")));
    }

    private static Path jdk(Path folder, int release) throws IOException {
        Path compiler = folder.resolve("bin/javac");
        Files.createDirectories(compiler.getParent());
        Files.writeString(compiler, "#!/bin/sh\n");
        assertTrue(compiler.toFile().setExecutable(true));
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + release + ".0.1\"\n");
        return folder;
    }

    /** @return JAVA_HOME afterwards */
    private static String selected(Path onThePath) throws Exception {
        Map<String, String> environment =
                Map.of("PATH", onThePath + ":/usr/bin:/bin", "JAVA_HOME", "", "HOME", onThePath.toString());
        return run(Path.of("").toAbsolutePath(), environment, "sh", "-euc", ". .mvn/select-jdk.sh; echo \"$JAVA_HOME\"")
                .strip();
    }

    @Test
    void the_sums_of_both_archives_of_maven_are_named() throws IOException {
        List<String> names = Files.readAllLines(Path.of(PROPERTIES)).stream()
                .map(line -> line.split("=")[0])
                .toList();
        assertTrue(names.containsAll(List.of("distributionSha256Sum", "distributionTarSha256Sum")), names.toString());
    }

    /** mvnw and what it reads, in a project of its own. */
    private static Path wrapperOf(Path folder) throws IOException {
        Path project = Files.createDirectories(folder.resolve("project"));
        for (String file : List.of("mvnw", ".mvn/select-jdk.sh", ".mvn/dev-profile.sh")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(Path.of(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return project;
    }

    /** A Maven that says that it runs. */
    private static Path packed(Path folder) throws Exception {
        Path maven = folder.resolve("apache-maven-1.0/bin/mvn");
        Files.createDirectories(maven.getParent());
        Files.writeString(maven, "#!/bin/sh\necho maven runs\n");
        assertTrue(maven.toFile().setExecutable(true));
        Path archive = folder.resolve("org/apache/maven/apache-maven-1.0-bin.tar.gz");
        Files.createDirectories(archive.getParent());
        run(folder, Map.of(), "tar", "czf", archive.toString(), "apache-maven-1.0");
        return archive;
    }

    private static String sumOf(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static String ranWithoutUnzip(Path project, String sum) throws Exception {
        Path folder = project.getParent();
        Path properties = project.resolve(PROPERTIES);
        Files.createDirectories(properties.getParent());
        Files.writeString(
                properties,
                "distributionUrl=" + folder.toUri() + "org/apache/maven/apache-maven-1.0-bin.zip\n"
                        + "distributionSha256Sum=" + "1".repeat(64) + "\ndistributionTarSha256Sum=" + sum + "\n");
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(programs.resolve(program), where(program));
        }
        return run(
                project,
                Map.of(
                        "PATH",
                        programs.toString(),
                        "MAVEN_USER_HOME",
                        folder.resolve("m2").toString()),
                "/bin/sh",
                "./mvnw");
    }

    private static Path where(String program) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program));
    }

    private static String run(Path folder, Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
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
