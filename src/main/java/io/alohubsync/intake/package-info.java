/**
 * The way in over HTTP: a form, a chatbot or a shop's webhook writes outbox rows; an answer of
 * success follows their commit.
 */
@NullMarked
package io.alohubsync.intake;

import org.jspecify.annotations.NullMarked;
