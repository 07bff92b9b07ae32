package io.alohubsync.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Helm chart, read by real Helm (its Go code in a library; no program and no cluster is
 * needed).
 */
final class Chart {

    static final Path FOLDER = Path.of("src/main/helm/alohub-sync");
    static final Path RENDERED = Path.of("docker/kubernetes");
    static final List<String> SETS = List.of("small", "production");

    /** What has no default: as it stands in docker/kubernetes, for people to replace. */
    static final Map<String, String> REQUIRED = Map.of(
            "alohub.baseUrl", "https://crm.example.vn",
            "database.jdbcUrl", "jdbc:postgresql://db.example.vn:5432/erp");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * The library's Helm takes every cluster for Kubernetes 1.20 and has no switch for it: the copy
     * asks for no version.
     */
    private static final Path COPY = copied();

    private Chart() {}

    private static Path copied() {
        try {
            // One of its own each time: a test that changes it disturbs no other.
            Path copies = Files.createDirectories(Path.of("target/chart"));
            Path copy = Files.createDirectories(
                    Files.createTempDirectory(copies, "copy").resolve("alohub-sync"));
            try (Stream<Path> files = Files.walk(FOLDER)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = copy.resolve(FOLDER.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            String description = Files.readString(FOLDER.resolve("Chart.yaml"));
            Files.writeString(copy.resolve("Chart.yaml"), description.replaceFirst("(?m)^kubeVersion:.*$", ""));
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param set {@code small} or {@code production} */
    static String rendered(String set) {
        return rendered(set, REQUIRED);
    }

    /** With every value that adds something. */
    static String whole() {
        return rendered("production", Map.of(), Path.of("src/test/resources/kubernetes/values-all.yaml"));
    }

    /** @return a file of values */
    static Path file(String yaml) {
        try {
            return Files.writeString(Files.createTempFile(COPY.getParent(), "values", ".yaml"), yaml);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * @param files of values, which go on top of the set
     * @throws IllegalStateException Helm refuses the values; the message says why
     */
    static String rendered(String set, Map<String, String> values, Path... files) {
        return rendered("alohub-sync", "alohub", set, values, files);
    }

    static String rendered(String name, String namespace, String set, Map<String, String> values, Path... files) {
        TemplateCommand template = new Helm(COPY)
                .template()
                .withName(name)
                .withNamespace(namespace)
                .withValuesFile(FOLDER.resolve("values-" + set + ".yaml"));
        Stream.of(files).forEach(template::withValuesFile);
        values.forEach(template::set);
        return template.call();
    }

    /**
     * Lints the chart with a set's values in place of its defaults: Helm's library lints with
     * defaults only.
     */
    static LintResult lint(String set) {
        try {
            JsonNode defaults = YAML.readTree(FOLDER.resolve("values.yaml").toFile());
            YAML.readerForUpdating(defaults)
                    .readValue(FOLDER.resolve("values-" + set + ".yaml").toFile());
            Path own = copied();
            YAML.writeValue(own.resolve("values.yaml").toFile(), defaults);
            return new Helm(own).lint().strict().call();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static LintResult lint() {
        return new Helm(COPY).lint().strict().call();
    }

    /** The objects of a file of YAML documents; empty documents are left out. */
    static List<JsonNode> objects(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    static JsonNode object(String set, String kind) {
        return only(objects(rendered(set)), kind);
    }

    static JsonNode only(List<JsonNode> objects, String kind) {
        List<JsonNode> found = objects.stream()
                .filter(object -> kind.equals(object.path("kind").asText()))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " objects of kind " + kind);
        }
        return found.getFirst();
    }
}
