package io.alohubsync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The key of the console's cookies, as it is set. Several lines of a file are several keys: the
 * first one seals.
 */
public final class EncryptionKey {

    private static final int SHORTEST = 32;
    private static final int MOST_BYTES = 8192;
    private static final int FEWEST_CHARACTERS = 10; // that differ
    private static final String REMEDY =
            ": make one with `openssl rand -base64 48`, keep it in a Secret, and give every replica the same.";

    private final ConsoleSettings settings;
    private final List<String> problems = new ArrayList<>();

    public EncryptionKey(ConsoleSettings settings) {
        this.settings = settings;
    }

    public List<String> problems() {
        return problems;
    }

    /** @return empty: {@link #problems} says why */
    public List<String> keys() {
        if (settings.encryptionKey().isPresent() && settings.encryptionKeyFile().isPresent()) {
            problems.add(
                    "alohub.console.encryption-key and alohub.console.encryption-key-file are both set: keep one of them.");
            return List.of();
        }
        if (settings.encryptionKeyFile().isPresent()) {
            return ofFile(Path.of(settings.encryptionKeyFile().get()));
        }
        if (settings.encryptionKey().isEmpty()) {
            problems.add("alohub.console.encryption-key is missing" + REMEDY);
            return List.of();
        }
        return sound(
                "alohub.console.encryption-key",
                List.of(settings.encryptionKey().get().strip()));
    }

    private List<String> ofFile(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                problems.add(
                        "The file of alohub.console.encryption-key-file is longer than 8 KiB: put keys alone into it.");
                return List.of();
            }
            List<String> lines = Files.readString(file)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return sound("The file of alohub.console.encryption-key-file", lines);
        } catch (IOException unreadable) {
            problems.add(
                    "The file of alohub.console.encryption-key-file can't be read: check that it exists, is UTF-8 and may be"
                            + " read by this user.");
            return List.of();
        }
    }

    /** Where there is no key, and so no console: one that this process alone opens. */
    public Seal seal() {
        List<String> keys = keys();
        return new Seal(keys.isEmpty() ? List.of(UUID.randomUUID().toString()) : keys);
    }

    private List<String> sound(String where, List<String> keys) {
        if (keys.isEmpty()) {
            problems.add(where + " holds no key" + REMEDY);
        } else if (keys.stream().anyMatch(key -> key.length() < SHORTEST)) {
            problems.add(where + " holds a key of less than " + SHORTEST + " characters" + REMEDY);
        } else if (keys.stream().anyMatch(EncryptionKey::isGuessed)) {
            problems.add(where + " holds a key that can be guessed" + REMEDY);
        } else {
            return keys;
        }
        return List.of();
    }

    /** Keys of examples, and those with few characters that differ. */
    private static boolean isGuessed(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return key.chars().distinct().count() < FEWEST_CHARACTERS
                || List.of("change", "example", "secret", "password", "demo", "0123456789", "abcdef", "insert", "your")
                        .stream()
                        .anyMatch(lower::contains);
    }
}
