package io.alohubsync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a file, now: it is read again when it is asked for, a second after the last time
 * at the earliest. While the file is unreadable the last good content stays in use; while it is
 * unsound too, or what remains of it. Used by any thread; its lock guards its state.
 */
public final class ReloadedFile<T> {

    private static final Logger LOG = Logger.getLogger(ReloadedFile.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final long AGE = Duration.ofSeconds(1).toNanos();

    /**
     * What a text means.
     *
     * @param content of an unsound text: what {@link Remains} takes
     * @param problem a sentence that names the remedy; null: it is sound
     */
    public record Read<T>(T content, @Nullable String problem) {}

    /** What stays in use of the last good content while the text is unsound. */
    public interface Remains<T> {
        T of(T lastGood, T unsound);
    }

    private final Path file;
    private final LongSupplier nanoTime;
    private final Function<String, Read<T>> reader;
    private final Remains<T> remains;
    private T content;
    private @Nullable String text;
    private @Nullable String ofText; // what is wrong with the text
    private @Nullable String complaint;
    private long readAt;

    /** @param nothing before the first sound content */
    public ReloadedFile(Path file, T nothing, Function<String, Read<T>> reader, LongSupplier nanoTime) {
        this(file, nothing, reader, (lastGood, unsound) -> lastGood, nanoTime);
    }

    /** @param nothing before the first sound content */
    public ReloadedFile(
            Path file, T nothing, Function<String, Read<T>> reader, Remains<T> remains, LongSupplier nanoTime) {
        this.remains = remains;
        this.file = file;
        this.content = nothing;
        this.reader = reader;
        this.nanoTime = nanoTime;
        read();
    }

    public synchronized T content() {
        if (nanoTime.getAsLong() - readAt >= AGE) {
            read();
        }
        return content;
    }

    /** Why there is no content, or why the last one is kept; null: all is well. */
    public synchronized @Nullable String complaint() {
        return complaint;
    }

    private void read() {
        readAt = nanoTime.getAsLong();
        String problem = tryRead();
        if (problem != null && !problem.equals(complaint) && text != null) {
            LOG.warnf("%s What still holds of the last good content stays in use.", problem);
        }
        complaint = problem;
    }

    private @Nullable String tryRead() {
        String now;
        try {
            if (Files.size(file) > MOST_BYTES) {
                return "The file " + file + " is longer than 1 MiB: it is not the one that is meant.";
            }
            now = Files.readString(file);
        } catch (IOException unreadable) {
            return "The file " + file + " can't be read: check that it exists, is UTF-8 and may be read by this user.";
        }
        if (!now.equals(text)) {
            Read<T> read = reader.apply(now);
            text = now;
            ofText = read.problem() == null ? null : "The file " + file + " " + read.problem();
            content = read.problem() == null ? read.content() : remains.of(content, read.content());
        }
        return ofText;
    }
}
