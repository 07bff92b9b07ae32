package io.alohubsync.spreadsheet.read;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A relation of a workbook's part to another one.
 *
 * @param type ends with what the other is
 * @param part the other's name in the archive
 */
record Relation(String id, String type, String part) {

    boolean isOf(String kind) {
        return type.endsWith("/" + kind);
    }

    /**
     * @param folder of the part that has the relation
     * @param target as it stands there
     * @return a name of the archive; it can't leave it
     */
    static String resolved(String folder, String target) {
        String path = target.replace('\\', '/');
        Deque<String> names = new ArrayDeque<>();
        for (String name : (path.startsWith("/") ? path : folder + path).split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return String.join("/", names);
    }
}
