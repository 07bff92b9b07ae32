package io.alohubsync.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the commands, in English or Vietnamese ({@code src/main/resources/cli}). Immutable.
 */
public final class Words {

    private static final String BUNDLE = "cli.messages";
    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final ResourceBundle texts;
    private final boolean vietnamese;

    private Words(boolean vietnamese) {
        this.vietnamese = vietnamese;
        this.texts = ResourceBundle.getBundle(BUNDLE, vietnamese ? Locale.of("vi") : Locale.ROOT, EXACT);
    }

    public static Words english() {
        return new Words(false);
    }

    public static Words vietnamese() {
        return new Words(true);
    }

    /**
     * {@code --lang} decides, else the locale of the environment. It is read before the rest, so
     * that faults of the rest are in that language.
     */
    public static Words chosen(List<String> arguments, Map<String, String> environment) {
        String language = asked(arguments);
        if (language == null) {
            language = List.of("LC_ALL", "LC_MESSAGES", "LANG").stream()
                    .map(name -> environment.getOrDefault(name, ""))
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .orElse("");
        }
        return new Words(language.toLowerCase(Locale.ROOT).matches("vi([-_.@].*)?"));
    }

    /** @return what {@code --lang} says and no language is; null: it says one, or is not given */
    public static @Nullable String unknown(List<String> arguments) {
        @Nullable String language = asked(arguments);
        return language == null || language.toLowerCase(Locale.ROOT).matches("(en|vi)([-_.@].*)?") ? null : language;
    }

    private static @Nullable String asked(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.startsWith("--lang=")) {
                return word.substring("--lang=".length());
            }
            if (word.equals("--lang") && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        return null;
    }

    public ResourceBundle bundle() {
        return texts;
    }

    public boolean isVietnamese() {
        return vietnamese;
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /** @param values replace {@code {0}}, {@code {1}} and so on */
    public String text(String key, Object... values) {
        String text = texts.getString(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return text;
    }
}
