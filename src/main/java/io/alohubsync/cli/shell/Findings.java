package io.alohubsync.cli.shell;

import java.util.ArrayList;
import java.util.List;

/** What checks have found: one line each with its remedy. */
public final class Findings {

    private Findings() {}

    /** @return the exit code: 1 where a check failed */
    public static int print(Screen screen, List<Finding> findings, boolean json) {
        if (json) {
            screen.data(JsonText.of(findings.stream().map(Finding::row).toList()));
        } else {
            lines(screen, findings).forEach(screen::data);
        }
        return findings.stream().anyMatch(finding -> finding.result() == Finding.Result.FAILED)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    private static List<String> lines(Screen screen, List<Finding> findings) {
        List<List<String>> table = new ArrayList<>();
        for (Finding finding : findings) {
            String colour = switch (finding.result()) {
                case OK -> "good";
                case WARNING -> "warning";
                case FAILED -> "bad";
            };
            table.add(List.of(
                    screen.painted(colour, screen.text("doctor." + finding.result())),
                    finding.check(),
                    Table.plain(
                            finding.remedy().isEmpty()
                                    ? finding.detail()
                                    : finding.detail() + " → " + finding.remedy())));
        }
        return Table.lines(table);
    }
}
