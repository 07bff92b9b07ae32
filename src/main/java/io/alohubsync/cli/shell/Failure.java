package io.alohubsync.cli.shell;

/** A command failed: a sentence with the remedy, and the exit code. */
public final class Failure extends Exception {

    private final int code;

    public Failure(int code, String sentence) {
        super(sentence);
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
