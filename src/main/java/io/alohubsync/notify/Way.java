package io.alohubsync.notify;

/** Sends messages by one channel. */
interface Way {

    Channel channel();

    /** One attempt. @throws Undelivered it is not known to have arrived */
    void send(Message message) throws Undelivered, InterruptedException;

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
