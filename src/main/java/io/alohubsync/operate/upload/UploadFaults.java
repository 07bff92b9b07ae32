package io.alohubsync.operate.upload;

/** Why an upload was given up, where it is no fault of the file's form. */
final class UploadFaults {

    /**
     * The console imports so many at most: of a larger file the phones alone would fill the memory
     * that deliveries need.
     */
    static final String TOO_MANY_LINES = "TOO_MANY_LINES";

    /** No room for the file's copy. */
    static final String DISK = "DISK";

    /** Each replica that worked on it ended, as without memory. */
    static final String PROGRAM = "PROGRAM";

    private UploadFaults() {}
}
