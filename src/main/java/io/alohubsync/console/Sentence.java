package io.alohubsync.console;

import io.alohubsync.operate.overview.AccountFigures;
import io.alohubsync.operate.overview.AccountFigures.Backlog;
import org.jspecify.annotations.Nullable;

/**
 * How an account does, in one sentence.
 *
 * @param tone     good, warn or bad
 * @param needs    what to do; null: nothing
 * @param document that says more; null: there is nothing to do
 */
public record Sentence(
        String text,
        String tone,
        @Nullable String needs,
        @Nullable String document) {

    private static final String DEAD = "runbook/AlohubSyncDead";
    private static final String OVERDUE = "runbook/AlohubSyncOverdue";
    private static final String PAUSED = "runbook/AlohubSyncPaused";
    private static final String TRIPPED = "runbook/AlohubSyncAccountTripped";

    private static final long IN_TIME = 60; // seconds: the target of freshness

    static Sentence of(AccountFigures account, Frame frame) {
        AccountFigures.State state = account.state();
        String shown = frame.needs(state.state(), state.needs(), state.needsVi());
        String needs = shown.isEmpty() ? null : shown;
        return switch (state.state()) {
            case "ACTIVE" -> active(account.backlog(), frame);
            case "RECOVERING" -> new Sentence(frame.t("sentence.RECOVERING"), "warn", needs, TRIPPED);
            case "THROTTLED" ->
                new Sentence(frame.t("sentence.THROTTLED", frame.time(state.until())), "warn", needs, TRIPPED);
            case "PAUSED" -> new Sentence(frame.t("sentence.PAUSED"), "bad", frame.t("sentence.PAUSED.needs"), PAUSED);
            default -> new Sentence(frame.code("sentence.", state.state()), "bad", needs, TRIPPED);
        };
    }

    private static Sentence idle(Backlog backlog, Frame frame) {
        if (backlog.dead() == 0 && backlog.held() == 0) {
            return new Sentence(frame.t("sentence.idle"), "good", null, null);
        }
        String text = frame.t("sentence.rest", frame.number(backlog.dead()), frame.number(backlog.held()));
        return backlog.dead() == 0
                ? new Sentence(text, "good", null, null)
                : new Sentence(text, "warn", frame.t("sentence.rest.needs"), DEAD);
    }

    private static Sentence active(Backlog backlog, Frame frame) {
        long oldest = backlog.oldestSeconds() == null ? 0 : backlog.oldestSeconds();
        if (backlog.waiting() == 0) {
            return idle(backlog, frame);
        }
        if (oldest <= IN_TIME) {
            return new Sentence(frame.t("sentence.in-time", frame.number(backlog.waiting())), "good", null, null);
        }
        return backlog.drainSeconds() == null
                ? new Sentence(
                        frame.t("sentence.stuck", frame.number(backlog.waiting()), frame.duration(oldest)),
                        "bad",
                        frame.t("sentence.stuck.needs"),
                        OVERDUE)
                : new Sentence(
                        frame.t(
                                "sentence.behind",
                                frame.number(backlog.waiting()),
                                frame.duration(oldest),
                                frame.duration(backlog.drainSeconds())),
                        "warn",
                        null,
                        OVERDUE);
    }
}
