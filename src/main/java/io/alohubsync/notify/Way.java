package io.alohubsync.notify;

import org.jspecify.annotations.Nullable;

/** Sends messages by one channel. */
interface Way {

    Channel channel();

    /**
     * One attempt.
     *
     * @return null: all have it
     * @throws Undelivered it is not known to have arrived
     */
    @Nullable
    Missed send(Message message) throws Undelivered, InterruptedException;

    /** Who will not get a message that others have. The sentence is as that of {@link Undelivered}. */
    record Missed(String sentence, Obstacle obstacle) {}

    /**
     * The sentence is for the log and the database: no secret, no address with a token, nothing
     * personal.
     */
    final class Undelivered extends Exception {
        private final Obstacle obstacle;

        Undelivered(String sentence, Obstacle obstacle) {
            super(sentence);
            this.obstacle = obstacle;
        }

        Obstacle obstacle() {
            return obstacle;
        }

        String sentence() {
            return String.valueOf(getMessage());
        }
    }
}
