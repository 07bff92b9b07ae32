package io.alohubsync.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The console's texts in one of its languages ({@code src/main/resources/console}). Immutable. */
public final class Words {

    private static final ResourceBundle.Control EXACT =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    static final Words ENGLISH = new Words("en");
    static final Words VIETNAMESE = new Words("vi");

    private final String language;
    private final ResourceBundle texts;

    private Words(String language) {
        this.language = language;
        this.texts = ResourceBundle.getBundle("console.messages", Locale.of(language), EXACT);
    }

    static Words of(boolean vietnamese) {
        return vietnamese ? VIETNAMESE : ENGLISH;
    }

    public boolean isVietnamese() {
        return language.equals("vi");
    }

    public String language() {
        return language;
    }

    public Locale locale() {
        return isVietnamese() ? Locale.of("vi", "VN") : Locale.UK;
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    /** The texts of the codes that have one. */
    Map<String, String> all(String prefix) {
        return texts.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toMap(key -> key.substring(prefix.length()), texts::getString));
    }

    /** @param values replace {@code {0}}, {@code {1}} and so on */
    String text(String key, List<?> values) {
        String text = texts.getString(key);
        for (int i = 0; i < values.size(); i++) {
            text = text.replace("{" + i + "}", String.valueOf(values.get(i)));
        }
        return text;
    }
}
