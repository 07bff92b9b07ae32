package io.alohubsync.jdbc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets for the JDBC driver. After a notification the driver looks whether another one has
 * arrived: it reads with a timeout of a millisecond, and a row that came alone would wait for it, a
 * quarter of the time from its commit to its call. Of these sockets such a read ends at once if
 * nothing has arrived. All else is as usual. A {@code socketFactory} in the JDBC URL takes
 * precedence.
 */
public final class PromptSocketFactory extends SocketFactory {

    /** The driver's, in PGStream.hasMessagePending; it sets no other that is so short. */
    private static final int LOOK_MILLIS = 1;

    @Override
    public Socket createSocket() {
        return new PromptSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(from, fromPort));
    }

    private static Socket connected(InetSocketAddress to, @Nullable InetSocketAddress from) throws IOException {
        Socket socket = new PromptSocket();
        if (from != null) {
            socket.bind(from);
        }
        socket.connect(to);
        return socket;
    }

    private static final class PromptSocket extends Socket {

        private volatile boolean
                looking; // the thread that reads sets it; a pool may ask for the timeout from another one

        @Override
        public void setSoTimeout(int millis) throws SocketException {
            looking = millis == LOOK_MILLIS;
            if (!looking) {
                super.setSoTimeout(millis);
            }
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return looking ? LOOK_MILLIS : super.getSoTimeout();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    look();
                    return in.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    look();
                    return in.read(into, offset, length);
                }

                private void look() throws IOException {
                    if (looking && in.available() == 0) {
                        throw new SocketTimeoutException("Nothing has arrived");
                    }
                }
            };
        }
    }
}
