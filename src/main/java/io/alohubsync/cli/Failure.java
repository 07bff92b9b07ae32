package io.alohubsync.cli;

/** A command can't do what it was asked to: a sentence with the remedy, and the exit code. */
final class Failure extends Exception {

    private final int code;

    Failure(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    int code() {
        return code;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
