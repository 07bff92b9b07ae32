package io.alohubsync.notify;

import io.alohubsync.notify.NotifySql.Count;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What this replica has done since the last round, from the counters of its metrics: merge and
 * delivery do no work for it. One thread uses it.
 */
final class Tally {

    /** Outbox rows of all accounts, rejected ones included. */
    static final String MERGED = "merged";

    /** Before the code of a reason. */
    static final String REJECTED = "rejected:";

    /** Before the name of an outcome. */
    static final String CALLS = "calls:";

    private final MeterRegistry registry;
    private Map<Key, Long> added = new TreeMap<>();

    private record Key(String account, String figure) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byAccount = account.compareTo(other.account);
            return byAccount == 0 ? figure.compareTo(other.figure) : byAccount;
        }
    }

    Tally(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What has been added when {@link Since#kept} was called. */
    final class Since {

        private final Map<Key, Long> now;

        private Since(Map<Key, Long> now) {
            this.now = now;
        }

        List<Count> counts() {
            List<Count> counts = new ArrayList<>();
            now.forEach((key, n) -> {
                long more = n - added.getOrDefault(key, 0L);
                if (more > 0) {
                    counts.add(new Count(key.account(), key.figure(), more));
                }
            });
            return counts;
        }

        /** They are in the database; otherwise the next time has them too. */
        void kept() {
            added = now;
        }
    }

    Since since() {
        Map<Key, Long> now = new TreeMap<>();
        for (Counter counter : registry.find("alohub.sync.rows.merged").counters()) {
            add(now, new Key(Topic.ALL, MERGED), counter);
        }
        for (Counter counter : registry.find("alohub.sync.rejections").counters()) {
            add(now, new Key(tag(counter, "account"), REJECTED + tag(counter, "reason")), counter);
        }
        for (Counter counter : registry.find("alohub.sync.attempts").counters()) {
            add(now, new Key(tag(counter, "account"), CALLS + tag(counter, "outcome")), counter);
        }
        return new Since(now);
    }

    private static void add(Map<Key, Long> now, Key key, Counter counter) {
        now.merge(key, (long) counter.count(), Long::sum);
    }

    private static String tag(Counter counter, String name) {
        return String.valueOf(counter.getId().getTag(name));
    }
}
