package io.alohubsync.operate.upload;

import io.alohubsync.jdbc.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The content of an upload, in pieces of which one is in memory. */
final class Chunks {

    static final int SIZE = 512 << 10;
    static final String FILE = "FILE";
    static final String REPORT = "REPORT";

    private static final Sql READ = Sql.named("upload/read-chunk");
    private static final Sql DELETE = Sql.named("upload/delete-chunks");

    private Chunks() {}

    /** @return null: there is none of that number */
    static byte @Nullable [] read(Connection connection, String id, String kind, int n) throws SQLException {
        return READ.on(connection)
                .set("id", id)
                .set("kind", kind)
                .set("n", n)
                .query(row -> row.next() ? row.getBytes(1) : null);
    }

    static void delete(Connection connection, String id, String kind) throws SQLException {
        DELETE.on(connection).set("id", id).set("kind", kind).update();
    }

    @FunctionalInterface
    interface Source {
        byte @Nullable [] piece(int n);
    }

    /** All pieces, one after the other. */
    static InputStream stream(Source source) {
        return new InputStream() {
            private byte[] piece = new byte[0];
            private int place;
            private int n;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Objects.checkFromIndexSize(offset, length, into.length);
                if (place == piece.length) {
                    byte[] next = source.piece(n);
                    if (next == null) {
                        return -1;
                    }
                    piece = next;
                    place = 0;
                    n++;
                }
                int count = Math.min(length, piece.length - place);
                System.arraycopy(piece, place, into, offset, count);
                place += count;
                return count;
            }
        };
    }
}
