package io.alohubsync.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The documents, which travel with the program: what they say is true of this version. */
public final class Documents {

    /** Of the folder {@code docs}, in the class path. */
    private static final String HOME = "/docs/";

    private static final String VIETNAMESE = "vi/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9][A-Za-z0-9_-]*){0,2}");

    private Documents() {}

    /**
     * The Vietnamese one where that is asked for and there is one, else the English one.
     *
     * @param name as of {@link Document}, whatever people send
     */
    public static Optional<Document> find(String name, boolean inVietnamese) {
        if (!NAME.matcher(name).matches() || name.startsWith(VIETNAMESE)) {
            return Optional.empty();
        }
        boolean isTranslated = exists(VIETNAMESE + name);
        String language = inVietnamese && isTranslated ? "vi" : "en";
        String path = language.equals("vi") ? VIETNAMESE + name : name;
        return read(path).map(text -> {
            Markdown page = new Markdown(path, text, Documents::exists);
            return new Document(name, page.title(), page.html(language), language, isTranslated);
        });
    }

    /** @param path below the home, without its ending */
    private static boolean exists(String path) {
        return Documents.class.getResource(HOME + path + ".md") != null;
    }

    private static Optional<String> read(String path) {
        try (InputStream file = Documents.class.getResourceAsStream(HOME + path + ".md")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
