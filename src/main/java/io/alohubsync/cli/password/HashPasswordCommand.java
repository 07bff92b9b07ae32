package io.alohubsync.cli.password;

import io.alohubsync.access.PasswordHash;
import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Screen;
import java.io.Console;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Prints the hash of a password, for the settings of the console. The password is never an
 * argument.
 */
@Command(name = "hash-password")
public final class HashPasswordCommand implements Callable<Integer> {

    private final Screen screen;
    private final @Nullable PasswordInput input;

    /** Taken, so that it can be refused without being printed. */
    @Parameters(arity = "0..*", hidden = true)
    @Nullable
    List<String> words;

    public HashPasswordCommand(Screen screen) {
        this(screen, null);
    }

    /** @param input null: of this process */
    HashPasswordCommand(Screen screen, @Nullable PasswordInput input) {
        this.screen = screen;
        this.input = input;
    }

    @Override
    public Integer call() throws Failure, IOException, InterruptedException {
        if (words != null && !words.isEmpty()) {
            throw new Failure(ExitCode.USAGE, screen.text("password.argument"));
        }
        PasswordInput from = input == null ? ofProcess() : input;
        char[] password = read(from, "password.ask");
        Optional<String> fault = PasswordRule.fault(password);
        if (fault.isPresent()) {
            throw new Failure(ExitCode.FAILED, screen.text(fault.get(), PasswordRule.SHORTEST, PasswordRule.LONGEST));
        }
        if (from.isPerson() && !Arrays.equals(password, read(from, "password.again"))) {
            throw new Failure(ExitCode.FAILED, screen.text("password.differ"));
        }
        screen.data(PasswordHash.of(password));
        Arrays.fill(password, ' ');
        return ExitCode.DONE;
    }

    private char[] read(PasswordInput from, String prompt) throws Failure, IOException {
        char[] read = from.read(screen.text(prompt));
        if (read == null) {
            throw new Failure(ExitCode.FAILED, screen.text("password.unreadable"));
        }
        return read;
    }

    private PasswordInput ofProcess() throws Failure, IOException, InterruptedException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return new PasswordInput.Terminal(console);
        }
        if (isTyped()) {
            throw new Failure(ExitCode.USAGE, screen.text("password.redirected"));
        }
        return new PasswordInput.Piped(System.in);
    }

    /**
     * Where the output is redirected the JVM has no console, and typed characters would be visible.
     */
    private static boolean isTyped() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder("test", "-t", "0").inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
