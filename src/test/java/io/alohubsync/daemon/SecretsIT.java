package io.alohubsync.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.alohubsync.demo.Daemon;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What of a secret comes out of the packaged daemon. */
class SecretsIT {

    private static final String SECRET = "KEY$$a${HOME}b${nope}c\\d${";

    private static final int PASSWORD_PLEASE = 3;
    private static final byte[] ASKS_FOR_THE_PASSWORD = {'R', 0, 0, 0, 8, 0, 0, 0, PASSWORD_PLEASE};

    @Test
    void a_key_is_sent_as_it_is_written() throws Exception {
        try (Rig rig = new Rig()) {
            rig.alohub.takeKeys(SECRET);
            rig.start(rig.daemon().alohub(rig.alohub.url(), SECRET));
            rig.awaitStatus(rig.database.insert("0868793800", "Bằng", null), "DELIVERED");
        }
    }

    @Test
    void the_databases_password_is_sent_as_it_is_written() throws Exception {
        BlockingQueue<String> passwords = new LinkedBlockingQueue<>();
        try (Rig rig = new Rig();
                ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> serve(server, passwords));
            try (Daemon daemon = rig.daemon()
                    .with(
                            "QUARKUS_DATASOURCE_JDBC_URL",
                            "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/erp?sslmode=disable")
                    .with("QUARKUS_DATASOURCE_USERNAME", "alohub")
                    .with("QUARKUS_DATASOURCE_PASSWORD", SECRET)
                    .start()) {
                assertEquals(SECRET, passwords.poll(60, TimeUnit.SECONDS), () -> String.join("\n", daemon.output()));
            }
        }
    }

    /** As PostgreSQL does up to the password, which it then does not take. */
    private static void serve(ServerSocket server, BlockingQueue<String> passwords) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                in.readNBytes(in.readInt() - Integer.BYTES); // version, user, database
                client.getOutputStream().write(ASKS_FOR_THE_PASSWORD);
                in.readByte();
                byte[] password = in.readNBytes(in.readInt() - Integer.BYTES);
                passwords.add(new String(password, 0, password.length - 1, StandardCharsets.UTF_8));
            } catch (IOException over) {
                // the client's end, or the server's
            }
        }
    }
}
