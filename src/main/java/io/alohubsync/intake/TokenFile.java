package io.alohubsync.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in a file, now: it is read again by a request, a second after the last time at the
 * earliest. While it is empty, unreadable or unsound the last good tokens stay in use. Used by any
 * thread; its lock guards its state.
 */
final class TokenFile {

    private static final Logger LOG = Logger.getLogger(TokenFile.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final long AGE = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final LongSupplier nanoTime;
    private List<Token> tokens = List.of();
    private @Nullable String text;
    private @Nullable String complaint;
    private long readAt;

    TokenFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        read();
    }

    synchronized List<Token> tokens() {
        if (nanoTime.getAsLong() - readAt >= AGE) {
            read();
        }
        return tokens;
    }

    /** Why there are no tokens, or why the last ones are kept; null: all is well. */
    synchronized @Nullable String complaint() {
        return complaint;
    }

    private void read() {
        readAt = nanoTime.getAsLong();
        String problem = tryRead();
        if (problem != null && !problem.equals(complaint) && !tokens.isEmpty()) {
            LOG.warnf("%s The last good tokens stay in use.", problem);
        }
        complaint = problem;
    }

    private @Nullable String tryRead() {
        String now;
        try {
            if (Files.size(file) > MOST_BYTES) {
                return "The file " + file + " is longer than 1 MiB: put tokens alone into it.";
            }
            now = Files.readString(file);
        } catch (IOException unreadable) {
            return "The file " + file + " can't be read: check that it exists, is UTF-8 and may be read by this user.";
        }
        return now.equals(text) ? complaint : parsed(now);
    }

    private @Nullable String parsed(String now) {
        text = now;
        List<Token> read = Token.ofLines(now.lines().toList());
        if (read == null) {
            return "A line of the file " + file + " " + Token.RULE;
        }
        if (read.isEmpty()) {
            return "The file " + file + " holds no token: put one name:token on each line.";
        }
        tokens = read;
        return null;
    }
}
