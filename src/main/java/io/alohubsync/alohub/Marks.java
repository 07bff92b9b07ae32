package io.alohubsync.alohub;

/** What is secret in a text, and what is written instead. Marks that touch are one. */
final class Marks {

    static final byte PHONE = 1;
    static final byte PART_OF_EMAIL = 2;
    static final byte NAME = 3;
    static final byte EMAIL = 4;
    static final byte KEY = 5;

    private final byte[] kinds;

    Marks(int length) {
        this.kinds = new byte[length];
    }

    /** Of two kinds in one place the greater counts. */
    void add(int start, int end, byte kind) {
        for (int i = start; i < end; i++) {
            kinds[i] = (byte) Math.max(kinds[i], kind);
        }
    }

    boolean has(int place) {
        return kinds[place] != 0;
    }

    String without(String written, Legible legible) {
        StringBuilder kept = new StringBuilder(written.length());
        int end = 0;
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == 0) {
                continue;
            }
            int first = i;
            byte kind = 0;
            for (; i < kinds.length && kinds[i] != 0; i++) {
                kind = (byte) Math.max(kind, kinds[i]);
            }
            kept.append(written, end, Math.max(end, legible.from(first)));
            kept.append(instead(kind, legible.text().substring(first, i)));
            end = Math.max(end, legible.to(i - 1));
        }
        return kept.append(written, end, written.length()).toString();
    }

    private static String instead(byte kind, String secret) {
        return switch (kind) {
            case KEY -> "[key]";
            case EMAIL, PART_OF_EMAIL -> "[email]";
            case NAME -> "[name]";
            default -> {
                String digits = secret.replaceAll("\\D", "");
                yield "***" + digits.substring(Math.max(0, digits.length() - 3));
            }
        };
    }
}
