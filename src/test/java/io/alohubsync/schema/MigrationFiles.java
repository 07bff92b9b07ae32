package io.alohubsync.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the files of migrations as a strict reviewer would.
 *
 * @param texts    by name of the file
 * @param released their SHA-256, by name of the file
 */
record MigrationFiles(Map<String, String> texts, Map<String, String> released) {

    private static final Path FOLDER = Path.of("src/main/resources/db/migration");
    private static final Path RELEASED = Path.of("src/test/resources/migrations/released.txt");

    private static final Pattern NAME = Pattern.compile("(V(?!0)|R__)(0|[1-9][0-9]*)(__|_)[a-z]+(_[a-z]+)*\\.sql");
    private static final String NUMBER = "R__0_number.sql";
    private static final String CALLBACK = "afterEachMigrate.sql";

    /** What people and programs outside rely on. */
    private static final String CONTRACT =
            "alohub\\.(customer_outbox|customer_inbox|sync_status|outbox_status|sync_status_masked|"
                    + "outbox_status_masked|account_status|status_counts|delivery_attempt|audit|reason|enqueue_customer|retry|hold|"
                    + "release|resync|pause|resume)\\b";

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern BREAKS_THE_CONTRACT = Pattern.compile(
            "\\bDROP\\s+(TABLE|VIEW|FUNCTION)\\b[^;]*" + CONTRACT + "|\\bALTER\\s+(TABLE|VIEW|FUNCTION)\\b[^;]*"
                    + CONTRACT + "[^;]*\\b(DROP\\s+COLUMN|RENAME|TYPE)\\b");
    private static final Pattern NOT_REPEATABLE =
            Pattern.compile("\\bDROP\\b|\\bCREATE\\s+(TABLE|INDEX|SEQUENCE|FUNCTION|VIEW|TRIGGER|TYPE)\\b");

    /** Outside of E'…'. Functions are read in the sessions that call them. */
    private static final Pattern BACKSLASH = Pattern.compile("(?<!\\bE)'[^'\\\\]*\\\\");

    static MigrationFiles ofTheProgram() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        Map<String, String> released = new TreeMap<>();
        Files.readAllLines(RELEASED).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\s+"))
                .forEach(fields -> released.put(fields[1], fields[0]));
        return new MigrationFiles(texts, released);
    }

    /** Of all files but the one that holds the number. */
    String checksum() {
        StringBuilder all = new StringBuilder();
        new TreeMap<>(texts).forEach((name, text) -> {
            if (!name.equals(NUMBER)) {
                all.append(name).append('\n').append(sha256(text)).append('\n');
            }
        });
        return sha256(all.toString());
    }

    /** @return a sentence for each rule that a file breaks */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<Integer, String> versions = new TreeMap<>();
        Map<Integer, String> repeated = new TreeMap<>();
        texts.forEach((name, text) -> {
            Matcher parts = NAME.matcher(name);
            if (name.equals(CALLBACK)) {
                return;
            }
            if (!parts.matches() || parts.group(1).equals("V") != parts.group(3).equals("__")) {
                problems.add(name + ": is named neither V<number>__<words>.sql nor R__<number>_<words>.sql");
                return;
            }
            Map<Integer, String> numbers = name.startsWith("V") ? versions : repeated;
            if (numbers.put(Integer.valueOf(parts.group(2)), name) != null) {
                problems.add(name + ": another file has its number");
            }
            String statements = COMMENT.matcher(text).replaceAll("");
            if (BREAKS_THE_CONTRACT.matcher(statements).find()) {
                problems.add(name + ": takes away what others rely on");
            }
            if (name.startsWith("R") && BACKSLASH.matcher(statements).find()) {
                problems.add(name + ": a backslash means something else in sessions of others");
            }
            if (name.startsWith("R") && NOT_REPEATABLE.matcher(statements).find()) {
                problems.add(
                        name + ": does more than CREATE OR REPLACE, and runs again while the version before works");
            }
        });
        missing(versions).forEach(number -> problems.add("V" + number + " is missing"));
        if (repeated.keySet().stream().anyMatch(number -> number > 9)) { // Flyway orders them as texts
            problems.add("R__10 would run before R__2");
        }
        released.forEach((name, checksum) -> {
            String text = texts.get(name);
            if (text == null || !checksum.equals(sha256(text))) {
                problems.add(name + ": was released and is " + (text == null ? "gone" : "another now"));
            }
        });
        return problems;
    }

    private static List<Integer> missing(Map<Integer, String> versions) {
        return Stream.iterate(1, number -> number + 1)
                .limit(versions.keySet().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0))
                .filter(number -> !versions.containsKey(number))
                .toList();
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
