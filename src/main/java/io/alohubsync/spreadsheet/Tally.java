package io.alohubsync.spreadsheet;

import java.util.ArrayList;
import java.util.List;

/** How many lines have a reason, and the first few of them. One thread uses it. */
public final class Tally {

    private static final int MOST_EXAMPLES = 3;

    /** @param phone masked */
    public record Example(long line, String phone) {}

    private final List<Example> examples = new ArrayList<>();
    private long count;

    void add(long line, String masked) {
        count++;
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(new Example(line, masked));
        }
    }

    public long count() {
        return count;
    }

    public List<Example> examples() {
        return List.copyOf(examples);
    }
}
