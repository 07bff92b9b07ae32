package io.alohubsync.alohub;

/** What a call came to before its answer is read. */
public sealed interface Reply {
    record Answered(Answer answer) implements Reply {}

    /** No answer: the outcome is known without reading. */
    record Unanswered(Outcome outcome) implements Reply {}
}
