package io.alohubsync.access;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Takes people out of what Quarkus' OpenID Connect logs of a login that did not succeed: its
 * entries quote the claims of the token, or the token itself. What the provider or an address says
 * stays in one line.
 */
@LoggingFilter(name = "login")
public final class LoginLogFilter implements Filter {

    private static final String SINGLE_SIGN_ON = "io.quarkus.oidc.";
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");
    private static final Pattern CLAIMS = Pattern.compile("\\(claims->.*}\\) ", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern BREAKS = Pattern.compile("\\p{Cntrl}+");

    @Override
    public boolean isLoggable(LogRecord entry) {
        if (entry instanceof ExtLogRecord said
                && said.getLoggerName() != null
                && said.getLoggerName().startsWith(SINGLE_SIGN_ON)) {
            String text = MESSAGE.format(said);
            text = CLAIMS.matcher(text).replaceAll("");
            text = TOKEN.matcher(text).replaceAll("…");
            said.setParameters(null);
            said.setMessage(BREAKS.matcher(text).replaceAll(" "), ExtLogRecord.FormatStyle.NO_FORMAT);
        }
        return true;
    }
}
