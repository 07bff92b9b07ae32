package io.alohubsync.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures a drain on this machine: so many distinct customers, from new rows to settled deliveries, against a simulated
 * Alohub without latency in a process of its own. PostgreSQL syncs to disk. Linux only: it reads /proc.
 */
public final class Drain {

    private static final String JVM = System.getProperty("daemon.jvm", "-Xmx192m");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final String NGINX_CONFIG = """
            daemon off; worker_processes 1; pid FOLDER/pid; error_log /dev/null;
            events { worker_connections 1024; }
            http {
              access_log off; keepalive_requests 1000000000; client_body_temp_path FOLDER/body; proxy_temp_path FOLDER/proxy;
              fastcgi_temp_path FOLDER/fastcgi; uwsgi_temp_path FOLDER/uwsgi; scgi_temp_path FOLDER/scgi;
              server { listen 127.0.0.1:PORT; location / { default_type application/json; return 200 '{"success":"1","error_code":"SUCCESS"}'; } }
            }
            """;
    private static final long NANOS_PER_TICK = TimeUnit.SECONDS.toNanos(1) / 100; // USER_HZ is 100 on Linux

    private Drain() {}

    public static void main(String... arguments) throws Exception {
        int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        Path data = Files.createTempDirectory("alohub-drain").resolve("postgres");
        try (LocalPostgres postgres = LocalPostgres.start(Optional.of(data))) {
            int port = freePort();
            Process stub = stub(port);
            try {
                PGSimpleDataSource database = new PGSimpleDataSource();
                database.setUrl(postgres.url());
                database.setPassword(postgres.password());
                String url = "http://127.0.0.1:" + port;
                migrateAndTimeTheStart(postgres, url);
                drain(postgres, url, database, data, customers);
            } finally {
                stub.destroy();
            }
        }
    }

    /** nginx where it is installed, since it costs next to nothing; else a small one on Vert.x. */
    private static Process stub(int port) throws IOException {
        if (!Files.isExecutable(NGINX)) {
            System.out.println("stub: Vert.x, in a JVM of its own (nginx is not installed)");
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Stub.class.getName(),
                            String.valueOf(port))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
        System.out.println("stub: nginx");
        Path folder = Files.createTempDirectory("alohub-stub");
        Path config = Files.writeString(
                folder.resolve("nginx.conf"),
                NGINX_CONFIG.replace("PORT", String.valueOf(port)).replace("FOLDER", folder.toString()));
        return new ProcessBuilder(NGINX.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Daemon.Builder daemon(LocalPostgres postgres, String url) {
        return Daemon.builder()
                .database(postgres, postgres.url())
                .alohub(url, Simulator.KEY)
                .jvm(JVM.split(" "));
    }

    private static void migrateAndTimeTheStart(LocalPostgres postgres, String url) throws Exception {
        for (boolean migrated : new boolean[] {false, true}) {
            long begun = System.nanoTime();
            try (Daemon daemon = daemon(postgres, url).start().awaitReady()) {
                if (migrated) {
                    System.out.printf(
                            "start to ready, database up and migrated: %.2f s%n", (System.nanoTime() - begun) / 1e9);
                }
                daemon.terminate();
                daemon.awaitExit(30);
            }
        }
    }

    private static void drain(LocalPostgres postgres, String url, PGSimpleDataSource database, Path data, int customers)
            throws Exception {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        execute(
                database,
                "INSERT INTO alohub.customer_outbox (phone, name, email) SELECT '09' || lpad((10000000 + i)::text, 8, '0'),"
                        + " 'Khách hàng ' || i, 'kh' || i || '@example.vn' FROM generate_series(1, " + customers
                        + ") i");
        execute(database, "CHECKPOINT");
        double postgresBefore = cpuOfTree(postmaster);
        try (Daemon daemon = daemon(postgres, url).start().awaitReady()) {
            long begun = System.nanoTime();
            while (delivered(database) < customers) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            double thousands = customers / 1000.0;
            System.out.printf("drain of %d customers: %.2f s, %.0f rows/s%n", customers, seconds, customers / seconds);
            System.out.printf("CPU per 1,000 rows: daemon %.3f s (its start included)", cpu(daemon.pid()) / thousands);
            System.out.printf(", PostgreSQL %.3f s%n", (cpuOfTree(postmaster) - postgresBefore) / thousands);
            System.out.printf("peak RSS of the daemon: %d MB (%s)%n", peakRss(daemon.pid()), JVM);
            daemon.terminate();
            daemon.awaitExit(30);
        }
    }

    private static long delivered(PGSimpleDataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                // Cheap enough not to disturb: what is left, not what is done.
                ResultSet row = statement.executeQuery("SELECT CASE WHEN EXISTS (SELECT FROM alohub.due)"
                        + " OR EXISTS (SELECT FROM alohub.customer_outbox WHERE fate IS NULL) THEN 0"
                        + " ELSE (SELECT count(*) FROM alohub.customer WHERE delivered_revision > 0) END")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Seconds of a process, without its children. */
    private static double cpu(long pid) throws IOException {
        String[] fields = stat(pid);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK / 1e9;
    }

    /** Seconds of a process, its children and those that have ended. */
    private static double cpuOfTree(long pid) throws IOException {
        String[] fields = stat(pid);
        double seconds = (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * NANOS_PER_TICK / 1e9 + cpu(pid);
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(pid).orElseThrow().children()) {
            for (ProcessHandle child : children.toList()) {
                seconds += child.isAlive() ? cpu(child.pid()) : 0;
            }
        }
        return seconds;
    }

    /** proc(5): the fields behind the command's name, from the state on. */
    private static String[] stat(long pid) throws IOException {
        Path file = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(file)) { // ended a moment ago: its parent counts it now
            return "S 0 0 0 0 0 0 0 0 0 0 0 0 0 0".split(" ");
        }
        String stat = Files.readString(file);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    private static long peakRss(long pid) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        String line =
                status.stream().filter(l -> l.startsWith("VmHWM:")).findFirst().orElse("VmHWM: 0 kB");
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }

    /** An Alohub that takes everything at once and remembers nothing. */
    public static final class Stub {
        private Stub() {}

        public static void main(String... arguments) throws InterruptedException {
            io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
            io.vertx.core.buffer.Buffer body =
                    io.vertx.core.buffer.Buffer.buffer("{\"success\":\"1\",\"error_code\":\"SUCCESS\"}");
            vertx.createHttpServer()
                    .requestHandler(request -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(body))
                    .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            Thread.currentThread().join();
        }
    }
}
