package io.alohubsync.operate.upload;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that a person has uploaded, and what came of it.
 *
 * @param name      of the file
 * @param figures   of the preview; null: there is none yet
 * @param previewNumber of the newest preview, from 1; 0: there is none yet
 * @param fault     why it can't be imported, or not as it was asked for; null: nothing is wrong
 * @param lines     read for the preview, or imported
 * @param written   outbox rows
 * @param hasReport its rejected lines can be downloaded
 */
public record Upload(
        String id,
        State state,
        String person,
        String name,
        UploadTerms terms,
        long size,
        @Nullable UploadFigures figures,
        int previewNumber,
        @Nullable Fault fault,
        @Nullable String why,
        long lines,
        long written,
        boolean hasReport,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public enum State {
        /** It waits for its preview. */
        UPLOADED,
        PREVIEWING,
        /** It waits for a person. */
        PREVIEWED,
        /** It waits for its import. */
        CONFIRMED,
        IMPORTING,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * @param kind   of the file ({@link io.alohubsync.spreadsheet.read.FileFault.Kind}), or one of
     *               {@link UploadFaults}
     * @param line   0: of the file
     * @param detail of the file: a column, its sheets
     */
    public record Fault(String kind, long line, String detail) {}

    private static final Set<State> ENDS = Set.of(State.DONE, State.FAILED, State.CANCELLED);

    public boolean hasEnded() {
        return ENDS.contains(state);
    }

    /** Something happens by itself. */
    public boolean isMoving() {
        return !hasEnded() && state != State.PREVIEWED;
    }

    public boolean canBeConfirmed() {
        return state == State.PREVIEWED && fault == null && figures != null && figures.usable() > 0;
    }
}
