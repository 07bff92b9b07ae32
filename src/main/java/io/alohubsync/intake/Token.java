package io.alohubsync.intake;

import io.alohubsync.config.ReloadedFile;
import io.alohubsync.config.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
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
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                Token token = of(line);
                if (token == null) {
                    return null;
                }
                tokens.add(token);
            }
        }
        return tokens;
    }

    /** Of a file that is read again and again. */
    static ReloadedFile.Read<List<Token>> ofFile(String text) {
        List<Token> tokens = ofLines(text.lines().toList());
        if (tokens == null) {
            return new ReloadedFile.Read<>(List.of(), "has a line that is no token: each " + RULE);
        }
        if (tokens.isEmpty()) {
            return new ReloadedFile.Read<>(List.of(), "holds no token: put one name:token on each line.");
        }
        return areOfTwoSources(tokens)
                ? new ReloadedFile.Read<>(List.of(), "has one token for two sources: give each its own.")
                : new ReloadedFile.Read<>(tokens, null);
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
