package io.alohubsync.demo;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * {@code ./mvnw quarkus:dev}: the daemon from its sources, with live reload, between a local
 * PostgreSQL and a simulated Alohub. The sample ERP writes a customer every few seconds. A reload
 * starts all of it anew; the data stay in {@code .demo}.
 */
@QuarkusMain(name = "dev")
public final class Dev {

    private static final long BETWEEN_CUSTOMERS_SECONDS = 5;

    private Dev() {}

    public static void main(String... arguments) throws InterruptedException, IOException {
        try (LocalPostgres postgres = LocalPostgres.start(Optional.of(Path.of(".demo/dev-postgres")));
                Simulator alohub = Simulator.start(0)) {
            DemoUser user = DemoUser.in(Path.of(".demo"));
            settings(postgres, alohub, user).forEach(System::setProperty);
            System.out.println("The console's user: " + user.name() + ", password " + user.password());
            Thread erp = Thread.ofPlatform().name("sample-erp").daemon().start(() -> write(postgres));
            System.out.println(
                    "PostgreSQL: " + postgres.url() + ", the simulated Alohub: " + alohub.url() + "/simulator/leads");
            Quarkus.run(arguments);
            erp.interrupt();
            erp.join();
        }
    }

    private static Map<String, String> settings(LocalPostgres postgres, Simulator alohub, DemoUser user) {
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.url(),
                "quarkus.datasource.username", postgres.user(),
                "quarkus.datasource.password", postgres.password(),
                "alohub.base-url", alohub.url(),
                "alohub.api-key", Simulator.KEY,
                "alohub.console.users-file", user.users().toString(),
                "alohub.console.encryption-key", user.encryptionKey());
    }

    private static void write(LocalPostgres postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.url());
        database.setPassword(postgres.password());
        SampleErp erp = new SampleErp(database, System.nanoTime());
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(BETWEEN_CUSTOMERS_SECONDS);
                try {
                    erp.writeOne();
                } catch (SQLException notYet) {
                    // The schema comes with the daemon's start.
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
