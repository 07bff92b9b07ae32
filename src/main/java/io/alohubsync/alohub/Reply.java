package io.alohubsync.alohub;

/** The end of a call, before its answer is read. */
public sealed interface Reply {
    record Answered(Answer answer) implements Reply {}

    /** No answer: the outcome is known without reading. */
    record Unanswered(Outcome outcome) implements Reply {}
}
