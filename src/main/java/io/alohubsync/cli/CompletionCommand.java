package io.alohubsync.cli;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Screen;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script with which bash and zsh complete commands and options. */
@Command(name = "completion")
final class CompletionCommand implements Callable<Integer> {

    private final Screen screen;

    @Spec
    @Nullable
    CommandSpec spec;

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        CommandSpec all = Objects.requireNonNull(spec).root();
        screen.out().print(AutoComplete.bash(all.name(), all.commandLine()));
        return ExitCode.DONE;
    }
}
