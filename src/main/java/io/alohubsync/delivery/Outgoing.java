package io.alohubsync.delivery;

import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.breaker.Breaker;
import io.alohubsync.config.AlohubSettings.PhoneFormat;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Time;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of one account are made.
 *
 * @param clients makes the client for a key
 * @param policy  what follows from an outcome for the customer
 * @param traces  null: traces are off
 * @param loop    on which the calls run
 */
public record Outgoing(
        Function<ApiKey, LeadClient> clients,
        RetryPolicy policy,
        @Nullable CallTraces traces,
        EventLoop loop,
        Time time) {

    /** The steps of a delivery. */
    Delivery delivery(PhoneFormat format, Breaker breaker) {
        return new Delivery(format, policy, breaker, traces, time);
    }
}
