package io.alohubsync.notify;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the facts of a message into words. */
final class Writer {

    private final Words words;
    private final @Nullable String console;

    /** @param console the address of the console; null: it is not known */
    Writer(Words words, @Nullable String console) {
        this.words = words;
        this.console = console;
    }

    Letter letter(Message.Content content) {
        List<String> lines = new ArrayList<>();
        String subject = content.event().equals(Digest.EVENT) ? digest(content.facts(), lines) : change(content, lines);
        if (console != null) {
            lines.add("");
            lines.add(words.text("console", console));
            Topic.pageOf(content.event()).ifPresent(page -> lines.add(words.text("document", document(console, page))));
        }
        lines.add("");
        lines.add(words.text("footer"));
        return new Letter(subject, lines);
    }

    /** In the language of the message. */
    private String document(String console, String page) {
        return (console.endsWith("/") ? console : console + "/") + "docs/" + words.language() + "/runbook/" + page;
    }

    private String change(Message.Content content, List<String> lines) {
        JsonObject facts = content.facts();
        String event = content.event();
        Object[] values = values(content);
        lines.add(words.text(event + ".text", values));
        if (event.equals(Topic.ACCOUNT.event(true))) {
            lines.add(words.text("remedy", words.code("remedy", facts.getString("cause"))));
        } else if (words.has(event + ".remedy")) {
            lines.add(words.text("remedy", words.text(event + ".remedy")));
        }
        if (event.equals(Topic.REJECTED.event(true))) {
            reasons(facts.getJsonArray("reasons"), lines);
            List<JsonObject> sources =
                    objects(facts.getJsonArray("sources", new JsonArray())).toList();
            if (!sources.isEmpty()) {
                return sources(sources, lines);
            }
        }
        return words.text(event + ".subject", values);
    }

    /** @return the subject: their share of all rows may be small */
    private String sources(List<JsonObject> sources, List<String> lines) {
        lines.add("");
        lines.add(words.text("sources"));
        sources.forEach(one -> lines.add("- " + words.text("source", source(one), words.number(one.getLong("count")))));
        return words.text("sources.subject", source(sources.getFirst()));
    }

    private String source(JsonObject one) {
        String name = one.getString("source");
        return words.has("source." + name) ? words.text("source." + name) : name;
    }

    /** Account, since when, and what belongs to the event. */
    private Object[] values(Message.Content content) {
        JsonObject facts = content.facts();
        String since =
                words.time(Instant.parse(facts.getString("since", content.at().toString())));
        List<Object> values = new ArrayList<>(List.of(content.account(), since));
        if (facts.containsKey("state")) {
            values.add(words.code("state", facts.getString("state")));
        } else if (facts.containsKey("oldestSeconds")) {
            values.add(words.duration(facts.getLong("oldestSeconds")));
            values.add(words.duration(facts.getLong("targetSeconds")));
            values.add(words.number(facts.getLong("due")));
        } else if (facts.containsKey("rejected")) {
            values.add(words.number(facts.getLong("rejected")));
            values.add(words.number(facts.getLong("rows")));
            values.add(words.percent(facts.getLong("rejected"), facts.getLong("rows")));
        }
        return values.toArray();
    }

    private String digest(JsonObject facts, List<String> lines) {
        String day = words.day(LocalDate.parse(facts.getString("day")));
        List<JsonObject> accounts = objects(facts.getJsonArray("accounts")).toList();
        long delivered = sum(accounts, "delivered");
        long failed = sum(accounts, "failed");
        long rejected = facts.getLong("rejected");
        boolean quiet = facts.getLong("rows") + delivered + failed + rejected == 0;
        lines.add(words.text(quiet ? "digest.quiet" : "digest.text", day));
        for (JsonObject account : accounts) {
            account(account, quiet, lines);
        }
        reasons(facts.getJsonArray("reasons"), lines);
        failures(facts.getJsonArray("failures"), lines);
        if (sum(accounts, "dead") > 0) {
            lines.add("");
            lines.add(words.text("digest.dead", words.number(sum(accounts, "dead"))));
        }
        return quiet
                ? words.text("digest.subject.quiet", day)
                : words.text(
                        "digest.subject", day, words.number(delivered), words.number(failed), words.number(rejected));
    }

    private void account(JsonObject account, boolean quiet, List<String> lines) {
        String state = account.getString("state");
        boolean active = state.equals("ACTIVE");
        long waiting = account.getLong("waiting");
        if (quiet && active && waiting == 0) {
            return;
        }
        lines.add("");
        lines.add(words.text("digest.account", account.getString("account"), words.code("state", state)));
        if (!active) {
            lines.add("- " + words.text("remedy", words.code("remedy", account.getString("cause"))));
        }
        for (String figure : List.of("delivered", "failed", "rejected")) {
            lines.add("- " + words.text("digest." + figure, words.number(account.getLong(figure))));
        }
        lines.add("- " + waiting(waiting, account.getLong("oldestSeconds")));
        if (account.getLong("dead") + account.getLong("held") > 0) {
            lines.add("- "
                    + words.text(
                            "digest.kept",
                            words.number(account.getLong("dead")),
                            words.number(account.getLong("held"))));
        }
    }

    /** @param oldest seconds; 0: none is due, all wait for their next attempt */
    private String waiting(long customers, long oldest) {
        if (customers == 0) {
            return words.text("digest.none-wait");
        }
        return oldest == 0
                ? words.text("digest.waiting-none-due", words.number(customers))
                : words.text("digest.waiting", words.number(customers), words.duration(oldest));
    }

    private void reasons(JsonArray reasons, List<String> lines) {
        if (!reasons.isEmpty()) {
            lines.add("");
            lines.add(words.text("reasons"));
            objects(reasons)
                    .forEach(one -> lines.add("- "
                            + words.text(
                                    "reason",
                                    words.number(one.getLong("count")),
                                    words.reason(one.getString("reason")),
                                    one.getString("reason"))));
        }
    }

    private void failures(JsonArray failures, List<String> lines) {
        if (!failures.isEmpty()) {
            lines.add("");
            lines.add(words.text("failures"));
            objects(failures)
                    .forEach(one -> lines.add("- "
                            + words.text("failure." + one.getString("outcome"), words.number(one.getLong("count")))));
        }
    }

    private static long sum(List<JsonObject> accounts, String figure) {
        return accounts.stream().mapToLong(account -> account.getLong(figure)).sum();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }
}
