package io.alohubsync.spreadsheet.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any number of texts in bounded memory: the first megabytes stay in it, the others lie in a
 * temporary file that has no name any more. A place is kept for each sixteenth text. One thread
 * uses it.
 */
final class TextStore implements Closeable {

    private static final int PAGE = 1 << 13;
    private static final int PAGES_IN_MEMORY = 512;
    private static final int PAGES_CACHED = 512;
    private static final int TEXTS_TO_A_PLACE = 16;

    private final List<byte[]> first = new ArrayList<>();
    private final byte[][] cache = new byte[PAGES_CACHED][];
    private final long[] cached = new long[PAGES_CACHED];
    private byte[] last = new byte[PAGE];
    private long end;
    private @Nullable FileChannel file;

    private long[] places = new long[1 << 10];
    private int size;

    // Behind the text that was read last: texts are read mostly in their order
    private int next = -1;
    private long nextPlace;

    int size() {
        return size;
    }

    void add(String text) throws IOException {
        if (size % TEXTS_TO_A_PLACE == 0) {
            int place = size / TEXTS_TO_A_PLACE;
            places = place < places.length ? places : Arrays.copyOf(places, places.length * 2);
            places[place] = end;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        for (; length >= 0x80; length >>>= 7) {
            write((byte) (length | 0x80));
        }
        write((byte) length);
        write(bytes);
        size++;
    }

    private void write(byte... bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int at = (int) (end % PAGE);
            int length = Math.min(bytes.length - from, PAGE - at);
            System.arraycopy(bytes, from, last, at, length);
            from += length;
            end += length;
            if (end % PAGE == 0) {
                keepPage();
            }
        }
    }

    private void keepPage() throws IOException {
        if (first.size() < PAGES_IN_MEMORY) {
            first.add(last);
            last = new byte[PAGE];
        } else {
            FileChannel to = file == null ? file = nameless() : file;
            ByteBuffer page = ByteBuffer.wrap(last);
            for (long at = end - PAGE - (long) PAGES_IN_MEMORY * PAGE; page.hasRemaining(); ) {
                at += to.write(page, at);
            }
        }
    }

    private static FileChannel nameless() throws IOException {
        Path path = Files.createTempFile("alohub-sync-texts", ".tmp");
        FileChannel file = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        try {
            Files.deleteIfExists(path); // no kill leaves it behind
        } catch (IOException later) { // where an open file can't be deleted
        }
        return file;
    }

    /** @param index below the size */
    String get(int index) throws IOException {
        long at;
        int from;
        boolean inOrder = next >= 0 && index >= next && index - next < TEXTS_TO_A_PLACE;
        if (inOrder) {
            from = next;
            at = nextPlace;
        } else {
            from = index / TEXTS_TO_A_PLACE * TEXTS_TO_A_PLACE;
            at = places[index / TEXTS_TO_A_PLACE];
        }
        for (; ; from++) {
            int length = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = page(at)[(int) (at % PAGE)];
                at++;
                length |= (part & 0x7F) << shift;
                if (part >= 0) {
                    break;
                }
            }
            if (from == index) {
                next = index + 1;
                nextPlace = at + length;
                return text(at, length);
            }
            at += length;
        }
    }

    private String text(long at, int length) throws IOException {
        int within = (int) (at % PAGE);
        if (within + length <= PAGE) {
            return new String(page(at), within, length, StandardCharsets.UTF_8);
        }
        byte[] all = new byte[length];
        for (int done = 0; done < length; ) {
            int from = (int) ((at + done) % PAGE);
            int part = Math.min(length - done, PAGE - from);
            System.arraycopy(page(at + done), from, all, done, part);
            done += part;
        }
        return new String(all, StandardCharsets.UTF_8);
    }

    private byte[] page(long at) throws IOException {
        long number = at / PAGE;
        if (number == end / PAGE) {
            return last;
        }
        if (number < PAGES_IN_MEMORY) {
            return first.get((int) number);
        }
        int slot = (int) (number % PAGES_CACHED);
        byte[] page = cache[slot] == null ? cache[slot] = new byte[PAGE] : cache[slot];
        if (cached[slot] != number) {
            read(page, (number - PAGES_IN_MEMORY) * PAGE);
            cached[slot] = number;
        }
        return page;
    }

    private void read(byte[] page, long from) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(page);
        for (long at = from; into.hasRemaining(); ) {
            int length = file == null ? -1 : file.read(into, at);
            if (length < 0) {
                throw new IOException("the temporary file is shorter than what was written");
            }
            at += length;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
