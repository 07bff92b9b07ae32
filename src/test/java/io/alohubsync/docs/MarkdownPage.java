package io.alohubsync.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documents as a list of sections. A section ends at the next heading, of whatever
 * level.
 */
record MarkdownPage(Path path, List<Section> sections, List<String> leftOut) {

    private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.+)");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
    private static final Pattern LEFT_OUT = Pattern.compile("<!-- only in English: (.+?) -->");
    private static final Pattern INLINE = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    /**
     * @param slug the anchor that GitHub makes of the heading
     * @param anchor the explicit one above the heading
     * @param blocks the fenced blocks, as written
     */
    record Section(
            int level, String title, String slug, Optional<String> anchor, List<String> blocks, String text, int line) {

        Set<String> inlineCode() {
            return INLINE.matcher(text)
                    .results()
                    .map(found -> found.group(1).strip())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        List<String> links() {
            return LINK.matcher(text).results().map(found -> found.group(1)).toList();
        }
    }

    static MarkdownPage read(Path path) {
        try {
            return of(path, Files.readString(path));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static MarkdownPage of(Path path, String content) {
        Parser parser = new Parser();
        content.lines().forEach(parser::line);
        parser.end();
        return new MarkdownPage(path, List.copyOf(parser.sections), leftOut(content));
    }

    /** Whether `path#anchor` leads somewhere. */
    boolean has(String anchor) {
        return sections.stream().anyMatch(section -> section.slug.equals(anchor) || isAt(section, anchor));
    }

    Optional<Section> at(String anchor) {
        return sections.stream().filter(section -> isAt(section, anchor)).findFirst();
    }

    private static boolean isAt(Section section, String anchor) {
        return section.anchor.filter(anchor::equals).isPresent();
    }

    private static List<String> leftOut(String content) {
        return LEFT_OUT.matcher(content)
                .results()
                .flatMap(found -> Arrays.stream(found.group(1).split(";")))
                .map(String::strip)
                .toList();
    }

    /** Owned by one call of {@link #of}. */
    private static final class Parser {

        private final List<Section> sections = new ArrayList<>();
        private final Map<String, Integer> slugs = new HashMap<>();
        private final List<String> blocks = new ArrayList<>();
        private final List<String> text = new ArrayList<>();
        private Optional<String> anchor = Optional.empty();
        private Section heading;
        private List<String> block;
        private int number;

        private void line(String line) {
            number++;
            if (line.strip().startsWith("```")) {
                fence();
            } else if (block != null) {
                block.add(line.strip());
            } else {
                Optional<MatchResult> found = HEADING.matcher(line).results().findFirst();
                found.ifPresentOrElse(this::heading, () -> prose(line));
            }
        }

        private void fence() {
            if (block == null) {
                block = new ArrayList<>();
            } else {
                blocks.add(String.join("\n", block));
                block = null;
            }
        }

        private void prose(String line) {
            Optional<String> found =
                    ANCHOR.matcher(line).results().map(match -> match.group(1)).findFirst();
            if (found.isPresent()) {
                anchor = found;
            } else if (!line.isBlank()) {
                anchor = Optional.empty();
                text.add(line.strip());
            }
        }

        private void heading(MatchResult found) {
            Optional<String> above = anchor;
            end();
            String title = found.group(2).strip();
            heading = new Section(found.group(1).length(), title, slug(title), above, List.of(), "", number);
        }

        private void end() {
            if (heading != null) {
                String joined = String.join(" ", text);
                sections.add(new Section(
                        heading.level,
                        heading.title,
                        heading.slug,
                        heading.anchor,
                        List.copyOf(blocks),
                        joined,
                        heading.line));
            }
            blocks.clear();
            text.clear();
            anchor = Optional.empty();
        }

        private String slug(String title) {
            String plain = title.toLowerCase(Locale.ROOT)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}_\\- ]", "")
                    .replace(' ', '-');
            int before = slugs.merge(plain, 1, Integer::sum) - 1;
            return before == 0 ? plain : plain + "-" + before;
        }
    }
}
