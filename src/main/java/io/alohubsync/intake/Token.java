package io.alohubsync.intake;

import io.alohubsync.config.ReloadedFile;
import io.alohubsync.config.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token and its source. Only the token's digest is kept, and compared. */
final class Token {

    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern SECRET = Pattern.compile("[!-~]{1,500}");
    static final String RULE =
            "must be name:token, for example landingpage:4eC39HqLyjWDarjtT1zdp7dc. The name has letters (a-z),"
                    + " digits, dots, dashes or underscores; the token has visible ASCII characters, no space and no comma.";

    private final String source;
    private final byte[] digest;

    private Token(String source, byte[] digest) {
        this.source = source;
        this.digest = digest;
    }

    /** @param text {@code name:token} @return null: it is none */
    static @Nullable Token of(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        String source = text.substring(0, colon).strip();
        String secret = text.substring(colon + 1).strip();
        return SOURCE.matcher(source).matches() && SECRET.matcher(secret).matches()
                ? new Token(source, Sha256.of(secret))
                : null;
    }

    /**
     * @param lines one token each; blank ones and those that begin with # are passed over.
     * @return null: a line is none
     */
    static @Nullable List<Token> ofLines(List<String> lines) {
        List<Token> tokens = new ArrayList<>();
        for (String line : lines) {
            if (!isPassedOver(line)) {
                Token token = of(line);
                if (token == null) {
                    return null;
                }
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static boolean isPassedOver(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    /**
     * Of a file that is read again and again.
     *
     * @param problemOf a source, by its name; null: none
     * @return the tokens of its sound lines
     */
    static ReloadedFile.Read<List<Token>> ofFile(String text, Function<String, @Nullable String> problemOf) {
        List<Token> tokens = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String line :
                text.lines().filter(Predicate.not(Token::isPassedOver)).toList()) {
            Token token = of(line);
            String problem =
                    token == null ? "has a line that is no token: each " + RULE : problemOf.apply(token.source);
            if (problem == null) {
                tokens.add(token);
            } else {
                problems.add(problem);
            }
        }
        if (tokens.isEmpty()) {
            problems.add("holds no token: put one name:token on each line.");
        }
        if (areOfTwoSources(tokens)) {
            problems.add("has one token for two sources: give each its own.");
        }
        return new ReloadedFile.Read<>(tokens, problems.isEmpty() ? null : problems.getFirst());
    }

    /** While the file is unsound no new token counts, and one that is taken out of it is out. */
    static List<Token> remaining(List<Token> before, List<Token> unsound) {
        return before.stream()
                .filter(token ->
                        unsound.stream().anyMatch(now -> token.isSameAs(now) && token.source.equals(now.source)))
                .toList();
    }

    /** Whether one of them is of two sources. */
    static boolean areOfTwoSources(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(one ->
                        tokens.stream().anyMatch(other -> one.isSameAs(other) && !one.source.equals(other.source)));
    }

    /** Takes the same time whatever is presented. @param presented a digest */
    boolean is(byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }

    boolean isSameAs(Token other) {
        return is(other.digest);
    }

    String source() {
        return source;
    }
}
