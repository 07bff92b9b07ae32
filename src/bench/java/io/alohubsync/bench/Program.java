package io.alohubsync.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A process that is measured, and what it prints. */
final class Program implements AutoCloseable {

    /** For the programs that the daemon is compared with. */
    static final List<String> JVM = List.of(System.getenv()
            .getOrDefault("ALOHUB_BENCH_JVM", "-Xmx192m -XX:+UseSerialGC")
            .split(" "));

    /** For the daemon: what it is shipped with. */
    static final List<String> DAEMON_JVM = List.of(System.getenv()
            .getOrDefault("ALOHUB_BENCH_DAEMON_JVM", "@docker/jvm.options -XX:AOTCache=target/quarkus-app/app.aot")
            .split(" "));

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Map<String, Runnable> awaited;

    private Program(Process process, Map<String, Runnable> awaited) {
        this.process = process;
        this.awaited = awaited;
        Thread.ofPlatform().daemon().name("output").start(this::read);
    }

    /**
     * A JVM of its own.
     *
     * @param command its options behind the common ones, its class and its arguments
     * @param awaited what to do, at once, when a line holds these words
     */
    static Program java(Map<String, String> environment, Map<String, Runnable> awaited, String... command)
            throws IOException {
        return java(JVM, environment, awaited, command);
    }

    /** The packaged daemon. */
    static Program daemon(Map<String, String> environment, Map<String, Runnable> awaited) throws IOException {
        return java(DAEMON_JVM, environment, awaited, "-jar", Contestants.PACKAGED);
    }

    /** The packaged daemon without what an earlier run of it has left. */
    static Program daemonWithoutCache(Map<String, String> environment, Map<String, Runnable> awaited)
            throws IOException {
        List<String> options = DAEMON_JVM.stream()
                .filter(option -> !option.startsWith("-XX:AOTCache"))
                .toList();
        return java(options, environment, awaited, "-jar", Contestants.PACKAGED);
    }

    private static Program java(
            List<String> options, Map<String, String> environment, Map<String, Runnable> awaited, String... command)
            throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(options);
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("ALOHUB_") || name.startsWith("QUARKUS_"));
        builder.environment().putAll(environment);
        return new Program(builder.start(), awaited);
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                awaited.entrySet().stream()
                        .filter(words -> output.getLast().contains(words.getKey()))
                        .forEach(words -> words.getValue().run());
            }
        } catch (IOException ended) {
            output.add("(the output broke off)");
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        return String.join("\n", output);
    }

    /** As an operator stops it; what does not stop is killed. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            process.destroyForcibly().onExit().join();
        }
    }
}
