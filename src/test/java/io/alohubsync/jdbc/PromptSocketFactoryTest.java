package io.alohubsync.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptSocketFactoryTest {

    private ServerSocket server;
    private Socket socket;
    private Socket other;
    private InputStream in;

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new PromptSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        other = server.accept();
        in = socket.getInputStream();
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        other.close();
        server.close();
    }

    private void send(String text) throws Exception {
        OutputStream out = other.getOutputStream();
        out.write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void a_look_ends_as_a_timeout_where_nothing_has_arrived_and_changes_no_other_timeout() throws Exception {
        socket.setSoTimeout(5000);
        socket.setSoTimeout(1);
        assertEquals(1, socket.getSoTimeout());
        assertThrows(SocketTimeoutException.class, in::read);
        assertThrows(SocketTimeoutException.class, () -> in.read(new byte[10], 0, 10));
        assertFalse(socket.isClosed());
        socket.setSoTimeout(5000);
        assertEquals(5000, socket.getSoTimeout());
        send("A");
        assertEquals('A', in.read());
    }

    @Test
    void a_look_finds_what_has_arrived() throws Exception {
        send("AB");
        assertEquals('A', in.read()); // waits until it is there
        socket.setSoTimeout(1);
        byte[] rest = new byte[10];
        assertEquals(1, in.read(rest, 0, 10));
        assertEquals('B', rest[0]);
    }

    @Test
    void other_timeouts_are_the_systems() throws Exception {
        socket.setSoTimeout(20);
        assertThrows(SocketTimeoutException.class, in::read);
    }

    @Test
    void the_packaged_daemon_connects_by_it() throws Exception {
        Properties settings = new Properties();
        try (InputStream file = PromptSocketFactory.class.getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        assertEquals(
                PromptSocketFactory.class.getName(),
                settings.getProperty("%prod.quarkus.datasource.jdbc.additional-jdbc-properties.socketFactory"));
    }
}
