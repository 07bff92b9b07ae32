package io.alohubsync.merge;

import io.alohubsync.customer.Claimed;
import io.alohubsync.delivery.ClaimSql;
import io.alohubsync.delivery.MergeLeasing;
import io.alohubsync.delivery.Room;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Leases new customers in their merge, so that they need no claim: takes room from the accounts before a merge, and delivers what the
 * merge leased. Only an optimisation: with {@link #none} all customers wait for a claim, and the end is the same.
 *
 * @param accounts of this replica, by name
 */
public record Leasing(Map<String, MergeLeasing> accounts) {

    private static final int MAX_BATCH = 1000;
    private static final long ROOM_LOOK_MILLIS = 2;
    private static final int ROOM_LOOKS = 125;

    public static Leasing none() {
        return new Leasing(Map.of());
    }

    /** By account; the others have no room. What is taken must go to {@link #deliver}. */
    Map<String, Room> takeRoom() {
        Map<String, Room> rooms = HashMap.newHashMap(accounts.size());
        try {
            accounts.forEach((name, account) -> {
                Room room = account.take();
                if (room != null) {
                    rooms.put(name, room);
                }
            });
            return rooms;
        } catch (RuntimeException | Error fault) {
            deliver(rooms, Map.of());
            throw fault;
        }
    }

    /** What a merge may lease, by account. */
    static Map<String, ClaimSql.Request> requests(Map<String, Room> rooms) {
        Map<String, ClaimSql.Request> requests = HashMap.newHashMap(rooms.size());
        rooms.forEach((account, room) -> requests.put(account, room.request()));
        return requests;
    }

    /**
     * A fault of one account keeps no other from its customers and its room.
     *
     * @param leased by account, in a transaction that is committed
     */
    void deliver(Map<String, Room> rooms, Map<String, List<Claimed>> leased) {
        Throwable first = null;
        for (Map.Entry<String, Room> room : rooms.entrySet()) {
            String account = room.getKey();
            try {
                accounts.get(account).deliver(room.getValue(), leased.getOrDefault(account, List.of()));
            } catch (RuntimeException | Error fault) {
                first = first == null ? fault : first;
            }
        }
        switch (first) {
            case null -> {}
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            default -> throw new AssertionError(first);
        }
    }

    /**
     * Waits 0.25 s at most until new customers can be leased as they are merged. To merge them ahead of their calls saves no call and
     * costs a claim.
     *
     * @param otherwise rows to merge where there is nothing to wait for
     * @return how many rows to merge
     */
    int awaitRoom(int otherwise) throws InterruptedException {
        for (int i = 0; i < ROOM_LOOKS; i++) {
            int room = accounts.values().stream()
                    .mapToInt(MergeLeasing::size)
                    .max()
                    .orElse(otherwise);
            if (room > 0) {
                return Math.min(room, MAX_BATCH);
            }
            TimeUnit.MILLISECONDS.sleep(ROOM_LOOK_MILLIS);
        }
        return otherwise;
    }
}
