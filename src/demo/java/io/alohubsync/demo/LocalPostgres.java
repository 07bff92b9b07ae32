package io.alohubsync.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL on this machine: a container where an engine runs and has the image, else real
 * PostgreSQL binaries from Maven Central. The system property or variable {@code alohub.postgres} /
 * {@code ALOHUB_POSTGRES} decides: {@code auto} (default), {@code embedded}, {@code container}, or
 * the JDBC URL of a server that is there already (a superuser's, with user and password in it).
 */
public final class LocalPostgres implements AutoCloseable {

    private static final String IMAGE = "postgres:17-alpine";
    private static final String USER = "postgres";
    /** Of Linux. A thousand files for each database: on a disk they take longer than most tests. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static final long ROOM_IN_MEMORY = 4L << 30;
    private static final String FOLDER = "alohub-postgres-"; // and the process id of who has it

    private final String url;
    private final String user;
    private final String password;
    private final String what;
    private final AutoCloseable server;

    private LocalPostgres(String url, String user, String password, String what, AutoCloseable server) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.what = what;
        this.server = server;
    }

    /**
     * @param data where the embedded server keeps its data from run to run; empty: a new folder,
     *             gone at the end
     */
    public static LocalPostgres start(Optional<Path> data) {
        String choice = System.getProperty("alohub.postgres", System.getenv().getOrDefault("ALOHUB_POSTGRES", "auto"));
        if (choice.startsWith("jdbc:")) {
            return given(choice);
        }
        return switch (choice.toLowerCase(Locale.ROOT)) {
            case "embedded" -> embedded(data);
            case "container" -> container();
            case "auto" -> containerIsAtHand() ? container() : embedded(data);
            default ->
                throw new IllegalArgumentException(
                        "alohub.postgres must be auto, embedded, container or a JDBC URL, not " + choice);
        };
    }

    private static LocalPostgres given(String url) {
        return new LocalPostgres(
                url, parameter(url, "user"), parameter(url, "password"), "the PostgreSQL that was named", () -> {});
    }

    private static String parameter(String url, String name) {
        return Pattern.compile("[?&]" + name + "=([^&]+)")
                .matcher(url)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the JDBC URL in alohub.postgres needs " + name + "="));
    }

    /**
     * An engine answers and the image is there: a pull without a network would hang for minutes.
     */
    private static boolean containerIsAtHand() {
        if (!Files.exists(Path.of("/var/run/docker.sock")) && System.getenv("DOCKER_HOST") == null) {
            return false;
        }
        try {
            var images = DockerClientFactory.lazyClient()
                    .listImagesCmd()
                    .withReferenceFilter(IMAGE)
                    .exec();
            return !images.isEmpty();
        } catch (RuntimeException noEngine) {
            return false;
        }
    }

    @SuppressWarnings("resource") // closed by close()
    private static LocalPostgres container() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withStartupTimeout(Duration.ofMinutes(2))
                .withCommand("postgres", "-c", "max_connections=300");
        container.start();
        return new LocalPostgres(
                container.getJdbcUrl() + "&user=" + container.getUsername(),
                container.getUsername(),
                container.getPassword(),
                "container " + IMAGE,
                container::stop);
    }

    private static LocalPostgres embedded(Optional<Path> data) {
        EmbeddedPostgres server = started(() -> embeddedServer(data), isRoot() && !LinuxUtils.isUnshareAvailable());
        return new LocalPostgres(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=" + USER,
                USER,
                "postgres",
                "embedded PostgreSQL"
                        + data.map(folder -> ", data in " + folder).orElse(""),
                server);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** PostgreSQL does not run as root. The library puts it into a user namespace where it may. */
    static <T> T started(Callable<T> start, boolean asRootWithoutNamespaces) {
        try {
            return start.call();
        } catch (Exception failure) {
            throw new Unusable(
                    "The embedded PostgreSQL did not start"
                            + (asRootWithoutNamespaces
                                    ? ", since it can't run as root where user namespaces are forbidden: run as another user,"
                                            + " or name a PostgreSQL's JDBC URL in ALOHUB_POSTGRES."
                                    : ": " + failure.getMessage()),
                    failure);
        }
    }

    private static EmbeddedPostgres embeddedServer(Optional<Path> data) throws IOException {
        if (data.isEmpty()) {
            endLeftovers(IN_MEMORY);
        }
        var builder = EmbeddedPostgres.builder()
                .setRegisterShutdownHook(false)
                // Zonky switches both off. Data that stay are safe, those of a test are quick.
                .setServerConfig("fsync", data.isPresent() ? "on" : "off")
                .setServerConfig("synchronous_commit", data.isPresent() ? "on" : "off")
                .setServerConfig("full_page_writes", data.isPresent() ? "on" : "off")
                .setServerConfig("max_connections", "300")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(Duration.ofSeconds(30));
        locale(System.getProperty("os.name")).forEach(builder::setLocaleConfig);
        if (data.isPresent()) {
            Files.createDirectories(data.get().getParent());
            endLeftover(data.get());
            builder.setDataDirectory(data.get()).setCleanDataDirectory(false);
        } else {
            builder.setServerConfig("autovacuum_naptime", "10min"); // of hundreds of databases, which end before
            if (hasRoomInMemory()) {
                builder.setDataDirectory(Files.createTempDirectory(
                        IN_MEMORY, FOLDER + ProcessHandle.current().pid() + "-"));
            }
        }
        return builder.start();
    }

    /** Options of initdb. macOS has no locale C.UTF-8; PostgreSQL has its own since version 17. */
    static Map<String, String> locale(String system) {
        return system.startsWith("Mac")
                ? Map.of("locale", "C", "lc-ctype", "UTF-8", "locale-provider", "builtin", "builtin-locale", "C.UTF-8")
                : Map.of("locale", "C.UTF-8");
    }

    private static boolean hasRoomInMemory() throws IOException {
        return Files.isWritable(IN_MEMORY)
                && Files.getFileStore(IN_MEMORY).type().equals("tmpfs")
                && Files.getFileStore(IN_MEMORY).getUsableSpace() >= ROOM_IN_MEMORY;
    }

    /**
     * Of processes that were killed: they would keep the memory. Those that can't be removed, such as
     * another user's, stay.
     */
    static void endLeftovers(Path inMemory) throws IOException {
        if (!Files.isWritable(inMemory)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(inMemory, FOLDER + "[0-9]*-*")) {
            for (Path folder : folders) {
                try {
                    long pid = Long.parseLong(folder.getFileName().toString().split("-")[2]);
                    if (ProcessHandle.of(pid).isEmpty()) {
                        endLeftover(folder);
                        delete(folder);
                    }
                } catch (IOException | RuntimeException stays) {
                    System.err.println("What an earlier run has left in " + folder + " stays: " + stays);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    /**
     * A server that outlived a killed demo still holds the folder: it is stopped as pg_ctl would
     * stop it, fast.
     */
    private static void endLeftover(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> leftover = Leftover.of(pidFile, "postgres");
        if (leftover.isPresent()) {
            String pid = String.valueOf(leftover.get().pid());
            new ProcessBuilder("kill", "-INT", pid).start(); // TERM would wait for every client
            leftover.get().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
        Files.deleteIfExists(pidFile);
    }

    /** With the user in it. */
    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception failure) {
            throw new IllegalStateException("PostgreSQL did not stop", failure);
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
