package io.alohubsync.daemon;

import io.alohubsync.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** An address with two hosts, of which the first takes connections and never says a word. */
class SilentHostIT {

    @Test
    void a_host_that_says_nothing_is_left_for_the_next_one() throws Exception {
        try (Rig rig = new Rig();
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = rig.database.url();
            URI server = URI.create(url.substring("jdbc:".length()));
            String hosts = "127.0.0.1:" + silent.getLocalPort() + "," + server.getAuthority();
            rig.start(rig.daemon()
                    .database(
                            TestDatabase.Server.get(),
                            url.replace("//" + server.getAuthority() + "/", "//" + hosts + "/")
                                    + "&targetServerType=primary&sslmode=disable"));
            rig.awaitStatus(rig.database.insert("0868793800", "Nguyễn Thị Thủy", null), "DELIVERED");
        }
    }
}
