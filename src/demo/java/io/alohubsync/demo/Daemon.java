package io.alohubsync.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged daemon as a process of its own, started as its operators start it. */
public final class Daemon implements AutoCloseable {

    /**
     * The packaged daemon and the JVM that runs it; system properties name others, as to try an
     * image's content.
     */
    private static final Path JAR =
            Path.of(System.getProperty("daemon.folder", "target/quarkus-app")).resolve("quarkus-run.jar");

    private static final Path JAVA =
            Path.of(System.getProperty("daemon.java.home", System.getProperty("java.home")), "bin", "java");
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^ ]+:(\\d+)");
    private static final Pattern MANAGEMENT = Pattern.compile("Management interface listening on http://[^ ]+:(\\d+)");
    /**
     * What it says before it ends. The end itself may take most of a minute, where the JVM writes
     * an AOT cache.
     */
    private static final String CAN_NOT_START = "alohub-sync can't start: ";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;
    private volatile int port;
    private volatile int managementPort;
    private volatile boolean ending;

    private Daemon(Process process, Consumer<String> log) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().name("daemon-output").start(() -> read(log));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects the environment; nothing of this process's own ALOHUB_ or QUARKUS_ variables is
     * passed on.
     */
    public static final class Builder {
        private ProcessBuilder.Redirect input = ProcessBuilder.Redirect.PIPE;
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> jvm = new ArrayList<>();
        private List<String> command = List.of();
        private Path jar = JAR;
        private final List<String> arguments = new ArrayList<>();
        private boolean terminal;
        private Consumer<String> log = line -> {};

        public Builder database(LocalPostgres postgres, String url) {
            return with("QUARKUS_DATASOURCE_JDBC_URL", url)
                    .with("QUARKUS_DATASOURCE_USERNAME", postgres.user())
                    .with("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        }

        public Builder alohub(String url, String key) {
            return with("ALOHUB_BASE_URL", url).with("ALOHUB_API_KEY", key);
        }

        public Builder with(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        public Builder jvm(String... options) {
            jvm.addAll(List.of(options));
            return this;
        }

        /**
         * Another packaged daemon than this one: the folder that holds its {@code quarkus-run.jar}.
         */
        public Builder folder(Path packaged) {
            jar = packaged.resolve("quarkus-run.jar");
            return this;
        }

        /** Runs it by another command, which contains the options of its JVM. */
        public Builder command(String... words) {
            command = List.of(words);
            return this;
        }

        /** A command in place of the daemon: {@code migrate}. */
        public Builder arguments(String... words) {
            arguments.addAll(List.of(words));
            return this;
        }

        /** Its standard input; without one it is a pipe without a writer. */
        public Builder input(Path file) {
            input = ProcessBuilder.Redirect.from(file.toFile());
            return this;
        }

        /** On a terminal of its own, which util-linux's {@code script} makes. */
        public Builder onTerminal() {
            terminal = true;
            return this;
        }

        public Builder log(Consumer<String> sink) {
            log = sink;
            return this;
        }

        public Daemon start() throws IOException {
            List<String> words = command.isEmpty() ? jarCommand() : command;
            ProcessBuilder builder = new ProcessBuilder(
                            terminal ? List.of("script", "-qec", String.join(" ", words), "/dev/null") : words)
                    .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("ALOHUB_") || name.startsWith("QUARKUS_"));
            builder.environment().putIfAbsent("QUARKUS_HTTP_HOST", "127.0.0.1");
            builder.environment().putIfAbsent("QUARKUS_HTTP_PORT", "0");
            builder.environment().putIfAbsent("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
            builder.environment().putIfAbsent("QUARKUS_MANAGEMENT_PORT", "0");
            builder.environment().putAll(environment);
            builder.redirectInput(input);
            return new Daemon(builder.start(), log);
        }

        private List<String> jarCommand() {
            List<String> words = new ArrayList<>();
            words.add(JAVA.toString());
            words.add("-Dstdout.encoding=UTF-8"); // in which it is read, whatever the locale
            words.addAll(jvm);
            words.addAll(List.of("-jar", jar.toString()));
            words.addAll(arguments);
            return words;
        }
    }

    private void read(Consumer<String> log) {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                ending = ending || line.startsWith(CAN_NOT_START);
                Matcher management = MANAGEMENT.matcher(line);
                if (management.find()) {
                    managementPort = Integer.parseInt(management.group(1));
                }
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) { // after the other, which stands in the same line
                    port = Integer.parseInt(listening.group(1));
                }
                log.accept(line);
            }
        } catch (IOException ended) {
            log.accept("(the daemon's output broke off)");
        }
    }

    public boolean isReady() {
        return port != 0 && get("/q/health/ready").statusCode() == 200;
    }

    /**
     * @throws IllegalStateException it ended, or is not ready in time; its process is ended then
     */
    public Daemon awaitReady() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(150);
        while (!isReady()) {
            if (ending || !process.isAlive() || System.nanoTime() - end > 0) {
                close(); // the caller may have no reference yet
                throw new IllegalStateException("The daemon is not ready:\n" + String.join("\n", output()));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return this;
    }

    /** @param path below /q/ on the management port, else on the first one */
    public HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + portOf(path) + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException gone) {
            throw new IllegalStateException("The daemon does not answer", gone);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** A version without a management port answers everything on the first one. */
    private int portOf(String path) {
        return path.startsWith("/q/") && managementPort != 0 ? managementPort : port;
    }

    /** Of the page. */
    public int port() {
        return port;
    }

    /** Of health and metrics. */
    public int managementPort() {
        return managementPort;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public List<String> output() {
        return List.copyOf(output);
    }

    /**
     * SIGTERM. By the handle, since Process.destroy closes the output first, and the next line
     * would end the daemon by SIGPIPE.
     */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    public int awaitExit(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "The daemon did not end within " + seconds + " s:\n" + String.join("\n", output()));
        }
        reader.join(TimeUnit.SECONDS.toMillis(5));
        return process.exitValue();
    }

    public static boolean isPackaged() {
        return Files.exists(JAR);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
