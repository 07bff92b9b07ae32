package io.alohubsync.cli.shell;

/** What a command's exit code means; docs/command-line.md lists them. */
public final class ExitCode {

    public static final int DONE = 0;
    /** It failed, or {@code doctor} found a fault. */
    public static final int FAILED = 1;
    /** The command line is wrong; nothing was done. */
    public static final int USAGE = 2;
    /** No customer, row or account is meant by the words given. */
    public static final int NOT_FOUND = 3;
    /** It changes much and was not confirmed; nothing was done. */
    public static final int NOT_CONFIRMED = 4;

    /** {@code migrate --plan}: something would be done. */
    public static final int PENDING = 5;

    private ExitCode() {}
}
