package io.alohubsync.bench;

/** What a program that is measured prints, and the benchmark waits for. */
public final class Words {

    /** Set up, and at work from now on: its time counts. */
    public static final String BEGINS = "BEGINS";

    /** Done; only those print it whose end no database shows. */
    public static final String ENDS = "ENDS";

    private Words() {}
}
