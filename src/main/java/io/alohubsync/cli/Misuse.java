package io.alohubsync.cli;

import io.alohubsync.cli.shell.Words;
import io.alohubsync.config.Nearest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, as a sentence. */
record Misuse(Words words) {

    String sentence(ParameterException misuse) {
        return switch (misuse) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing ->
                words.text(
                        "misuse.missing",
                        String.join(
                                ", ",
                                missing.getMissing().stream().map(Misuse::label).toList()));
            case OverwrittenOptionException twice -> words.text("misuse.twice", label(twice.getOverwritten()));
            default -> {
                ArgSpec wrong = misuse.getArgSpec();
                yield wrong == null
                        ? String.valueOf(misuse.getMessage())
                        : words.text("misuse.value", label(wrong), String.valueOf(misuse.getValue()));
            }
        };
    }

    private String unmatched(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().getFirst();
        boolean option = first.startsWith("-");
        String word = option ? first.replaceFirst("=.*", "") : first; // its value may be a secret
        CommandLine at = unmatched.getCommandLine();
        List<String> known = option
                ? at.getCommandSpec().optionsMap().keySet().stream().toList()
                : List.copyOf(at.getSubcommands().keySet());
        String nearest = Nearest.of(word, known);
        String fault = option ? "misuse.option" : known.isEmpty() ? "misuse.word" : "misuse.command";
        return words.text(fault, word) + (nearest.isEmpty() ? "" : " " + words.text("misuse.nearest", nearest));
    }

    private static String label(ArgSpec argument) {
        return argument.isOption() ? ((OptionSpec) argument).longestName() : argument.paramLabel();
    }
}
