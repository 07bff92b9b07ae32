package io.alohubsync.monitoring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Grafana dashboard that is shipped with the chart. */
public final class Dashboard {

    static final Path FILE = Path.of("src/main/helm/alohub-sync/files/dashboard.json");

    private Dashboard() {}

    /** @param expression with Grafana's variables in it */
    public record Query(String panel, String expression) {}

    static JsonObject json() {
        try {
            return new JsonObject(Files.readString(FILE));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Those that show something: headings left out. */
    static List<JsonObject> panels() {
        return objects(json().getJsonArray("panels")).stream()
                .filter(panel -> !panel.getString("type").equals("row"))
                .toList();
    }

    public static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonObject panel : panels()) {
            for (JsonObject target : objects(panel.getJsonArray("targets"))) {
                queries.add(new Query(panel.getString("title"), target.getString("expr")));
            }
        }
        return queries;
    }

    static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
