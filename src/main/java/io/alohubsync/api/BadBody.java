package io.alohubsync.api;

import java.io.Serial;

/** A body that can't be read. It is no fault: it has no stack. */
final class BadBody extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    BadBody(Trouble trouble) {
        super(trouble.name(), null, false, false);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
