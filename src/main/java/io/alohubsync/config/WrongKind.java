package io.alohubsync.config;

import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of settings that can't be converted, as sentences that say what the setting takes. A value
 * may be a secret and is left out.
 */
public final class WrongKind {

    /** SmallRye Config's words; what it expected stands at their end, behind the value. */
    private static final Pattern UNCONVERTED = Pattern.compile("config property ([\\w.\"\\-\\[\\]]+)");

    private static final Pattern ONE_OF = Pattern.compile("allowed values: ([a-z0-9_,-]+)$");
    private static final Pattern DURATION = Pattern.compile("converted Invalid duration: ");
    private static final Pattern INTEGER = Pattern.compile("SRCFG000(29|30): Expected an? (integer|long) value");

    private WrongKind() {}

    /** One sentence each. @return empty: the failure is another */
    public static List<String> sentences(Throwable failure) {
        List<String> sentences = new ArrayList<>();
        switch (failure) {
            case ConfigValidationException invalid -> {
                for (int i = 0; i < invalid.getProblemCount(); i++) {
                    String message = String.valueOf(invalid.getProblem(i).getMessage());
                    sentences.add(UNCONVERTED.matcher(message).find() ? sentence(message) : message);
                }
            }
            case IllegalArgumentException unconverted
            when unconverted.getMessage() != null
                    && UNCONVERTED.matcher(unconverted.getMessage()).find() ->
                sentences.add(sentence(unconverted.getMessage()));
            default -> {}
        }
        return sentences;
    }

    private static String sentence(String message) {
        Matcher setting = UNCONVERTED.matcher(message);
        if (!setting.find()) {
            return message;
        }
        String name = setting.group(1);
        Matcher oneOf = ONE_OF.matcher(message);
        if (oneOf.find()) {
            return name + " must be one of " + oneOf.group(1).replace(",", ", ") + ".";
        }
        if (DURATION.matcher(message).find()) {
            return name + " must be a time, for example 500ms, 20s, 5m, 12h or 30d.";
        }
        if (INTEGER.matcher(message).find()) {
            return name + " must be a whole number.";
        }
        return name + " has a value of the wrong kind: see docs/settings.md for what it takes.";
    }
}
