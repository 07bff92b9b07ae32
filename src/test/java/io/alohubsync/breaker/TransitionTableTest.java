package io.alohubsync.breaker;

import static io.alohubsync.breaker.Breakers.ACCEPTED;
import static io.alohubsync.breaker.Breakers.KEY;
import static io.alohubsync.breaker.Breakers.NOW;
import static io.alohubsync.breaker.Breakers.REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.account.AccountState;
import io.alohubsync.account.TripCause;
import io.alohubsync.breaker.BreakerState.Phase;
import io.alohubsync.breaker.BreakerState.Recovery;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state with every kind of event. */
class TransitionTableTest {

    /**
     * The state that follows; =: the same, but something else in the row changes; -: nothing
     * changes.
     */
    private static final String EXPECTED = """
                                        | ACTIVE        | RECOVERING    | THROTTLED     | PAUSED | KEY_REJECTED  | MISCONFIGURED | BLOCKED       | UNREACHABLE
            trip by KEY                 | KEY_REJECTED  | KEY_REJECTED  | =             | -      | =             | KEY_REJECTED  | KEY_REJECTED  | KEY_REJECTED
            trip by KEY, known          | =             | =             | =             | -      | =             | KEY_REJECTED  | KEY_REJECTED  | KEY_REJECTED
            trip by ENDPOINT            | MISCONFIGURED | MISCONFIGURED | MISCONFIGURED | -      | MISCONFIGURED | =             | MISCONFIGURED | MISCONFIGURED
            trip by PAYMENT             | MISCONFIGURED | MISCONFIGURED | MISCONFIGURED | -      | MISCONFIGURED | =             | MISCONFIGURED | MISCONFIGURED
            trip by CONTRACT            | MISCONFIGURED | MISCONFIGURED | MISCONFIGURED | -      | MISCONFIGURED | =             | MISCONFIGURED | MISCONFIGURED
            trip by REFUSALS            | MISCONFIGURED | MISCONFIGURED | MISCONFIGURED | -      | MISCONFIGURED | =             | MISCONFIGURED | MISCONFIGURED
            trip by FIREWALL            | BLOCKED       | BLOCKED       | BLOCKED       | -      | BLOCKED       | BLOCKED       | =             | BLOCKED
            trip by CONNECTION          | UNREACHABLE   | UNREACHABLE   | -             | -      | UNREACHABLE   | UNREACHABLE   | UNREACHABLE   | =
            trip by FAILING             | UNREACHABLE   | UNREACHABLE   | -             | -      | UNREACHABLE   | UNREACHABLE   | UNREACHABLE   | =
            throttle                    | THROTTLED     | THROTTLED     | =             | -      | =             | =             | =             | =
            throttle, shorter           | THROTTLED     | THROTTLED     | =             | -      | =             | =             | =             | =
            throttle, by a probe        | THROTTLED     | THROTTLED     | =             | -      | THROTTLED     | THROTTLED     | THROTTLED     | THROTTLED
            recover                     | =             | =             | -             | -      | RECOVERING    | RECOVERING    | RECOVERING    | RECOVERING
            recover, accepted           | =             | =             | -             | -      | RECOVERING    | RECOVERING    | RECOVERING    | RECOVERING
            recover, long pause         | =             | =             | -             | -      | RECOVERING    | RECOVERING    | RECOVERING    | RECOVERING
            recover, accepted, long     | =             | =             | RECOVERING    | -      | RECOVERING    | RECOVERING    | RECOVERING    | RECOVERING
            stay tripped                | =             | =             | -             | -      | =             | =             | =             | =
            stay tripped, answered      | =             | =             | -             | -      | =             | =             | =             | =
            stay tripped, not probed    | -             | -             | -             | -      | =             | =             | =             | =
            read, refused key           | -             | -             | -             | -      | -             | -             | -             | -
            read, refused key, time up  | -             | ACTIVE        | KEY_REJECTED  | -      | -             | -             | -             | -
            read, other key             | -             | -             | -             | -      | RECOVERING    | -             | -             | -
            read, other key, time up    | -             | ACTIVE        | RECOVERING    | -      | RECOVERING    | -             | -             | -
            read, accepted key          | -             | -             | -             | -      | ACTIVE        | -             | -             | -
            read, accepted key, time up | -             | ACTIVE        | RECOVERING    | -      | ACTIVE        | -             | -             | -
            read, ramp's end unknown    | -             | ACTIVE        | -             | -      | RECOVERING    | -             | -             | -
            others accepted             | -             | -             | -             | -      | =             | =             | =             | -
            others accepted, probed     | -             | -             | -             | -      | -             | -             | -             | -
            reset throttles             | =             | =             | -             | -      | -             | -             | -             | -
            reset throttles, none       | -             | -             | -             | -      | -             | -             | -             | -
            accept key                  | =             | =             | =             | =      | =             | =             | =             | =
            accept key, known           | -             | -             | -             | -      | -             | -             | -             | -
            """;

