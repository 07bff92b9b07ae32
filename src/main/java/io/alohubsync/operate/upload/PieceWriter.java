package io.alohubsync.operate.upload;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Cuts what is written into pieces of one size. One thread uses it. */
final class PieceWriter extends OutputStream {

    @FunctionalInterface
    interface Sink {
        void accept(int n, byte[] piece) throws IOException;
    }

    private final Sink sink;
    private final byte[] piece = new byte[Chunks.SIZE];
    private int length;
    private int n;
    private long size;

    PieceWriter(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int some = Math.min(count - done, piece.length - length);
            System.arraycopy(bytes, offset + done, piece, length, some);
            length += some;
            done += some;
            if (length == piece.length) {
                end();
            }
        }
        size += count;
    }

    private void end() throws IOException {
        sink.accept(n++, length == piece.length ? piece : Arrays.copyOf(piece, length));
        length = 0;
    }

    /** The last piece goes out. */
    @Override
    public void close() throws IOException {
        if (length > 0) {
            end();
        }
    }

    long size() {
        return size;
    }
}
