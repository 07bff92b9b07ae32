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

/** Finds misspelt settings: a key under {@code alohub.}, or a variable that begins with {@code ALOHUB_}, that no part of the program reads. */
public final class SettingNames {

    private static final String PREFIX = "alohub.";
    private static final String VARIABLE_PREFIX = "ALOHUB_";

    /**
     * What Kubernetes puts into every pod for a Service named alohub-something (kubernetes.io, "Accessing the Service":
     * {@code ALOHUB_SYNC_SERVICE_HOST}, {@code ALOHUB_SYNC_PORT_8080_TCP_ADDR}, …).
     */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "ALOHUB_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    /** What an account of its own may set: {@code alohub.accounts.*.base-url} and the others. */
    private static final String OF_ACCOUNTS = PREFIX + "accounts.*.";

    private static final Pattern ACCOUNT = Pattern.compile("alohub\\.accounts\\.([^.]+)\\.([^.]+)");
    private static final Pattern NAMED_ACCOUNT = Pattern.compile("^alohub\\.accounts\\.[^.]+\\.");
    private static final Pattern ACCOUNT_NAME = Pattern.compile("[a-z0-9]+");

    private final Set<String> known;
    private final Set<String> ofAccounts;

    public SettingNames() {
        this(ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(AlohubSettings.class))
                .keySet());
    }

    SettingNames(Set<String> names) {
        this.known = new TreeSet<>();
        this.ofAccounts = new TreeSet<>();
        for (String name : names) {
            if (name.startsWith(OF_ACCOUNTS)) {
                ofAccounts.add(name.substring(OF_ACCOUNTS.length()));
            } else if (!name.endsWith("[*]")) {
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
                    && !isOfAnAccount(variable)
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
        Matcher ofAccount = ACCOUNT.matcher(property);
        if (!ofAccount.matches() || !ofAccounts.contains(ofAccount.group(2))) {
            return Optional.of(
                    property + " is not a setting" + suggestion(withoutIndex(property)) + ": correct or remove it.");
        }
        return ACCOUNT_NAME.matcher(ofAccount.group(1)).matches()
                ? Optional.empty()
                : Optional.of(property + ": an account's name is lower-case letters and digits (a-z, 0-9): rename it.");
    }

    /** {@code ALOHUB_ACCOUNTS_BRANDB_BASE_URL}: the account is brandb. */
    private boolean isOfAnAccount(String variable) {
        return ofAccounts.stream()
                .anyMatch(setting -> variable.matches("ALOHUB_ACCOUNTS_[A-Z0-9]+_" + Variable.of(setting)));
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
        int distance = 4; // a greater distance is no typing error
        for (String setting : candidates(name)) {
            int candidate = distance(Variable.of(setting), Variable.of(name));
            if (candidate < distance) {
                distance = candidate;
                nearest = setting;
            }
        }
        return nearest == null
                ? "; docs/settings.md lists them"
                : "; did you mean " + nearest + " (" + Variable.of(nearest) + ")?";
    }

    /** Settings of the account that is named, if one is; an account's name has no dots, dashes or underscores. */
    private Set<String> candidates(String name) {
        Matcher account = NAMED_ACCOUNT.matcher(name);
        if (!account.find()) {
            return known;
        }
        Set<String> candidates = new TreeSet<>();
        ofAccounts.forEach(setting -> candidates.add(account.group() + setting));
        return candidates;
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
