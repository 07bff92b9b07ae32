package io.alohubsync.notify;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * A message that is being sent.
 *
 * @param id      the same however often it is sent
 * @param event   what it is about
 * @param account {@link Topic#ALL}: all of them
 * @param attempt counts from 1
 * @param age     since it was made
 */
record Message(Content content, long id, int attempt, Duration age) {

    record Content(String event, String account, JsonObject facts, Instant at) {}
}
