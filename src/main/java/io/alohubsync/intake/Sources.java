package io.alohubsync.intake;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.IntakeSettings;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.config.ReloadedFile;
import io.alohubsync.config.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The sources that may write, by their tokens. Used by any thread; immutable but for the file. */
public final class Sources {

    private final AlohubSettings settings;
    private final List<Token> tokens;
    private final @Nullable ReloadedFile<List<Token>> file;
    private final Map<String, Source> configured = new TreeMap<>();

    Sources(AlohubSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        IntakeSettings intake = settings.intake();
        List<Token> read = Token.ofLines(intake.tokens().orElse(List.of()));
        this.tokens = read == null ? List.of() : read;
        IntakeCheck check = new IntakeCheck(settings);
        this.file = intake.tokensFile()
                .map(path -> new ReloadedFile<>(
                        Path.of(path.strip()),
                        List.<Token>of(),
                        text -> Token.ofFile(text, check::problemOf),
                        Token::remaining,
                        nanoTime))
                .orElse(null);
        intake.sources().forEach((name, own) -> {
            if (isSet(own)) {
                configured.put(name, Source.named(name, settings));
            }
        });
    }

    /** Of those that may write, by token or by settings; sorted. */
    public static Set<String> names(AlohubSettings settings) {
        return new Sources(settings, System::nanoTime).names();
    }

    /** Whether any source may write. */
    boolean isAny() {
        return !tokens.isEmpty() || file != null || !configured.isEmpty();
    }

    /** Of the tokens and the settings, sorted. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(configured.keySet());
        tokens.forEach(token -> names.add(token.source()));
        if (file != null) {
            file.content().forEach(token -> names.add(token.source()));
        }
        return names;
    }

    /** What is wrong with the settings: a sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (Token.ofLines(settings.intake().tokens().orElse(List.of())) == null) {
            problems.add("alohub.intake.tokens: each entry " + Token.RULE);
        }
        List<Token> all = new ArrayList<>(tokens);
        if (file != null) {
            all.addAll(file.content());
        }
        if (Token.areOfTwoSources(all)) {
            problems.add("alohub.intake.tokens: two sources have the same token: give each its own.");
        }
        if (file != null && file.complaint() != null) {
            problems.add("alohub.intake.tokens-file: " + file.complaint());
        }
        if (problems.isEmpty() && file == null) { // a file may get its token later
            configured.keySet().stream()
                    .filter(name ->
                            tokens.stream().noneMatch(token -> token.source().equals(name)))
                    .filter(name -> !isSigned(settings.intake().sources().get(name)))
                    .forEach(name ->
                            problems.add("alohub.intake.sources." + name + " has neither a token nor a secret: add "
                                    + name + ":… to alohub.intake.tokens, or set alohub.intake.sources." + name
                                    + ".hmac-secret-file."));
        }
        return problems;
    }

    private static boolean isSigned(SourceSettings own) {
        return own.hmacSecret().isPresent() || own.hmacSecretFile().isPresent();
    }

    /**
     * Compares every token, also after one that fits: the time shows nothing.
     *
     * @return null: no source has it
     */
    @Nullable
    Source withToken(String presented) {
        byte[] digest = Sha256.of(presented);
        String found = find(digest, tokens, null);
        found = file == null ? found : find(digest, file.content(), found);
        return found == null ? null : named(found);
    }

    private static @Nullable String find(byte[] digest, List<Token> tokens, @Nullable String before) {
        String found = before;
        for (Token token : tokens) {
            found = token.is(digest) ? token.source() : found;
        }
        return found;
    }

    /** @param name of a token, or of the settings */
    Source named(String name) {
        Source known = configured.get(name);
        return known == null ? Source.named(name, settings) : known;
    }

    /** A template may name a source's settings and leave all of them empty. */
    private static boolean isSet(SourceSettings own) {
        return own.account().isPresent()
                || own.priority().isPresent()
                || own.preset().isPresent()
                || own.phone().isPresent()
                || own.name().isPresent()
                || own.email().isPresent()
                || own.reference().isPresent()
                || own.version().isPresent()
                || own.items().isPresent()
                || own.hmacHeader().isPresent()
                || own.hmacSecret().isPresent()
                || own.hmacSecretFile().isPresent()
                || own.hmacAlgorithm().isPresent()
                || own.hmacEncoding().isPresent()
                || own.answerStatus().isPresent();
    }
}