    /** An event, and what the row it meets has beside the state. */
    private record Case(BreakerEvent event, UnaryOperator<BreakerState> row) {}

    private static final Transitions TRANSITIONS = new Transitions(Duration.ofSeconds(30), Duration.ofSeconds(8));
    private static final Map<String, Case> CASES = cases();

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        for (TripCause cause : TripCause.values()) {
            add(cases, "trip by " + cause, new BreakerEvent.Trip(cause, "why", KEY));
        }
        add(cases, "trip by KEY, known", new BreakerEvent.Trip(TripCause.KEY, "why", REFUSED));
        add(cases, "throttle", new BreakerEvent.Throttle(Duration.ofSeconds(30), "HTTP 429", null, 0));
        add(cases, "throttle, shorter", new BreakerEvent.Throttle(Duration.ofSeconds(2), "HTTP 429", null, 0));
        add(cases, "throttle, by a probe", new BreakerEvent.Throttle(Duration.ofSeconds(30), "HTTP 429", KEY, 0));
        add(cases, "recover", new BreakerEvent.Recover(KEY, false));
        add(cases, "recover, accepted", new BreakerEvent.Recover(KEY, true));
        add(cases, "recover, long pause", new BreakerEvent.Recover(KEY, false), TransitionTableTest::ofTwoHours);
        add(cases, "recover, accepted, long", new BreakerEvent.Recover(KEY, true), TransitionTableTest::ofTwoHours);
        add(cases, "stay tripped", new BreakerEvent.StayTripped(false));
        add(cases, "stay tripped, answered", new BreakerEvent.StayTripped(true));
        add(
                cases,
                "stay tripped, not probed",
                new BreakerEvent.StayTripped(false),
                was -> was.with(was.recovery().probedAt(null)));
        reads(cases, "refused key", REFUSED);
        reads(cases, "other key", KEY);
        reads(cases, "accepted key", ACCEPTED);
        add(
                cases,
                "read, ramp's end unknown",
                read(KEY),
                was -> was.phase().isThrottled()
                        ? was
                        : was.with(new Phase(was.state(), NOW.minusSeconds(8), null), was.reason()));
        add(cases, "others accepted", new BreakerEvent.OthersAccepted(), was -> waiting(was, 0));
        add(cases, "others accepted, probed", new BreakerEvent.OthersAccepted(), was -> waiting(was, 1));
        add(cases, "reset throttles", new BreakerEvent.ResetThrottles());
        add(
                cases,
                "reset throttles, none",
                new BreakerEvent.ResetThrottles(),
                was -> was.with(was.recovery().throttledTimes(0)));
        add(cases, "accept key", new BreakerEvent.AcceptKey(KEY));
        add(cases, "accept key, known", new BreakerEvent.AcceptKey(ACCEPTED));
        return cases;
    }

    private static void add(Map<String, Case> cases, String name, BreakerEvent event) {
        add(cases, name, event, UnaryOperator.identity());
    }

    private static void add(Map<String, Case> cases, String name, BreakerEvent event, UnaryOperator<BreakerState> row) {
        cases.put(name, new Case(event, row));
    }

    private static void reads(Map<String, Case> cases, String which, String key) {
        add(cases, "read, " + which, read(key));
        add(
                cases,
                "read, " + which + ", time up",
                read(key),
                was -> was.phase().until() == null ? was : Breakers.until(was, NOW));
    }

    private static BreakerEvent read(String key) {
        return new BreakerEvent.Read(key, null, true);
    }

    private static BreakerState waiting(BreakerState was, int probes) {
        Recovery recovery = was.recovery();
        return was.with(new Recovery(NOW.plusSeconds(30), probes, recovery.throttles(), recovery.acceptedAt()));
    }

    private static BreakerState ofTwoHours(BreakerState was) {
        return was.phase().isThrottled()
                ? Breakers.until(was, was.phase().since().plusHours(2))
                : was;
    }

    /** From one state to another. */
    record Arrow(AccountState from, AccountState to) {}

    /** All that some event leads to. */
    static Set<Arrow> arrows() {
        Set<Arrow> found = new LinkedHashSet<>();
        for (Case each : CASES.values()) {
            for (AccountState from : AccountState.values()) {
                Transitions.Change change = change(each, from);
                if (change != null && change.next().state() != from) {
                    found.add(new Arrow(from, change.next().state()));
                }
            }
        }
        return found;
    }

    private static Transitions.Change change(Case each, AccountState from) {
        return TRANSITIONS.after(each.row.apply(Breakers.in(from)), each.event, NOW);
    }

    private static Map<String, List<String>> expected() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        for (String line : EXPECTED.lines().toList()) {
            List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
            table.put(cells.getFirst(), cells.subList(1, cells.size()));
        }
        return table;
    }

    private static Map<String, List<String>> actual() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put("", Stream.of(AccountState.values()).map(Enum::name).toList());
        CASES.forEach((name, each) -> table.put(
                name,
                Stream.of(AccountState.values()).map(from -> cell(each, from)).toList()));
        return table;
    }

    private static String cell(Case each, AccountState from) {
        Transitions.Change change = change(each, from);
        return change == null
                ? "-"
                : change.next().state() == from ? "=" : change.next().state().name();
    }

    @Test
    void each_event_leads_from_each_state_to_the_state_that_stands_here() {
        Map<String, List<String>> expected = inOrderOfStates(expected());
        Map<String, List<String>> actual = actual();
        assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(actual.keySet()));
        expected.forEach((name, states) -> assertEquals(states, actual.get(name), name));
    }

    private static Map<String, List<String>> inOrderOfStates(Map<String, List<String>> table) {
        List<String> columns = table.get("");
        assertEquals(Stream.of(AccountState.values()).map(Enum::name).collect(Collectors.toSet()), Set.copyOf(columns));
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        table.forEach((name, cells) -> ordered.put(
                name,
                Stream.of(AccountState.values())
                        .map(state -> cells.get(columns.indexOf(state.name())))
                        .toList()));
        return ordered;
    }

    @Test
    void each_kind_of_event_stands_here() {
        assertEquals(
                Set.of(BreakerEvent.class.getPermittedSubclasses()),
                CASES.values().stream().map(each -> each.event.getClass()).collect(Collectors.toSet()));
    }

    @Test
    void each_new_state_has_its_remedy() {
        CASES.forEach((name, each) -> Arrays.stream(AccountState.values()).forEach(from -> {
            Transitions.Change change = change(each, from);
            if (change != null && change.next().state() != from) {
                assertEquals(
                        remedy(each.event, change.next().state()),
                        change.next().reason().needs(),
                        from + ", " + name);
            }
        }));
    }

    private static String remedy(BreakerEvent event, AccountState next) {
        return switch (next) {
            case ACTIVE, RECOVERING -> null;
            case THROTTLED -> "Nothing: calls resume automatically when it is over.";
            case KEY_REJECTED -> TripCause.KEY.needs();
            case MISCONFIGURED, BLOCKED, UNREACHABLE ->
                ((BreakerEvent.Trip) event).cause().needs();
            case PAUSED -> throw new AssertionError("only a person pauses");
        };
    }

    @Test
    void calls_that_go_again_have_neither_a_cause_nor_a_person() {
        for (Arrow arrow : arrows()) {
            if (arrow.to.allowsCalls()) {
                CASES.values().stream()
                        .map(each -> change(each, arrow.from))
                        .filter(change -> change != null && change.next().state() == arrow.to)
                        .forEach(change -> {
                            assertEquals(null, change.next().reason().cause());
                            assertEquals(null, change.next().reason().by());
                        });
            }
        }
    }
}
