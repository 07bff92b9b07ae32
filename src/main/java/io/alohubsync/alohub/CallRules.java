package io.alohubsync.alohub;

import java.time.Duration;

/**
 * How an account's calls are made.
 *
 * @param atATime  calls at a time at most; each has a connection of its own, so none waits for one
 * @param deadline D
 * @param reader   what an answer means
 */
public record CallRules(int atATime, Duration deadline, AnswerReader reader, ConnectionRules connections) {}
