package io.alohubsync.breaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.alohubsync.account.AccountState;
import io.alohubsync.breaker.TransitionTableTest.Arrow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The diagrams of an account's states show every transition, and no other. */
class StateDiagramTest {

    private static final Path PAGE = Path.of("docs/state-machine.md");
    private static final Pattern DIAGRAM = Pattern.compile("(?s)```mermaid\nstateDiagram-v2\n(.*?)```");
    private static final Pattern BOX = Pattern.compile("state \"(.*)\" as (\\w+)");
    private static final Pattern CHOICE = Pattern.compile("state (\\w+) <<choice>>");
    private static final Pattern ARROW = Pattern.compile("(\\w+) --> (\\w+)(?: : .*)?");

    private final Map<String, Set<AccountState>> boxes = new HashMap<>();
    private final Set<String> choices = new HashSet<>();
    private final List<String[]> lines = new ArrayList<>();

    /** Those of the page's first section. */
    private static List<String> diagrams() throws IOException {
        String page = Files.readString(PAGE);
        String accounts = page.substring(page.indexOf("\n## Account states"), page.indexOf("\n### "));
        return DIAGRAM.matcher(accounts).results().map(match -> match.group(1)).toList();
    }

    private Set<Arrow> drawn() throws IOException {
        Set<Arrow> drawn = new HashSet<>();
        List<String> diagrams = diagrams();
        assertFalse(diagrams.isEmpty());
        for (String diagram : diagrams) {
            boxes.clear();
            choices.clear();
            lines.clear();
            diagram.lines().map(String::strip).forEach(this::read);
            for (String[] line : lines) {
                if (!choices.contains(line[0])) {
                    ends(line[1]).forEach(to -> states(line[0]).forEach(from -> drawn.add(new Arrow(from, to))));
                }
            }
        }
        drawn.removeIf(arrow -> arrow.from() == arrow.to());
        return drawn;
    }

    private void read(String line) {
        MatchResult box = BOX.matcher(line).results().findFirst().orElse(null);
        if (box != null) {
            boxes.put(box.group(2), named(box.group(1)));
        } else if (CHOICE.matcher(line).matches()) {
            choices.add(CHOICE.matcher(line).replaceFirst("$1"));
        } else {
            MatchResult arrow = ARROW.matcher(line)
                    .results()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not understood: " + line));
            lines.add(new String[] {arrow.group(1), arrow.group(2)});
        }
    }

    private static Set<AccountState> named(String names) {
        return names.equals("any state")
                ? EnumSet.allOf(AccountState.class)
                : Stream.of(names.split(", ")).map(AccountState::valueOf).collect(Collectors.toSet());
    }

    private Set<AccountState> states(String name) {
        return boxes.getOrDefault(name, Set.of()).isEmpty() ? Set.of(AccountState.valueOf(name)) : boxes.get(name);
    }

    /** Where an arrow leads to, past the places where it forks. */
    private Set<AccountState> ends(String name) {
        return choices.contains(name)
                ? lines.stream()
                        .filter(line -> line[0].equals(name))
                        .flatMap(line -> ends(line[1]).stream())
                        .collect(Collectors.toSet())
                : states(name);
    }

    /** The breaker's, and a person's, which BreakerStoreIT tries in every state. */
    private static Set<Arrow> possible() {
        Set<Arrow> possible = new HashSet<>(TransitionTableTest.arrows());
        for (AccountState from : AccountState.values()) {
            possible.add(new Arrow(from, AccountState.PAUSED));
            possible.add(new Arrow(from, AccountState.RECOVERING));
        }
        possible.removeIf(arrow -> arrow.from() == arrow.to());
        return possible;
    }

    private static Set<String> sorted(Set<Arrow> arrows) {
        return arrows.stream()
                .map(arrow -> arrow.from() + " --> " + arrow.to())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void each_arrow_is_a_transition_and_each_transition_an_arrow() throws IOException {
        assertEquals(sorted(possible()), sorted(drawn()));
    }

    @Test
    void the_table_below_names_each_state() throws IOException {
        String page = Files.readString(PAGE);
        for (AccountState state : AccountState.values()) {
            assertEquals(
                    1,
                    Pattern.compile("(?m)^\\| " + state + " \\|")
                            .matcher(page)
                            .results()
                            .count(),
                    "" + state);
        }
    }
}
