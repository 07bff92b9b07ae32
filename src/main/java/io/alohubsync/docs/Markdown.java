package io.alohubsync.docs;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page of a document: links lead to other pages, headings can be linked to as on GitHub,
 * and there are no images.
 */
final class Markdown {

    private static final String VIETNAMESE = "vi/";
    private static final List<TablesExtension> TABLES = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(TABLES)
            .attributeProviderFactory(context -> attributes())
            .build();

    private final Node page;

    /**
     * @param path   below {@code docs}, without its ending
     * @param exists whether there is a document of such a path
     */
    Markdown(String path, String text, Predicate<String> exists) {
        this.page = PARSER.parse(text);
        page.accept(new Links(path, exists));
    }

    String title() {
        Title title = new Title();
        page.accept(title);
        return title.text;
    }

    /** @param language names the tables, for screen readers */
    String html(String language) {
        return scrolling(RENDERER.render(page), language);
    }

    /**
     * What a heading is called in an address, and that code that is too wide scrolls by keyboard
     * too.
     */
    private static AttributeProvider attributes() {
        return (Node node, String tag, Map<String, String> attributes) -> {
            if (node instanceof Heading heading) {
                attributes.put("id", slug(words(heading)));
            }
            if (tag.equals("pre")) {
                attributes.put("tabindex", "0");
            }
        };
    }

    /**
     * Tables that are wider than a phone scroll, by keyboard too. In code there is no such tag: it
     * is escaped.
     */
    private static String scrolling(String html, String language) {
        String name = language.equals("vi") ? "Bảng" : "Table";
        return html.replace(
                        "<table>",
                        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + name + "\"><table>")
                .replace("</table>", "</table></div>")
                .replace("<th></th>", "<td></td>"); // a corner above the names of lines is no heading
    }

    /** As GitHub makes it. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                .replace(' ', '-');
    }

    private static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }

    private static final class Title extends AbstractVisitor {

        private String text = "";

        @Override
        public void visit(Heading heading) {
            text = text.isEmpty() ? words(heading) : text;
        }
    }

    /**
     * Links to documents become links to their pages; what leads elsewhere in the sources, and
     * images, have no place to lead to.
     */
    private static final class Links extends AbstractVisitor {

        private static final String ENDING = ".md";
        private static final URI ROOT = URI.create("file:///docs/");

        private final URI base;
        private final boolean isVietnamese;
        private final Predicate<String> exists;

        Links(String path, Predicate<String> exists) {
            this.base = ROOT.resolve(path + ENDING);
            this.isVietnamese = path.startsWith(VIETNAMESE);
            this.exists = exists;
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            String to = link.getDestination();
            if (!to.startsWith("#") && !to.startsWith("https://") && !to.startsWith("http://")) {
                String page = page(to);
                if (page == null) {
                    unwrap(link);
                } else {
                    link.setDestination(page);
                }
            }
        }

        private @Nullable String page(String to) {
            URI target = base.resolve(to.replace(" ", "%20"));
            String path = target.getPath();
            if (!path.startsWith(ROOT.getPath()) || !path.endsWith(ENDING)) {
                return null;
            }
            String name = path.substring(ROOT.getPath().length(), path.length() - ENDING.length());
            String fragment = target.getRawFragment() == null ? "" : "#" + target.getRawFragment();
            return exists.test(name) ? "/docs/" + address(name) + fragment : null;
        }

        /** To a page of the same language without naming it: the reader's choice decides. */
        private String address(String name) {
            if (name.startsWith(VIETNAMESE)) {
                return isVietnamese ? name.substring(VIETNAMESE.length()) : name;
            }
            return isVietnamese && exists.test(VIETNAMESE + name) ? "en/" + name : name;
        }

        @Override
        public void visit(Image image) {
            unwrap(image);
        }

        @Override
        public void visit(HtmlBlock html) {
            keepAnchors(html, html.getLiteral());
        }

        @Override
        public void visit(HtmlInline html) {
            keepAnchors(html, html.getLiteral());
        }

        private static void keepAnchors(Node node, String html) {
            if (!html.strip().matches("<a id=\"[A-Za-z0-9_.-]+\">(</a>)?|</a>|<br/?>")) {
                node.unlink();
            }
        }

        private static void unwrap(Node node) {
            while (node.getFirstChild() != null) {
                node.insertBefore(node.getFirstChild());
            }
            node.unlink();
        }
    }
}
