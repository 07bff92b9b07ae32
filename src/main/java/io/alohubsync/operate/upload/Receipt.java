package io.alohubsync.operate.upload;

import io.alohubsync.config.Sha256;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Why;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * A file on its way into the database: its pieces as they come, then its end. Until then it is
 * invisible. One thread uses it.
 */
public final class Receipt {

    public static final long MOST_BYTES = 64L << 20;

    /** A little less than Uploads keeps what is on its way. */
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(14);

    /** What becomes of a file that is on its way. */
    interface Store {
        void append(int n, byte[] piece);

        void complete(String digest);

        void abandon();
    }

    private final String id;
    private final Store store;
    private final PieceWriter pieces;
    private final MessageDigest digest = Sha256.begin();

    Receipt(String id, Store store) {
        this.id = id;
        this.store = store;
        this.pieces = new PieceWriter(store::append);
    }

    /** @throws Declined it is larger than {@link #MOST_BYTES} */
    public void add(byte[] bytes, int count) throws IOException {
        if (pieces.size() + count > MOST_BYTES) {
            throw Declined.because(Why.UPLOAD_TOO_LARGE);
        }
        digest.update(bytes, 0, count);
        pieces.write(bytes, 0, count);
    }

    /** Where bytes come from. @see java.io.InputStream#read(byte[]) */
    @FunctionalInterface
    public interface Bytes {
        int read(byte[] into) throws IOException;
    }

    /** Adds all of them. @throws Declined they are too many, or come too slowly */
    public void fill(Bytes from) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        byte[] some = new byte[16 << 10];
        for (int count = from.read(some); count >= 0; count = from.read(some)) {
            add(some, count);
            if (System.nanoTime() - end > 0) {
                throw Declined.because(Why.UPLOAD_SLOW);
            }
        }
    }

    /** @return its id. @throws Declined it is empty */
    public String complete() throws IOException {
        if (pieces.size() == 0) {
            throw Declined.because(Why.UPLOAD_EMPTY);
        }
        pieces.close();
        store.complete(HexFormat.of().formatHex(digest.digest()));
        return id;
    }

    /** Nothing is left of it. */
    public void abandon() {
        store.abandon();
    }
}
