package io.alohubsync.operate.upload;

import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Why;

/**
 * A file that came before with the same key: it is kept already, so the bytes are compared and not
 * stored again.
 */
record SentBefore(String digest) implements Receipt.Store {

    @Override
    public void append(int n, byte[] piece) {
        // it is there
    }

    @Override
    public void complete(String ofThis) {
        if (!digest.equals(ofThis)) {
            throw Declined.because(Why.UPLOAD_KEY_REUSED);
        }
    }

    @Override
    public void abandon() {
        // the first one stays
    }
}
