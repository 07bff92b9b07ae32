package io.alohubsync.daemon;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a page for accessibility. The library's own reader brings back all that it found right,
 * which takes several times as long.
 */
final class Axe {

    private static final String SCRIPT = script();
    private static final String RUN = "rules => axe.run(document, { resultTypes: ['violations'], runOnly: rules.length"
            + " ? { type: 'rule', values: rules }"
            + " : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })"
            + ".then(found => found.violations.map(one => one.impact + ' ' + one.id + ' ' + one.nodes[0].html))";

    private Axe() {}

    private static String script() {
        try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param rules none: all of WCAG 2.2 AA and of good practice */
    @SuppressWarnings("unchecked")
    static List<String> violations(Page page, String... rules) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(SCRIPT + "; undefined");
        }
        return (List<String>) page.evaluate(RUN, List.of(rules));
    }
}
