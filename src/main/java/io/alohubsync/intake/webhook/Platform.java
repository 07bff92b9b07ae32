package io.alohubsync.intake.webhook;

import io.alohubsync.intake.Source;
import org.jspecify.annotations.Nullable;

/**
 * A source whose payloads are the platform's own.
 *
 * @param signature null: the platform does not sign, and its token decides alone
 * @param answer    the status that the platform takes for success
 */
record Platform(Source source, Mapping mapping, @Nullable Signature signature, int answer) {}
