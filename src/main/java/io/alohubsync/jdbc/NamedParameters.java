package io.alohubsync.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Finds the parameters of a statement: {@code :name}, but not within a string, a quoted name or a
 * comment, and not a cast ({@code ::text}). A colon before a digit is an array slice; one before a
 * name is always a parameter.
 */
final class NamedParameters {

    private final String file;
    private final String sql;
    private final IntFunction<String> placeholder;
    private final Map<String, List<Integer>> positions = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private int count;
    private int at;

    private NamedParameters(String file, String sql, IntFunction<String> placeholder) {
        this.file = file;
        this.sql = sql;
        this.placeholder = placeholder;
    }

    /**
     * @param text      the statement with a placeholder in each place of a parameter
     * @param positions of each parameter, counted from 1; in the order in which the parameters
     *                  occur first
     */
    record Parsed(String text, Map<String, List<Integer>> positions) {}

    /**
     * @param file        for the message of an error
     * @param placeholder of a place, counted from 1
     */
    static Parsed parse(String file, String sql, IntFunction<String> placeholder) {
        return new NamedParameters(file, sql, placeholder).parse();
    }

    private Parsed parse() {
        while (at < sql.length()) {
            step();
        }
        return new Parsed(text.toString(), positions);
    }

    private void step() {
        char c = sql.charAt(at);
        if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            copyTo(end < 0 ? sql.length() : end);
        } else if (sql.startsWith("/*", at)) {
            copyTo(endOfComment());
        } else if (c == '\'') {
            copyTo(endOfString());
        } else if (c == '"') {
            copyTo(endAfter("\"", at + 1, "quoted name"));
        } else if (c == '$' && !isInWord(at - 1) && dollarTag() > 0) {
            int tag = dollarTag();
            copyTo(endAfter(sql.substring(at, tag), tag, "dollar-quoted string"));
        } else if (sql.startsWith("::", at)) {
            copyTo(at + 2);
        } else if (c == ':' && at + 1 < sql.length() && isStartOfName(sql.charAt(at + 1))) {
            parameter();
        } else if (c == '?') {
            throw error("has a ?: name the parameter");
        } else {
            copyTo(at + 1);
        }
    }

    private void parameter() {
        int end = at + 1;
        while (isInWord(end)) {
            end++;
        }
        count++;
        positions
                .computeIfAbsent(sql.substring(at + 1, end), name -> new ArrayList<>())
                .add(count);
        text.append(placeholder.apply(count));
        at = end;
    }

    private void copyTo(int end) {
        text.append(sql, at, end);
        at = end;
    }

    /** Comments of this kind nest. */
    private int endOfComment() {
        int depth = 0;
        for (int i = at; i < sql.length(); i++) {
            if (sql.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (sql.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        throw error("has a comment without an end");
    }

    /** A doubled quote ends one string and begins the next. Backslashes count after an E alone. */
    private int endOfString() {
        boolean escapes = at > 0 && Character.toUpperCase(sql.charAt(at - 1)) == 'E' && !isInWord(at - 2);
        for (int i = at + 1; i < sql.length(); i++) {
            if (escapes && sql.charAt(i) == '\\') {
                i++;
            } else if (escapes && sql.startsWith("''", i)) {
                i++;
            } else if (sql.charAt(i) == '\'') {
                return i + 1;
            }
        }
        throw error("has a string without an end");
    }

    /** @return where the tag that begins here ends; 0: none does */
    private int dollarTag() {
        int end = at + 1;
        while (isInWord(end) && sql.charAt(end) != '$') {
            end++;
        }
        boolean isTag =
                end < sql.length() && sql.charAt(end) == '$' && (end == at + 1 || isStartOfName(sql.charAt(at + 1)));
        return isTag ? end + 1 : 0;
    }

    private int endAfter(String mark, int from, String what) {
        int end = sql.indexOf(mark, from);
        if (end < 0) {
            throw error("has a " + what + " without an end");
        }
        return end + mark.length();
    }

    private boolean isInWord(int index) {
        return index >= 0
                && index < sql.length()
                && (isStartOfName(sql.charAt(index)) || Character.isDigit(sql.charAt(index)));
    }

    private static boolean isStartOfName(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private IllegalStateException error(String what) {
        return new IllegalStateException(file + " " + what);
    }
}
