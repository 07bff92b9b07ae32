package io.alohubsync.access;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A token as it is stored, for reading: without its digest. */
@Entity
@Immutable
@Table(name = "api_token")
public class StoredToken extends PanacheEntityBase {

    /** All valid ones; of the others the newest. */
    private static final int MOST = ApiToken.MOST + 200;

    private static final String VALID_FIRST = """
            select t.id, t.name, t.role, t.createdAt, t.createdBy, t.expiresAt, t.lastUsedAt, t.revokedAt, t.revokedBy
            from StoredToken t
            order by case when t.revokedAt is null and t.expiresAt > instant then 0 else 1 end, t.id desc""";

    @Id
    public long id;

    public String name;
    public String role;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "created_by")
    public String createdBy;

    @Column(name = "expires_at")
    public Instant expiresAt;

    @Column(name = "last_used_at")
    public @Nullable Instant lastUsedAt;

    @Column(name = "revoked_at")
    public @Nullable Instant revokedAt;

    @Column(name = "revoked_by")
    public @Nullable String revokedBy;

    static List<ApiToken> validFirst(Session session) {
        return session.createSelectionQuery(VALID_FIRST, ApiToken.class)
                .setMaxResults(MOST)
                .getResultList();
    }
}
