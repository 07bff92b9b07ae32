package io.alohubsync.account;

import io.alohubsync.config.SettingsCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The key of an account, now. A key file is read again when it changes (Kubernetes swaps a symbolic
 * link); while it is empty, unreadable or unsound the last good key stays in use. Any thread may
 * read the key or refresh it; under the lock one thread at a time reads the file and writes what it
 * found.
 */
public final class KeySource {

    private static final Logger LOG = Logger.getLogger(KeySource.class);
    private static final int MAX_BYTES = 8192; // more than any header may hold

    private final @Nullable Path file;
    private volatile @Nullable ApiKey key;
    private volatile @Nullable String complaint;

    private KeySource(@Nullable Path file, @Nullable ApiKey key) {
        this.file = file;
        this.key = key;
    }

    public static KeySource fixed(String key) {
        return new KeySource(null, ApiKey.of(key.strip()));
    }

    public static KeySource inFile(Path file) {
        KeySource source = new KeySource(file, null);
        source.refresh();
        return source;
    }

    /** Empty only before the file held a sound key for the first time. */
    public Optional<ApiKey> current() {
        return Optional.ofNullable(key);
    }

    /** Why there is no key, or why the last one is kept; empty when all is well. */
    public Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }

    /**
     * Reads the file. Called in every round of the loop: a small file in memory costs microseconds.
     */
    public synchronized void refresh() {
        if (file == null) {
            return;
        }
        String problem = read(file);
        if (problem != null && !problem.equals(complaint)) {
            LOG.warnf("%s%s", problem, key == null ? "" : " The last good key stays in use.");
        }
        complaint = problem;
    }

    private @Nullable String read(Path path) {
        Content content = contentOf(path);
        if (content.problem() != null) {
            return content.problem();
        }
        ApiKey before = key;
        if (before == null || !before.value().equals(content.key())) {
            key = ApiKey.of(content.key());
            LOG.infof("Using %s from %s", key, path);
        }
        return null;
    }

    /** @return why the file gives no key, without anything of its content; empty: it gives one */
    public static Optional<String> problemOf(Path file) {
        return Optional.ofNullable(contentOf(file).problem());
    }

    /** @param problem null: {@code key} is sound */
    private record Content(String key, @Nullable String problem) {
        static Content unusable(String problem) {
            return new Content("", problem);
        }
    }

    private static Content contentOf(Path path) {
        String text;
        try {
            if (Files.size(path) > MAX_BYTES) {
                return Content.unusable(
                        "The key file " + path + " is longer than " + MAX_BYTES + " bytes: put the key alone into it.");
            }
            text = Files.readString(path).strip();
        } catch (IOException unreadable) {
            return Content.unusable("The key file " + path
                    + " can't be read: check that it exists, is UTF-8 and may be read by this user.");
        }
        if (text.isEmpty()) {
            return Content.unusable("The key file " + path + " is empty: put the key into it.");
        }
        return SettingsCheck.problemOfKey(text)
                .map(unsound -> Content.unusable("The key in " + path + " " + unsound))
                .orElseGet(() -> new Content(text, null));
    }
}
