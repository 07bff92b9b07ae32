package io.alohubsync.spreadsheet.read;

/**
 * Counts the letters beyond ASCII of a text that is UTF-8, and the bytes that are not. One thread
 * uses it.
 */
final class Utf8Check {

    private int pending;
    private long letters;
    private long damaged;

    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            int value = bytes[i];
            if (value >= 0 && pending == 0) {
                continue;
            }
            add(value & 0xFF);
        }
    }

    private void add(int value) {
        if (pending > 0) {
            if ((value & 0xC0) == 0x80) {
                pending--;
                letters += pending == 0 ? 1 : 0;
                return;
            }
            pending = 0;
            damaged++;
        }
        if (value >= 0x80) {
            pending = value >= 0xC2 && value <= 0xDF
                    ? 1
                    : value >= 0xE0 && value <= 0xEF ? 2 : value >= 0xF0 && value <= 0xF4 ? 3 : 0;
            damaged += pending == 0 ? 1 : 0;
        }
    }

    long damaged() {
        return damaged + (pending > 0 ? 1 : 0);
    }

    /** Hardly any letter is damaged: it is UTF-8, and not another encoding. */
    boolean isUtf8() {
        return damaged() * 10 <= letters;
    }
}
