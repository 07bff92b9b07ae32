package io.alohubsync.cli.shell;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes: data to standard output, words to standard error, both in UTF-8. One
 * thread uses it.
 */
public record Screen(PrintWriter out, PrintWriter err, Words words, Kind kind) {

    /**
     * What it is.
     *
     * @param colour   standard output takes colours
     * @param cursor   standard output moves its cursor
     * @param terminal all three streams are a terminal: progress is seen there, and a question can
     *                 be asked
     */
    public record Kind(boolean colour, boolean cursor, boolean terminal) {

        /** <a href="https://no-color.org">no-color.org</a>: any value but an empty one. */
        static Kind of(boolean out, boolean err, Map<String, String> environment) {
            boolean cursor = out && !"dumb".equals(environment.get("TERM"));
            return new Kind(cursor && environment.getOrDefault("NO_COLOR", "").isEmpty(), cursor, out && err);
        }
    }

    private static final Map<String, String> COLOURS =
            Map.of("good", "\u001b[32m", "warning", "\u001b[33m", "bad", "\u001b[31m", "faint", "\u001b[2m");
    private static final String PLAIN = "\u001b[0m";
    private static final Path ERROR = Path.of("/proc/self/fd/2");
    private static final String CLEAR = "\u001b[H\u001b[2J";

    /** @param terminal all three streams are one, and its cursor moves */
    public Screen(PrintWriter out, PrintWriter err, Words words, boolean colour, boolean terminal) {
        this(out, err, words, new Kind(colour, terminal, terminal));
    }

    public static Screen of(Words words, Map<String, String> environment) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Screen(
                utf8(new FileOutputStream(FileDescriptor.out)),
                utf8(new FileOutputStream(FileDescriptor.err)),
                words,
                Kind.of(terminal, isTerminal(ERROR), environment));
    }

    /**
     * The JVM knows it of the other two. Where the system has no such link, the three are taken for
     * alike.
     */
    static boolean isTerminal(Path link) {
        try {
            return Files.readSymbolicLink(link).toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException | UnsupportedOperationException otherSystem) {
            return true;
        }
    }

    public boolean colour() {
        return kind.colour();
    }

    public boolean terminal() {
        return kind.terminal();
    }

    private static PrintWriter utf8(OutputStream to) {
        return new PrintWriter(to, true, StandardCharsets.UTF_8);
    }

    /** A line of data. */
    public void data(String line) {
        out.println(line);
    }

    public void say(String key, Object... values) {
        err.println(words.text(key, values));
    }

    public String text(String key, Object... values) {
        return words.text(key, values);
    }

    public String painted(String colourName, String text) {
        return colour() ? COLOURS.getOrDefault(colourName, "") + text + PLAIN : text;
    }

    public void clear() {
        if (kind.cursor()) {
            out.print(CLEAR);
            out.flush();
        }
    }

    /** On one line that changes, and for a person only. */
    public void progress(String key, Object... values) {
        if (terminal()) {
            err.print("\r" + words.text(key, values) + "\u001b[K");
            err.flush();
        }
    }

    /** The line is free again. */
    public void progressEnded() {
        if (terminal()) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    /** Asks a yes-or-no question; no, without a terminal. */
    public boolean isConfirmed(String key, Object... values) throws IOException {
        if (!terminal()) {
            return false;
        }
        err.print(words.text(key, values) + " ");
        err.flush();
        @Nullable
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|c|có");
    }
}
