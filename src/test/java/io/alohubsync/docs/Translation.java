package io.alohubsync.docs;

import io.alohubsync.docs.MarkdownPage.Section;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a translated page and its original must have in common: sections, fenced commands, inline
 * code, links. An explicit anchor above each heading holds the original's, so that a link to a
 * section needs only another folder for another language.
 */
record Translation(MarkdownPage english, MarkdownPage vietnamese) {

    static final Path ENGLISH = Path.of("docs");
    static final Path VIETNAMESE = Path.of("docs/vi");

    /** The labels that the command line prints, English to Vietnamese. */
    private static final Map<String, String> LABELS = labels();

    static Translation of(Path vietnamese) {
        return new Translation(
                MarkdownPage.read(ENGLISH.resolve(VIETNAMESE.relativize(vietnamese))), MarkdownPage.read(vietnamese));
    }

    /** One sentence for each thing that is out of step. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        leftOutWithoutReason(problems);
        headings(problems);
        pairs(problems, english.sections().getFirst(), vietnamese.sections().getFirst());
        for (Section original : english.sections().subList(1, english.sections().size())) {
            vietnamese.at(original.slug()).ifPresent(translated -> pairs(problems, original, translated));
        }
        return problems;
    }

    private void leftOutWithoutReason(List<String> problems) {
        for (String title : vietnamese.leftOut()) {
            Optional<Section> original = english.sections().stream()
                    .filter(section -> section.title().equals(title))
                    .findFirst();
            if (original.isEmpty()) {
                problems.add("%s says `only in English: %s`, but %s has no such heading: correct or remove it."
                        .formatted(vietnamese.path(), title, english.path()));
            } else if (vietnamese.at(original.get().slug()).isPresent()) {
                problems.add("%s says `only in English: %s`, but translates that heading: remove one of them."
                        .formatted(vietnamese.path(), title));
            }
        }
    }

    private void headings(List<String> problems) {
        List<Section> translated =
                vietnamese.sections().subList(1, vietnamese.sections().size());
        for (Section section : translated) {
            if (section.anchor()
                    .filter(anchor -> english.sections().stream()
                            .anyMatch(original -> original.slug().equals(anchor)))
                    .isEmpty()) {
                problems.add(
                        "%s: the heading \"%s\" (line %d) needs <a id=\"…\"></a> above it, with the anchor of its heading in %s."
                                .formatted(vietnamese.path(), section.title(), section.line(), english.path()));
            }
        }
        List<Section> originals = english.sections().stream()
                .skip(1)
                .filter(Predicate.not(section -> vietnamese.leftOut().contains(section.title())))
                .toList();
        for (Section original : originals) {
            if (vietnamese.at(original.slug()).isEmpty()) {
                problems.add(
                        "%s lacks the heading \"%s\" of %s: translate it, or name it in <!-- only in English: %s -->."
                                .formatted(vietnamese.path(), original.title(), english.path(), original.title()));
            }
        }
        List<String> order = translated.stream()
                .flatMap(section -> section.anchor().stream())
                .toList();
        List<String> originalOrder =
                originals.stream().map(Section::slug).filter(order::contains).toList();
        if (problems.isEmpty() && !order.equals(originalOrder)) {
            problems.add("%s has its headings in the order %s, %s has %s."
                    .formatted(vietnamese.path(), order, english.path(), originalOrder));
        }
    }

    private void pairs(List<String> problems, Section original, Section translated) {
        String where = "%s, \"%s\" (\"%s\" in %s)"
                .formatted(vietnamese.path(), translated.title(), original.title(), english.path());
        if (original.level() != translated.level()) {
            problems.add(where + " has the level " + translated.level() + " instead of " + original.level() + ".");
        }
        List<String> blocks =
                original.blocks().stream().map(Translation::commands).toList();
        List<String> translatedBlocks =
                translated.blocks().stream().map(Translation::commands).toList();
        if (!blocks.equals(translatedBlocks)) {
            problems.add(
                    where + " has other fenced commands: expected " + blocks + " but has " + translatedBlocks + ".");
        }
        Set<String> missing = without(original.inlineCode(), translated.inlineCode());
        Set<String> added = without(translated.inlineCode(), original.inlineCode());
        missing.removeIf(label -> LABELS.containsKey(label) && added.remove(LABELS.get(label)));
        if (!missing.isEmpty() || !added.isEmpty()) {
            problems.add(where + " has other inline code: it lacks " + missing + " and adds " + added + ".");
        }
        Set<String> links =
                original.links().stream().map(this::translated).collect(Collectors.toCollection(TreeSet::new));
        links.removeAll(translated.links().stream()
                .map(link -> target(vietnamese.path(), link))
                .toList());
        if (!links.isEmpty()) {
            problems.add(where + " lacks links to " + links + ".");
        }
    }

    /**
     * Where a link of the original leads the reader of the translation: to the translated page, if
     * it has that section.
     */
    private String translated(String link) {
        String target = target(english.path(), link);
        if (!target.startsWith(ENGLISH + "/")) {
            return target;
        }
        String page = target.replaceFirst("#.*", "");
        String anchor = target.substring(page.length());
        Path counterpart = VIETNAMESE.resolve(ENGLISH.relativize(Path.of(page)));
        boolean there = Files.isRegularFile(counterpart)
                && counterpart.toString().endsWith(".md")
                && (anchor.isEmpty()
                        || MarkdownPage.read(counterpart)
                                .at(anchor.substring(1))
                                .isPresent());
        return there ? counterpart + anchor : target;
    }

    /** A link as a path from the root of the repository, with its anchor. */
    static String target(Path page, String link) {
        if (link.matches("[a-z]+:.*")) {
            return link;
        }
        if (link.startsWith("#")) {
            return page + link;
        }
        String file = link.replaceFirst("#.*", "");
        return page.resolveSibling(file).normalize() + link.substring(file.length());
    }

    /**
     * Of a transcript the commands, of anything else all but the comments: what the program prints
     * and comments may be translated.
     */
    static String commands(String block) {
        if (block.startsWith("$ ")) {
            return block.lines().filter(line -> line.startsWith("$ ")).collect(Collectors.joining("\n"));
        }
        return block.lines()
                .map(line -> line.replaceFirst("(^|\\s+)(--|#) .*$", "").strip())
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> labels() {
        Properties english = properties("messages.properties");
        Properties vietnamese = properties("messages_vi.properties");
        Map<String, String> labels = new HashMap<>();
        english.stringPropertyNames().stream()
                .filter(key -> key.matches("(import|column)[.].*"))
                .forEach(key -> labels.put(english.getProperty(key), vietnamese.getProperty(key)));
        return labels;
    }

    private static Properties properties(String name) {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/cli", name))) {
            properties.load(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return properties;
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
