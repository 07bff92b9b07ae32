package io.alohubsync.notify;

import io.alohubsync.config.NotifySettings;
import io.alohubsync.loop.Time;
import io.alohubsync.observe.Figures;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One run of the schedule: keep what was done, look, make the digest, send, delete what
 * is old.
 *
 * @param digest null: there is none
 */
record Round(Counts counts, Watch watch, @Nullable Digest digest, Sender sender) {

    static Round of(
            NotifySettings settings,
            DataSource database,
            Supplier<Figures> figures,
            MeterRegistry registry,
            List<Way> ways,
            Time time) {
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        ways.forEach(way -> channels.add(way.channel()));
        Rules rules = new Rules(settings.after(), settings.overdue(), settings.rejectedShare());
        String at = settings.digest().strip();
        Digest digest = at.equals("off")
                ? null
                : new Digest(
                        database,
                        figures,
                        channels,
                        new Digest.Hour(
                                LocalTime.parse(at), ZoneId.of(settings.zone().strip())));
        return new Round(
                new Counts(database, new Tally(registry), time.monotonic()),
                new Watch(database, figures, channels, rules),
                digest,
                new Sender(database, ways, registry, time.monotonic()));
    }

    void run() throws SQLException, InterruptedException {
        counts.keep();
        Instant now = watch.look();
        if (digest != null) {
            digest.make(now);
        }
        sender.send();
        counts.purge();
    }
}
