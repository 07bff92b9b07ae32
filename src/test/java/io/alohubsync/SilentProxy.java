package io.alohubsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Between a client and a database: its connections can fall silent, as if the other end's host was
 * lost. The client's end stays open and gets nothing; the server's backends end. Connections that
 * begin later work. What it takes from the client can be passed on later, as over a slow network.
 */
public final class SilentProxy implements AutoCloseable {

    private final URI server;
    private final TestDatabase database;
    private final ServerSocket entrance;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Socket> toServer = new ArrayList<>(); // under its own lock
    private volatile Duration delay = Duration.ZERO;

    private SilentProxy(TestDatabase database) throws IOException {
        this.database = database;
        this.server = URI.create(database.url().substring("jdbc:".length()));
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static SilentProxy to(TestDatabase database) {
        try {
            return new SilentProxy(database);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Of the same database. */
    public String url() {
        return database.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + entrance.getLocalPort() + "/");
    }

    public DataSource dataSource() {
        PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
        source.setUrl(url());
        return source;
    }

    /** Every connection that is open now. */
    public void silence() throws IOException {
        synchronized (toServer) {
            for (Socket socket : toServer) {
                socket.close(); // the backend ends; the client's end is not closed by it
            }
            toServer.clear();
        }
    }

    /** Of each round trip from now on. */
    public void delay(Duration time) {
        delay = time;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                sockets.add(client);
                Socket backend = new Socket(server.getHost(), server.getPort());
                synchronized (toServer) {
                    toServer.add(backend);
                }
                Thread.ofVirtual().start(() -> forward(client, backend, true));
                Thread.ofVirtual().start(() -> forward(backend, client, false));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    /** What comes for a silent end is lost. */
    private void forward(Socket from, Socket to, boolean delays) {
        byte[] bytes = new byte[8192];
        try {
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                LockSupport.parkNanos(delays ? delay.toNanos() : 0);
                if (!to.isClosed()) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException ended) {
            // one of the ends is closed
        }
    }

    @Override
    public void close() throws IOException {
        silence();
        entrance.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
