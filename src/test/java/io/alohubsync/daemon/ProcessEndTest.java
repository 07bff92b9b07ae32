package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.loop.Exit;
import io.alohubsync.loop.Loop;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * What ends the process at once, in a JVM of its own each. A program that goes on instead ends with
 * 0.
 */
class ProcessEndTest {

    private static final int OUT_OF_MEMORY = 3;

    /** More than any heap of these tests. */
    private static byte[] tooMuch() {
        return new byte[Integer.MAX_VALUE - 8];
    }

    /** As a library does that catches whatever is thrown. */
    static final class CatchesTheError {
        public static void main(String[] arguments) {
            try {
                System.out.println(tooMuch().length);
            } catch (OutOfMemoryError caught) {
                System.out.println("goes on");
            }
        }
    }

    @Test
    void a_lack_of_memory_ends_a_process_with_the_shipped_options_although_it_is_caught() throws Exception {
        assertEquals(
                OUT_OF_MEMORY, run(CatchesTheError.class, "@docker/jvm.options").code());
    }

    static final class Loops {
        public static void main(String[] arguments) throws InterruptedException {
            Loop loop = new Loop("test", () -> System.out.println(tooMuch().length), System::nanoTime).start();
            loop.join(Duration.ofSeconds(2));
        }
    }

    @Test
    void a_lack_of_memory_in_a_loop_ends_a_process_without_these_options_too() throws Exception {
        assertOutOfMemory(run(Loops.class, "-Xmx64m"));
    }

    static final class Logs {
        public static void main(String[] arguments) {
            new EndsWithoutMemory().onStart(new StartupEvent());
            try {
                System.out.println(tooMuch().length);
            } catch (OutOfMemoryError caught) {
                Logger.getLogger("io.vertx").log(Level.SEVERE, "Unhandled", new IllegalStateException(caught));
            }
        }
    }

    @Test
    void a_lack_of_memory_that_a_library_only_logs_ends_a_process_too() throws Exception {
        assertOutOfMemory(run(Logs.class, "-Xmx64m"));
    }

    private static void assertOutOfMemory(Ended ended) {
        assertEquals(OUT_OF_MEMORY, ended.code(), ended.output());
        assertTrue(ended.output().contains("it is out of memory. Give the JVM more (-Xmx)."), ended.output());
    }

    /** A stop that takes longer than its grace. */
    static final class Hangs {
        public static void main(String[] arguments) throws InterruptedException {
            if (arguments.length > 0) {
                Exit.because(arguments[0]);
            }
            ForcedExit.after(Duration.ofMillis(1));
            TimeUnit.SECONDS.sleep(20);
            System.exit(7);
        }
    }

    @Test
    void a_stop_that_hangs_ends_with_the_code_that_its_reason_asks_for() throws Exception {
        assertEquals(0, run(List.of("-Xmx64m"), Hangs.class, List.of()).code(), "SIGTERM");
        Ended stalled = run(List.of("-Xmx64m"), Hangs.class, List.of("a loop is stalled"));
        assertEquals(1, stalled.code(), stalled.output());
    }

    /** What the thread that starts the daemon may meet besides an exception. */
    static final class StartsWithAnError {
        public static void main(String[] arguments) throws InterruptedException {
            Thread start = Thread.ofPlatform()
                    .daemon()
                    .start(() -> Daemon.orExit(() -> {
                        throw new NoClassDefFoundError("org/example/Missing");
                    }));
            start.join();
            System.exit(Exit.code() == 1 ? 1 : 7);
        }
    }

    @Test
    void an_error_of_the_start_ends_the_process_with_a_sentence() throws Exception {
        Ended ended = run(StartsWithAnError.class, "-Xmx64m");
        assertEquals(1, ended.code(), ended.output());
        assertTrue(ended.output().contains("the start failed: java.lang.NoClassDefFoundError"), ended.output());
    }

    private record Ended(int code, String output) {}

    private static Ended run(Class<?> program, String option) throws IOException, InterruptedException {
        return run(List.of(option), program, List.of());
    }

    private static Ended run(List<String> options, Class<?> program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
