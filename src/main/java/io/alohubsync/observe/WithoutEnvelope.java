package io.alohubsync.observe;

import io.alohubsync.alohub.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Counts what was accepted by its status alone, and logs it once: such an answer may mean something
 * else. Any thread.
 */
final class WithoutEnvelope {

    private static final Logger LOG = Logger.getLogger(WithoutEnvelope.class);

    private final String account;
    private final Counter accepted;
    private final AtomicBoolean logged = new AtomicBoolean();

    WithoutEnvelope(String account, MeterRegistry registry) {
        this.account = account;
        this.accepted = Counter.builder("alohub.sync.accepted.without.envelope")
                .description("Accepted calls whose answer had no success in its body")
                .tag("account", account)
                .register(registry);
    }

    void seen(Outcome outcome) {
        if (outcome instanceof Outcome.Accepted(int status, boolean envelope) && !envelope) {
            accepted.increment();
            if (logged.compareAndSet(false, true)) {
                LOG.warnf(
                        "Account %s: an answer with HTTP %d has no success in its body and counts as accepted (said once;"
                                + " alohub_sync_accepted_without_envelope_total counts them). Set alohub.answer.require-success=true"
                                + " if Alohub always sends one",
                        account, status);
            }
        }
    }
}
