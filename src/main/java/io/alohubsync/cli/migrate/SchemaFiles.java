package io.alohubsync.cli.migrate;

import io.alohubsync.schema.SchemaNumber;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The migration files of this version, and what the database's history says of them.
 *
 * @param infos Flyway's, in the order in which they run
 * @param newer whether a newer version of the program has migrated the database
 */
public record SchemaFiles(List<MigrationInfo> infos, boolean newer) {

    private static final Pattern COMMENT = Pattern.compile("\\A((?:--[^\\n]*\\n)+)");
    private static final Pattern SENTENCE = Pattern.compile("\\A(.*?\\.)(?:\\s|\\z)", Pattern.DOTALL);

    /**
     * The history of a daemon that migrated names a file with its folder, that of the command
     * without.
     */
    private static String name(MigrationInfo info) {
        return info.getScript().substring(info.getScript().lastIndexOf('/') + 1);
    }

    /** Reads; changes nothing. */
    public static SchemaFiles of(FluentConfiguration flyway) throws SQLException {
        try (Connection connection = flyway.getDataSource().getConnection()) {
            boolean newer = SchemaNumber.in(connection) > SchemaNumber.OURS;
            return new SchemaFiles(Arrays.asList(flyway.load().info().all()), newer);
        }
    }

    /**
     * A file that would be run.
     *
     * @param kind NEW or CHANGED
     * @param does the first sentence of the file
     */
    public record Planned(String script, String kind, String does) {
        Map<String, @Nullable Object> row() {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("file", script);
            row.put("kind", kind);
            row.put("does", does);
            return row;
        }
    }

    /** Nothing over the files of a newer version. */
    public List<Planned> planned() {
        List<Planned> planned = new ArrayList<>();
        if (newer) {
            return planned;
        }
        for (MigrationInfo info : infos) {
            if (info.getState() == MigrationState.PENDING) {
                planned.add(new Planned(
                        name(info), wasRun(name(info)) ? "CHANGED" : "NEW", firstSentence(text(name(info)))));
            }
        }
        return planned;
    }

    /** As it was before: Flyway has an entry for that and one for the file of this version. */
    private boolean wasRun(String script) {
        return infos.stream().anyMatch(info -> info.getInstalledRank() != null && script.equals(name(info)));
    }

    /**
     * Files that were run and that this version does not have: it is older than the database, or of
     * another line.
     */
    List<String> unknown() {
        return infos.stream()
                .filter(info -> switch (info.getState()) {
                    case FUTURE_SUCCESS, FUTURE_FAILED, MISSING_SUCCESS, MISSING_FAILED -> true;
                    default -> false;
                })
                .map(SchemaFiles::name)
                .toList();
    }

    /** Files that were run and are others by now, although such a file must not change. */
    List<String> altered() {
        return infos.stream()
                .filter(info -> info.getVersion() != null
                        && info.getState() == MigrationState.SUCCESS
                        && info.getAppliedChecksum() != null
                        && !Objects.equals(info.getAppliedChecksum(), info.getResolvedChecksum()))
                .map(SchemaFiles::name)
                .toList();
    }

    /** The statements of all files of this version. */
    String texts() {
        StringBuilder texts = new StringBuilder();
        infos.stream()
                .filter(info -> info.getResolvedChecksum() != null)
                .map(SchemaFiles::name)
                .distinct()
                .forEach(script -> texts.append(text(script)));
        return texts.toString();
    }

    private static String text(String script) {
        try (InputStream file = SchemaFiles.class.getResourceAsStream("/db/migration/" + script)) {
            if (file == null) { // else each check of what the files make would pass
                throw new IllegalStateException(script + " is not in this program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String firstSentence(String text) {
        Matcher comment = COMMENT.matcher(text);
        if (!comment.find()) {
            return "";
        }
        String said =
                comment.group(1).replaceAll("(?m)^-- ?", "").replace('\n', ' ').strip();
        Matcher sentence = SENTENCE.matcher(said);
        return sentence.find() ? sentence.group(1) : said;
    }
}
