package io.alohubsync.console;

import io.alohubsync.contact.Reason;
import io.alohubsync.operate.upload.Upload;
import io.alohubsync.operate.upload.UploadFigures;
import java.util.List;
import java.util.stream.Collectors;

/** An upload in a reader's words. */
public record UploadView(Upload upload, Frame frame) {

    /** @param lines of the first few, with masked phones */
    public record Cause(String text, long count, String lines) {}

    public String tone() {
        return switch (upload.state()) {
            case DONE -> "good";
            case FAILED -> "bad";
            case PREVIEWED -> upload.canBeConfirmed() ? "good" : "bad";
            default -> "warn";
        };
    }

    /** What it came to, or waits for. */
    public String state() {
        boolean waitsInVain = upload.state() == Upload.State.PREVIEWED && !upload.canBeConfirmed();
        return frame.t("import.state." + (waitsInVain ? "NOTHING_USABLE" : upload.state()));
    }

    public String written() {
        return upload.written() == 0
                ? frame.t("import.written-none")
                : frame.t("import.written-rows", frame.number(upload.written()));
    }

    /** Why it can't be imported, and what to do; empty: nothing is wrong. */
    public String fault() {
        Upload.Fault fault = upload.fault();
        if (fault == null) {
            return "";
        }
        String place = fault.line() > 0 ? frame.t("import.at-line", frame.number(fault.line())) + " " : "";
        String key = "import.fault." + fault.kind();
        return place + (frame.words().has(key) ? frame.t(key, fault.detail()) : fault.kind());
    }

    /** Which column is used for what. */
    public String columns() {
        UploadFigures figures = upload.figures();
        return figures == null
                ? ""
                : figures.columns().stream()
                        .map(column -> frame.code("import.column.", column.field()) + " = " + column.title())
                        .collect(Collectors.joining(", "));
    }

    /** What the columns belong to: the encoding of a text, or the sheet of a workbook. */
    public String form() {
        UploadFigures figures = upload.figures();
        if (figures == null) {
            return "";
        }
        String sheet = figures.sheet();
        return sheet == null ? figures.encoding() : figures.encoding() + ", " + frame.t("import.sheet-read", sheet);
    }

    public String otherSheets() {
        UploadFigures figures = upload.figures();
        return figures == null ? "" : String.join(", ", figures.otherSheets());
    }

    public String otherPhones() {
        UploadFigures figures = upload.figures();
        return figures == null ? "" : String.join(", ", figures.otherPhones());
    }

    public List<Cause> repairs() {
        UploadFigures figures = upload.figures();
        return figures == null ? List.of() : causes(figures.repairs());
    }

    public List<Cause> rejections() {
        UploadFigures figures = upload.figures();
        return figures == null ? List.of() : causes(figures.rejections());
    }

    private List<Cause> causes(List<UploadFigures.Cause> causes) {
        return causes.stream()
                .map(cause -> new Cause(
                        reason(cause.code()),
                        cause.count(),
                        cause.examples().stream()
                                .map(example -> frame.number(example.line()) + ": " + example.phone())
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    /** A later version of this program may know more of them. */
    private String reason(String code) {
        return Reason.withCode(code)
                .map(reason -> reason.sentence(frame.words().isVietnamese()))
                .orElse(code);
    }

    /** Lines of the file, as far as they are known. */
    public long all() {
        UploadFigures figures = upload.figures();
        return figures == null ? 0 : Math.max(figures.rows(), upload.lines());
    }
}
