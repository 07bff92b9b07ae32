package io.alohubsync.cli;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Table;
import io.alohubsync.cli.shell.Words;
import io.alohubsync.spreadsheet.read.FileFault;

/** Says why a file can't be imported, and what to do. */
final class ImportFaults {

    private ImportFaults() {}

    static Failure failure(FileFault fault, Words words) {
        int code = switch (fault.kind()) {
            case NO_SHEET, SHEET_OF_TEXT, NO_SUCH_COLUMN -> ExitCode.USAGE;
            default -> ExitCode.FAILED;
        };
        String key = "import.fault." + fault.kind();
        String place = fault.line() > 0 ? words.text("import.at-line", fault.line()) + " " : "";
        return new Failure(code, place + words.text(key, Table.plain(fault.detail())));
    }
}
