package io.alohubsync.operate.problems;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.EncryptionKey;
import io.alohubsync.config.Seal;
import io.alohubsync.operate.Declined;
import io.alohubsync.operate.Sight;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * The ids of groups, as parts of addresses. That of a group whose key a viewer may not see in full
 * is sealed. The same group has the same id while the key of the console stays.
 */
@ApplicationScoped
public class GroupIds {

    private static final String PURPOSE = "group";

    private final Seal seal;

    public GroupIds(AlohubSettings settings) {
        this.seal = new EncryptionKey(settings.console()).seal();
    }

    public String of(ProblemKey key) {
        boolean isForAll = Sight.MASKED.of(key).equals(key);
        return isForAll ? key.text() : seal.sealAlike(PURPOSE, key.text());
    }

    /** @throws Declined it is no group's */
    public ProblemKey read(String id) {
        @Nullable String sealed = seal.open(PURPOSE, id);
        return ProblemKey.of(sealed == null ? id : sealed);
    }
}
