package io.alohubsync.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The main job on this machine: PostgreSQL, a simulated Alohub that misbehaves a little, a sample
 * ERP, a sample form and a sample import, and the packaged daemon between them. Ends with Ctrl-C;
 * the data stay in {@code .demo}.
 */
public final class Demo {

    private static final Path DAEMON_PID = Path.of(".demo/daemon.pid");
    private static final int FIRST_IMPORT = 30; // customers of the sample ERP before it
    private static final Duration BETWEEN_CUSTOMERS = Duration.ofMillis(250);

    private Demo() {}

    public static void main(String... arguments) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            end.countDown();
            await(ended);
        }));
        int exitCode = 0;
        try {
            endLeftover();
            run(freePort(System.getenv().getOrDefault("ALOHUB_DEMO_PORT", "8080")), end);
        } catch (Unusable machine) {
            System.err.println(machine.getMessage());
            exitCode = 1;
        } finally {
            ended.countDown();
        }
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static int freePort(String chosen) {
        if (!chosen.matches("[1-9][0-9]{0,4}") || Integer.parseInt(chosen) > 65535) {
            throw new Unusable("ALOHUB_DEMO_PORT is no port: set it to a number from 1 to 65535.", null);
        }
        int port = Integer.parseInt(chosen);
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return port;
        } catch (IOException taken) {
            throw new Unusable(
                    "The port " + port + " is not free (" + taken.getMessage() + "): set ALOHUB_DEMO_PORT to another.",
                    taken);
        }
    }

    private static void run(int port, CountDownLatch end) throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(Optional.of(Path.of(".demo/postgres")));
                Simulator alohub = Simulator.start(0).behave(Demo::mixed)) {
            run(port, postgres, alohub, end);
        }
    }

    /** A daemon that outlived a killed demo still holds the port. */
    private static void endLeftover() throws IOException {
        if (Files.exists(DAEMON_PID)) {
            Leftover.of(DAEMON_PID, "java").ifPresent(daemon -> {
                daemon.destroy();
                daemon.onExit().orTimeout(30, TimeUnit.SECONDS).join();
            });
            Files.delete(DAEMON_PID);
        }
    }

    private static void run(int port, LocalPostgres postgres, Simulator alohub, CountDownLatch end) throws Exception {
        DemoUser user = DemoUser.in(Path.of(".demo"));
        Daemon daemon = Daemon.builder()
                .database(postgres, postgres.url())
                .alohub(alohub.url(), Simulator.KEY)
                .with("QUARKUS_HTTP_PORT", String.valueOf(port))
                .with("ALOHUB_DELIVERY_BACKOFF_MIN", "2s")
                .with("ALOHUB_DELIVERY_CALL_DEADLINE", "3s")
                .with("ALOHUB_DELIVERY_QUARANTINE", "5s")
                .with("ALOHUB_DELIVERY_LEASE", "15s")
                .with("ALOHUB_INTAKE_TOKENS", "form:" + SampleForm.TOKEN)
                .with("ALOHUB_CONSOLE_USERS_FILE", user.users().toString())
                .with("ALOHUB_CONSOLE_ENCRYPTION_KEY", user.encryptionKey())
                .log(System.out::println)
                .start();
        try {
            Files.writeString(DAEMON_PID, String.valueOf(daemon.pid()));
            daemon.awaitReady();
            say("");
            say("alohub-sync delivers from " + postgres + " to a simulated Alohub on " + alohub.url() + ".");
            say("  Look:    http://127.0.0.1:" + port + "/   (user " + user.name() + ", password " + user.password()
                    + ")");
            say("  Health:  http://127.0.0.1:" + daemon.managementPort() + "/q/health, /q/metrics");
            say("  Insert:  psql '" + psql(postgres)
                    + "' -c \"INSERT INTO alohub.customer_outbox (phone, name) VALUES ('0868793800', 'Bằng')\"");
            say("  Rows:    psql '" + psql(postgres)
                    + "' -c 'SELECT * FROM alohub.outbox_status ORDER BY id DESC LIMIT 10'");
            say("  Form:    curl -X POST http://127.0.0.1:" + port + "/api/crm/lead -H 'Authorization: "
                    + SampleForm.TOKEN
                    + "' -H 'Content-Type: application/json' -d '{\"phone\": \"0868793800\", \"name\": \"Bằng\"}'");
            say("  Trip it: curl -X PUT " + alohub.url()
                    + "/simulator/mode -d failing   (or limited, refusing-key, not-found, refusing-customers,"
                    + " unreachable, hanging, firewall; end it with accepting)");
            say("  Account: psql '" + psql(postgres) + "' -c 'SELECT * FROM alohub.account_status'");
            say("  Stop:    Ctrl-C");
            say("");
            write(postgres, alohub, daemon, end);
        } finally {
            daemon.terminate();
            daemon.awaitExit(30);
            Files.deleteIfExists(DAEMON_PID);
        }
    }

    private static void write(LocalPostgres postgres, Simulator alohub, Daemon daemon, CountDownLatch end)
            throws SQLException, IOException, InterruptedException {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.url());
        database.setPassword(postgres.password());
        SampleErp erp = new SampleErp(database, System.nanoTime());
        SampleForm form = new SampleForm("http://127.0.0.1:" + daemon.port(), System.nanoTime());
        StatusWatch statuses = new StatusWatch(database);
        int written = 0;
        while (!end.await(BETWEEN_CUSTOMERS.toMillis(), TimeUnit.MILLISECONDS) && daemon.isAlive()) {
            erp.writeOne();
            statuses.changes().forEach(Demo::say);
            if (written == FIRST_IMPORT) {
                say("Somebody imports a list of customers (docs/import.md):");
                SampleImport.run(postgres, alohub, Path.of(".demo"), line -> say("  | " + line));
            }
            if (++written % 20 == 0) {
                say("The sample form posts a visitor: " + form.post());
            }
            if (written % 40 == 0) {
                say(written + " customers written by the sample ERP, " + alohub.callCount() + " calls at Alohub, "
                        + alohub.leads().size() + " leads there");
            }
        }
    }

    /** Mostly accepted, as by Alohub. */
    private static Reply mixed(Simulator.Call call) {
        int mode = Math.floorMod(call.phone().hashCode() * 31 + (int) call.count(), 40);
        return switch (mode) {
            case 0 -> Reply.businessFailure();
            case 1 -> Reply.error(500, "FAIL", "internal error");
            case 2 -> Reply.error(422, "INVALID", "khách hàng này bị từ chối");
            case 3 -> Reply.fault(Reply.Fault.RESET_AFTER_BODY);
            case 4 -> Reply.fault(Reply.Fault.HANG);
            default -> Reply.success();
        };
    }

    private static String psql(LocalPostgres postgres) {
        return postgres.url()
                .replace("jdbc:", "")
                .replace("//", "//" + postgres.user() + ":" + postgres.password() + "@")
                .replaceFirst("\\?.*", "");
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(40, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
