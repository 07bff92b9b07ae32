package io.alohubsync.customer;

import java.util.Map;
import java.util.TreeMap;

/** A set of ids; consecutive ids are one range. Any thread; the lock guards the ranges. */
public final class IdRanges {

    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

    public synchronized void add(long first, long last) {
        long from = first;
        long to = last;
        Map.Entry<Long, Long> near = lastByFirst.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        while (near != null && near.getValue() >= from - 1) {
            from = Math.min(from, near.getKey());
            to = Math.max(to, near.getValue());
            lastByFirst.remove(near.getKey());
            near = lastByFirst.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
        }
        lastByFirst.put(from, to);
    }

    public synchronized void clear() {
        lastByFirst.clear();
    }

    public synchronized int size() {
        return lastByFirst.size();
    }

    /** Those that reach beyond this id, as PostgreSQL reads an int8multirange. */
    public synchronized String from(long id) {
        StringBuilder text = new StringBuilder("{");
        Long first = lastByFirst.floorKey(id);
        lastByFirst
                .tailMap(first == null ? id : first)
                .forEach((from, to) -> text.append(text.length() > 1 ? ",[" : "[")
                        .append(from)
                        .append(',')
                        .append(
                                to == Long.MAX_VALUE
                                        ? ")"
                                        : to + "]")); // PostgreSQL adds one to an upper end that is included
        return text.append('}').toString();
    }
}
