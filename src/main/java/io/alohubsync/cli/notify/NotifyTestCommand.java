package io.alohubsync.cli.notify;

import io.alohubsync.cli.shell.ExitCode;
import io.alohubsync.cli.shell.Failure;
import io.alohubsync.cli.shell.Finding;
import io.alohubsync.cli.shell.Findings;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SettingsSentences;
import io.alohubsync.config.NotifyCheck;
import io.alohubsync.config.NotifySettings;
import io.alohubsync.notify.Obstacle;
import io.alohubsync.notify.TestMessages;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sends a test message by each way that is set, and says what came of it. It needs no database and
 * records nothing.
 */
@Command(name = "notify-test")
public final class NotifyTestCommand implements Callable<Integer> {

    private static final String URL = "alohub.notify.webhook.url";

    private final Screen screen;
    private final Settings settings;

    @Option(names = "--json")
    boolean json;

    public NotifyTestCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() throws Failure, InterruptedException {
        NotifySettings notify = notifySettings();
        List<String> problems = NotifyCheck.problemsOf(notify, settings.config());
        List<Finding> findings = new ArrayList<>();
        problems.forEach(
                problem -> findings.add(Finding.failed("settings", SettingsSentences.in(screen.words(), problem))));
        if (problems.isEmpty()) {
            findings.addAll(sent(notify));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.failed("settings", screen.text("notify-test.off"), screen.text("notify-test.off-remedy")));
        }
        return Findings.print(screen, findings, json);
    }

    private NotifySettings notifySettings() throws Failure {
        try {
            return settings.alohub().notifications();
        } catch (RuntimeException unsound) {
            throw new Failure(ExitCode.FAILED, screen.text("settings.unsound"));
        }
    }

    private List<Finding> sent(NotifySettings notify) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        TestMessages messages = new TestMessages(notify, Clock.systemUTC());
        if (notify.mail().to().isPresent()) {
            findings.add(mail(notify, messages));
        }
        if (notify.webhook().url().isPresent()) {
            String host = host(notify.webhook().url().get().strip());
            findings.add(finding("webhook", host, URL, messages.byWebhook(), screen.text("notify-test.webhook", host)));
        }
        return findings;
    }

    private Finding mail(NotifySettings notify, TestMessages messages) throws InterruptedException {
        try (ConfiguredMailer mailer = ConfiguredMailer.of(settings.config())) {
            int receivers = notify.mail().to().orElseThrow().size();
            String server = mailer.server();
            return finding(
                    "mail",
                    server,
                    "quarkus.mailer.host",
                    messages.byMail(mailer.mailer()),
                    screen.text("notify-test.mail", server, receivers));
        } catch (RuntimeException unsound) {
            return Finding.failed("mail", screen.text("notify-test.mailer"), screen.text("notify-test.mailer-remedy"));
        }
    }

    private Finding finding(String way, String server, String setting, Optional<Obstacle> obstacle, String done) {
        if (obstacle.isEmpty()) {
            return Finding.ok(way, done);
        }
        String key = "notify-test." + obstacle.get().kind();
        int status = obstacle.get().status();
        return Finding.failed(
                way,
                screen.text(key, server, setting, status, obstacle.get().addresses()),
                screen.text(key + "-remedy", server, setting, status));
    }

    /** No path: it may hold a token. */
    private static String host(String url) {
        URI address = URI.create(url);
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }
}
