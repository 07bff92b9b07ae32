package io.alohubsync.cli.verify;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Fields of customers. A bit each: the customers' ids come from one sequence, and lie close
 * together. One thread uses it.
 */
final class FieldSet {

    private static final int OF_A_BLOCK = 4096;

    private final Map<Long, BitSet> blocks = new HashMap<>();
    private long number = -1; // of the block that was used last
    private BitSet block = new BitSet();
    private long size;

    /** @return whether it was not in the set */
    boolean add(long customer, String field) {
        long bit = 2 * customer + (field.equals("email") ? 1 : 0);
        if (Math.floorDiv(bit, OF_A_BLOCK) != number) {
            number = Math.floorDiv(bit, OF_A_BLOCK);
            block = Objects.requireNonNull(blocks.computeIfAbsent(number, _ -> new BitSet(OF_A_BLOCK)));
        }
        int place = Math.floorMod(bit, OF_A_BLOCK);
        boolean fresh = !block.get(place);
        block.set(place);
        size += fresh ? 1 : 0;
        return fresh;
    }

    long size() {
        return size;
    }
}
