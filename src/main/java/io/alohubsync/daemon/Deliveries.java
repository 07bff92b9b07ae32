package io.alohubsync.daemon;

import io.agroal.api.AgroalDataSource;
import io.alohubsync.account.Account;
import io.alohubsync.account.ApiKey;
import io.alohubsync.alohub.AnswerReader;
import io.alohubsync.alohub.CallRules;
import io.alohubsync.alohub.ConnectionRules;
import io.alohubsync.alohub.LeadClient;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.DeliverySettings;
import io.alohubsync.config.EgressProxy;
import io.alohubsync.config.Replica;
import io.alohubsync.delivery.AccountDelivery;
import io.alohubsync.delivery.Backoff;
import io.alohubsync.delivery.CallTraces;
import io.alohubsync.delivery.Listeners;
import io.alohubsync.delivery.Outgoing;
import io.alohubsync.delivery.RetryPolicy;
import io.alohubsync.loop.EventLoop;
import io.alohubsync.loop.Time;
import io.alohubsync.observe.OtelTraces;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the delivery of each account, with the clients that call Alohub. */
@Singleton
class Deliveries {

    private final AlohubSettings settings;
    private final AgroalDataSource database;
    private final Observers observers;
    private final Vertx vertx;

    Deliveries(AlohubSettings settings, AgroalDataSource database, Observers observers, Vertx vertx) {
        this.settings = settings;
        this.database = database;
        this.observers = observers;
        this.vertx = vertx;
    }

    AccountDelivery of(Account account, Time time) {
        DeliverySettings delivery = settings.delivery();
        Backoff backoff = new Backoff(
                delivery.backoffMin(),
                delivery.backoffMax(),
                () -> ThreadLocalRandom.current().nextLong());
        RetryPolicy policy = new RetryPolicy(delivery.maxAttempts(), backoff, delivery.quarantine(), Replica.NAME);
        OtelTraces tracing = observers.traces();
        CallTraces traces = tracing == null ? null : tracing.calls(account.name(), account.baseUri());
        EventLoop loop = EventLoop.of(vertx.getOrCreateContext());
        Outgoing outgoing = new Outgoing(key -> client(account, key), policy, traces, loop, time);
        Listeners listeners = observers.listeners(account.name());
        return new AccountDelivery(account, settings, database, outgoing, listeners);
    }

    private LeadClient client(Account account, ApiKey key) {
        ConnectionRules connections = new ConnectionRules(
                settings.connection().idle(),
                settings.connection().maxAge(),
                EgressProxy.of(settings).on(account.baseUri()).orElse(null));
        CallRules calls = new CallRules(
                account.concurrency(),
                settings.delivery().callDeadline(),
                new AnswerReader(settings.answer().requireSuccess()),
                connections);
        return LeadClient.of(account.baseUri(), key, account.keyHeader(), calls, vertx);
    }
}
