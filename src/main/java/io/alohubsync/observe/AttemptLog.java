package io.alohubsync.observe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.alohubsync.customer.Settlement;
import io.alohubsync.customer.Settlement.Consequence;
import io.alohubsync.customer.Traceparent;
import java.io.IOException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One line for each attempt, written by the thread that settled it, so that the event loop does not
 * wait. An attempt that could not be settled has no line. It never holds a name, an e-mail, a whole
 * phone or Alohub's message: the history has those, redacted.
 */
public record AttemptLog(String account) {

    private static final Logger LOG = Logger.getLogger(AttemptLog.class);

    /** @param fenced the answer came after the lease had ended, and changed nothing */
    public void settled(Settlement settlement, boolean fenced) {
        if (settlement.called()) {
            LOG.infof("%s", new Line(account, settlement, fenced));
        }
    }

    /** One line in both formats: the text is {@code toString}, JSON has the fields. */
    record Line(String account, Settlement settlement, boolean fenced) implements JsonLines.Fields {

        private int attempt() {
            return settlement.customer().earlier().spent() + 1;
        }

        private @Nullable Duration nextAttemptIn() {
            Consequence consequence = settlement.consequence();
            return consequence == Consequence.WAITING || consequence == Consequence.RELEASED
                    ? settlement.pause()
                    : null;
        }

        private @Nullable String traceId() {
            String traceparent = settlement.customer().traceparent();
            return traceparent == null ? null : Traceparent.traceId(traceparent);
        }

        @Override
        public void write(JsonGenerator json) throws IOException {
            json.writeStringField("event", "attempt");
            json.writeStringField("account", account);
            json.writeStringField("phone", settlement.customer().phone().masked());
            json.writeNumberField("customer_id", settlement.customer().customerId());
            json.writeNumberField("revision", settlement.customer().revision());
            json.writeNumberField("attempt", attempt());
            json.writeStringField("outcome", settlement.outcome());
            json.writeStringField("consequence", settlement.consequence().name());
            if (settlement.httpStatus() != null) {
                json.writeNumberField("http_status", settlement.httpStatus());
            }
            json.writeNumberField("duration_ms", settlement.duration().toMillis());
            Duration next = nextAttemptIn();
            if (next != null) {
                json.writeNumberField("next_attempt_in_ms", next.toMillis());
            }
            if (fenced) {
                json.writeBooleanField("fenced", true);
            }
            String trace = traceId();
            if (trace != null) {
                json.writeStringField("trace_id", trace);
            }
        }

        @Override
        public String toString() {
            Duration next = nextAttemptIn();
            String trace = traceId();
            return "attempt account=" + account + " phone="
                    + settlement.customer().phone().masked() + " customer_id="
                    + settlement.customer().customerId() + " revision="
                    + settlement.customer().revision() + " attempt=" + attempt() + " outcome=" + settlement.outcome()
                    + " consequence=" + settlement.consequence()
                    + (settlement.httpStatus() == null ? "" : " http_status=" + settlement.httpStatus())
                    + " duration_ms=" + settlement.duration().toMillis()
                    + (next == null ? "" : " next_attempt_in_ms=" + next.toMillis())
                    + (fenced ? " fenced=true" : "")
                    + (trace == null ? "" : " trace_id=" + trace);
        }
    }
}
