package io.alohubsync.delivery;

/**
 * The first call of a new process loads the code of all of them: made alone, it holds up no others
 * whose slot has come. The lock of {@link Capacity} guards it.
 */
final class FirstCall {

    private static final long LONGEST_NANOS = 1_000_000_000;

    private boolean isOver;
    private long takenAt;

    /** @param haveSlots the calls of this account: others need not wait for a first one */
    FirstCall(boolean haveSlots) {
        this.isOver = !haveSlots;
    }

    /**
     * @param unsettled customers that are claimed and not settled yet
     * @param hasCalls  a call has ended
     */
    boolean isAlone(long now, int unsettled, boolean hasCalls) {
        if (isOver) {
            return false;
        }
        if (takenAt == 0 && unsettled > 0) {
            takenAt = now;
        }
        isOver = hasCalls || (takenAt != 0 && now - takenAt > LONGEST_NANOS);
        return !isOver;
    }
}
