package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.alohubsync.loop.Time;
import io.quarkus.mailer.reactive.ReactiveMailer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The ways that are configured. */
record Ways(NotifySettings settings, Writer writer, Time time) {

    Set<Channel> channels() {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        if (settings.mail().to().isPresent()) {
            channels.add(Channel.MAIL);
        }
        if (settings.webhook().url().isPresent()) {
            channels.add(Channel.WEBHOOK);
        }
        return channels;
    }

    List<Way> all(Supplier<ReactiveMailer> mailer) {
        List<Way> ways = new ArrayList<>();
        if (channels().contains(Channel.MAIL)) {
            ways.add(new MailWay(mailer.get(), settings, writer));
        }
        if (channels().contains(Channel.WEBHOOK)) {
            ways.add(new WebhookWay(settings, writer, time.wall()));
        }
        return ways;
    }
}
