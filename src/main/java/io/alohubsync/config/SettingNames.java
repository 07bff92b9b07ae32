package io.alohubsync.config;

import io.smallrye.config.ConfigMappings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds misspelt settings: a key under {@code alohub.}, or a variable that begins with
 * {@code ALOHUB_}, that no part of the program reads.
 */
public final class SettingNames {

    private static final String PREFIX = "alohub.";
    private static final String VARIABLE_PREFIX = "ALOHUB_";

    /**
     * What Kubernetes puts into every pod for a Service named alohub-something (kubernetes.io,
     * "Accessing the Service": {@code ALOHUB_SYNC_SERVICE_HOST},
     * {@code ALOHUB_SYNC_PORT_8080_TCP_ADDR}, …).
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "ALOHUB_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    /**
     * Settings of a thing that has a name: {@code alohub.accounts.*.base-url} and the others of an
     * account.
     *
     * @param prefix   up to the name
     * @param settings behind the name
     */
    private record Named(String prefix, Pattern name, String rule, Set<String> settings) {

        Named(String prefix, String name, String rule) {
            this(prefix, Pattern.compile(name), rule, new TreeSet<>());
        }

        boolean takes(String setting) {
            return setting.startsWith(prefix + "*.") && settings.add(setting.substring(prefix.length() + 2));
        }

        /** @return name and setting; empty: it is none of these */
        Optional<Matcher> read(String property) {
            Matcher named =
                    Pattern.compile(Pattern.quote(prefix) + "([^.]+)\\.([^.]+)").matcher(property);
            return named.matches() ? Optional.of(named) : Optional.empty();
        }

        /** {@code ALOHUB_ACCOUNTS_BRANDB_BASE_URL}: the account is brandb. */
        boolean isVariable(String variable) {
            String before = Variable.of(prefix) + "[A-Z0-9]+_";
            return settings.stream().anyMatch(setting -> variable.matches(before + Variable.of(setting)));
        }
    }

    private final Set<String> known;
    private final List<Named> named = List.of(
            new Named(
                    PREFIX + "accounts.", "[a-z0-9]+", "an account's name is lower-case letters and digits (a-z, 0-9)"),
            new Named(
                    PREFIX + "intake.sources.",
                    "[a-z0-9][a-z0-9-]*",
                    "a source's name is lower-case letters, digits and dashes (a-z, 0-9, -)"));

    public SettingNames() {
        this(ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(AlohubSettings.class))
                .keySet());
    }

    SettingNames(Set<String> names) {
        this.known = new TreeSet<>();
        for (String name : names) {
            if (named.stream().noneMatch(one -> one.takes(name)) && !name.endsWith("[*]")) {
                known.add(name);
            }
        }
    }

    /**
     * @param properties names from files and system properties
     * @param variables  names of environment variables
     * @return one sentence for each name that the program does not know
     */
    public List<String> problemsOf(Iterable<String> properties, Collection<String> variables) {
        List<String> problems = new ArrayList<>();
        for (String property : properties) {
            if (property.startsWith(PREFIX) && !known.contains(withoutIndex(property)) && !OldNames.isOne(property)) {
                problemOf(property).ifPresent(problems::add);
            }
        }
        for (String variable : variables) {
            boolean ours = variable.startsWith(VARIABLE_PREFIX)
                    && !SERVICE_LINK.matcher(variable).matches();
            if (ours
                    && named.stream().noneMatch(one -> one.isVariable(variable))
                    && !OldNames.isOneAsVariable(variable)
                    && known.stream()
                            .noneMatch(setting -> withoutIndex(variable).equals(Variable.of(setting)))) {
                problems.add(variable + " is not a setting" + suggestion(asProperty(withoutIndex(variable)))
                        + ": correct or remove it.");
            }
        }
        return problems;
    }

    private Optional<String> problemOf(String property) {
        for (Named one : named) {
            Optional<Matcher> read =
                    one.read(property).filter(found -> one.settings().contains(found.group(2)));
            if (read.isPresent()) {
                return one.name().matcher(read.get().group(1)).matches()
                        ? Optional.empty()
                        : Optional.of(property + ": " + one.rule() + ": rename it.");
            }
        }
        return Optional.of(
                property + " is not a setting" + suggestion(withoutIndex(property)) + ": correct or remove it.");
    }

    /** {@code alohub.phone.placeholders[0]}: one element of a list. */
    private static String withoutIndex(String property) {
        return property.replaceFirst("(\\[\\d+]|_\\d+_)$", "");
    }

    private static String asProperty(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private String suggestion(String name) {
        String nearest = null;
        int distance = Nearest.TYPING_ERROR + 1;
        for (String setting : candidates(name)) {
            int candidate = Nearest.distance(Variable.of(setting), Variable.of(name));
            if (candidate < distance) {
                distance = candidate;
                nearest = setting;
            }
        }
        return nearest == null
                ? "; docs/settings.md lists them"
                : "; did you mean " + nearest + " (" + Variable.of(nearest) + ")?";
    }

    /** Settings of the account or source that is named, if one is. */
    private Set<String> candidates(String name) {
        for (Named one : named) {
            Optional<Matcher> read = one.read(name);
            if (read.isPresent()) {
                String before = one.prefix() + read.get().group(1) + ".";
                Set<String> candidates = new TreeSet<>();
                one.settings().forEach(setting -> candidates.add(before + setting));
                return candidates;
            }
        }
        return known;
    }
}
