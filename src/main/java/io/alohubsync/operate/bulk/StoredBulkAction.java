package io.alohubsync.operate.bulk;

import io.alohubsync.operate.bulk.BulkAction.Kind;
import io.alohubsync.operate.bulk.BulkAction.State;
import io.alohubsync.operate.problems.GroupIds;
import io.alohubsync.operate.problems.ProblemKey;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** A bulk action as it is stored, for reading. */
@Entity
@Immutable
@Table(name = "bulk_action")
public class StoredBulkAction extends PanacheEntityBase {

    private static final String NEWEST = """
            from StoredBulkAction a
            order by a.startedAt desc, a.id desc""";

    private static final String BEFORE = """
            from StoredBulkAction a
            where (a.startedAt, a.id) < (select b.startedAt, b.id from StoredBulkAction b where b.id = :before)
            order by a.startedAt desc, a.id desc""";

    @Id
    public UUID id;

    @Enumerated(EnumType.STRING)
    public Kind kind;

    @Column(name = "of_action")
    public @Nullable UUID ofAction;

    public String account;
    public String reason;
    public @Nullable String source;
    public String person;

    @ColumnTransformer(read = "left(why, 1000)")
    public @Nullable String why;

    @Enumerated(EnumType.STRING)
    public State state;

    public long expected;

    @Column(name = "at_least")
    public boolean atLeast;

    public long items;
    public long delivered;
    public long failed;
    public long skipped;

    @ColumnTransformer(read = "left(words, 2000)")
    public @Nullable String words;

    public long unanswered;

    @Column(name = "stopped_by")
    public @Nullable String stoppedBy;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "ended_at")
    public @Nullable Instant endedAt;

    public static Optional<BulkAction> find(Session session, UUID id, GroupIds ids) {
        return Optional.ofNullable(session.find(StoredBulkAction.class, id)).map(action -> action.shown(ids));
    }

    /**
     * The newest before one; those that ended a while ago are deleted.
     *
     * @param before null: the newest of all
     */
    public static List<BulkAction> newest(Session session, @Nullable UUID before, int most, GroupIds ids) {
        SelectionQuery<StoredBulkAction> query = before == null
                ? session.createSelectionQuery(NEWEST, StoredBulkAction.class)
                : session.createSelectionQuery(BEFORE, StoredBulkAction.class).setParameter("before", before);
        return query.setMaxResults(most).getResultList().stream()
                .map(action -> action.shown(ids))
                .toList();
    }

    private BulkAction shown(GroupIds ids) {
        ProblemKey key = new ProblemKey(ProblemKey.Kind.FAILURE, account, reason, source);
        return new BulkAction(
                id.toString(),
                kind,
                ids.of(key),
                key,
                ofAction == null ? null : ofAction.toString(),
                person,
                why,
                state,
                expected,
                atLeast,
                items,
                delivered,
                failed,
                skipped,
                words,
                unanswered,
                stoppedBy,
                startedAt,
                endedAt);
    }
}
