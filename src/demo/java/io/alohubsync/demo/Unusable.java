package io.alohubsync.demo;

/** This machine lacks something. The message is a sentence with the remedy. */
final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param cause null: there is none */
    Unusable(String sentence, Exception cause) {
        super(sentence, cause);
    }
}
