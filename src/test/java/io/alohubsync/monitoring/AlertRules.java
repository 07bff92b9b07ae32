package io.alohubsync.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The alert rules that are shipped with the chart. */
public final class AlertRules {

    public static final Path FILE = Path.of("src/main/helm/alohub-sync/files/alerts.yaml");

    private AlertRules() {}

    /**
     * @param labels      what it adds to those of its expression
     * @param annotations templates, as they are written
     */
    public record Alert(String alert, String expression, Map<String, String> labels, Map<String, String> annotations) {}

    public static List<Alert> alerts() {
        return list(yaml(FILE), "groups").stream()
                .flatMap(group -> list(group, "rules").stream())
                .map(rule -> new Alert(
                        String.valueOf(rule.get("alert")),
                        String.valueOf(rule.get("expr")),
                        texts(rule, "labels"),
                        texts(rule, "annotations")))
                .toList();
    }

    static Map<String, Object> yaml(Path file) {
        try {
            return new Yaml().load(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @return empty where there is none of that name */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> list(Map<String, Object> from, String name) {
        return (List<Map<String, Object>>) from.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Map<String, Object> from, String name) {
        return (Map<String, String>) from.getOrDefault(name, Map.of());
    }
}
