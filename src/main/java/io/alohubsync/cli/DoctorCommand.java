package io.alohubsync.cli;

import io.alohubsync.access.Access;
import io.alohubsync.account.KeySource;
import io.alohubsync.cli.shell.Finding;
import io.alohubsync.cli.shell.Findings;
import io.alohubsync.cli.shell.Screen;
import io.alohubsync.cli.shell.Settings;
import io.alohubsync.cli.shell.SettingsSentences;
import io.alohubsync.config.AlohubSettings;
import io.alohubsync.config.ConfiguredAccount;
import io.alohubsync.config.EgressProxy;
import io.alohubsync.config.SettingsGuard;
import io.alohubsync.config.WrongKind;
import io.alohubsync.intake.Intake;
import io.alohubsync.intake.webhook.Platforms;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Checks what the daemon needs, one line each with its remedy. It changes nothing and sends no
 * lead.
 */
@Command(name = "doctor")
final class DoctorCommand implements Callable<Integer> {

    private static final int HIGHEST_PORT = 65_535;

    private final Screen screen;
    private final Settings settings;

    @Option(names = "--json")
    boolean json;

    DoctorCommand(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>(ofSettings());
        findings.addAll(new DatabaseChecks(settings, screen.words()).run());
        return Findings.print(screen, findings, json);
    }

    private List<Finding> ofSettings() {
        List<Finding> findings = new ArrayList<>();
        AlohubSettings alohub;
        List<String> problems;
        try {
            alohub = settings.alohub();
            problems = problemsOf(alohub, settings);
        } catch (RuntimeException wrongKind) {
            WrongKind.sentences(wrongKind)
                    .forEach(sentence ->
                            findings.add(Finding.failed("settings", SettingsSentences.in(screen.words(), sentence))));
            return findings.isEmpty()
                    ? List.of(Finding.failed(
                            "settings", screen.text("doctor.settings-kind"), screen.text("doctor.settings-remedy")))
                    : findings;
        }
        problems.forEach(
                problem -> findings.add(Finding.failed("settings", SettingsSentences.in(screen.words(), problem))));
        if (problems.isEmpty()) {
            findings.add(Finding.ok("settings", screen.text("doctor.settings")));
        }
        for (ConfiguredAccount account : ConfiguredAccount.all(alohub)) {
            account.apiKeyFile().ifPresent(file -> findings.add(key(account.name(), file)));
            account.baseUrl()
                    .flatMap(DoctorCommand::address)
                    .ifPresent(address -> findings.add(reach(account.name(), address, EgressProxy.of(alohub))));
        }
        return findings;
    }

    /** All that the daemon's start refuses. */
    static List<String> problemsOf(AlohubSettings alohub, Settings settings) {
        List<String> problems = new ArrayList<>(SettingsGuard.problemsOf(alohub, settings.config()));
        problems.addAll(Access.problemsOf(alohub));
        problems.addAll(Intake.problemsOf(alohub));
        problems.addAll(Platforms.problemsOf(alohub));
        return problems;
    }

    private Finding key(String account, String file) {
        return KeySource.problemOf(Path.of(file))
                .map(problem -> Finding.failed("key " + account, SettingsSentences.in(screen.words(), problem)))
                .orElseGet(() -> Finding.ok("key " + account, screen.text("doctor.key")));
    }

    private Finding reach(String account, URI address, EgressProxy proxy) {
        String host = address.getHost();
        return Reach.fault(address, proxy.on(address))
                .map(fault -> Finding.failed(
                        "alohub " + account, screen.text(fault, host), screen.text(fault + "-remedy", host)))
                .orElseGet(() -> Finding.ok("alohub " + account, screen.text("doctor.reached", host)));
    }

    private static Optional<URI> address(String text) {
        try {
            URI address = new URI(text);
            return Optional.of(address).filter(uri -> uri.getHost() != null && uri.getPort() <= HIGHEST_PORT);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }
}
