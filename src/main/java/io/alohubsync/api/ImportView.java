package io.alohubsync.api;

import io.alohubsync.operate.upload.Upload;
import io.alohubsync.operate.upload.UploadFigures;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An import as the API shows it.
 *
 * @param columns        heading or letter by field, as the client named them
 * @param canBeConfirmed its preview is there, and something of it can be imported
 * @param reason         of the confirmation
 */
record ImportView(
        String id,
        Upload.State state,
        String person,
        String name,
        String account,
        String source,
        String sheet,
        Map<String, String> columns,
        long size,
        @Nullable UploadFigures preview,
        int previewNumber,
        Upload.@Nullable Fault fault,
        boolean canBeConfirmed,
        @Nullable String reason,
        long lines,
        long written,
        boolean hasReport,
        Instant createdAt,
        @Nullable Instant endedAt) {

    record Many(List<ImportView> items, @Nullable String next) {}

    static ImportView of(Upload upload) {
        return new ImportView(
                upload.id(),
                upload.state(),
                upload.person(),
                upload.name(),
                upload.terms().account(),
                upload.terms().source(),
                upload.terms().sheet(),
                upload.terms().columns(),
                upload.size(),
                upload.figures(),
                upload.previewNumber(),
                upload.fault(),
                upload.canBeConfirmed(),
                upload.why(),
                upload.lines(),
                upload.written(),
                upload.hasReport(),
                upload.createdAt(),
                upload.endedAt());
    }
}
