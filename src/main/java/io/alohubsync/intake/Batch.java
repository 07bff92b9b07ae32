package io.alohubsync.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alohubsync.intake.Intake.Result;
import io.alohubsync.intake.write.OutboxEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One batch: a window of lines is read, checked and committed together, then their results are
 * written. What it holds is the rest of the body, and one window. One thread uses it.
 */
final class Batch {

    private static final int TOGETHER = 500;
    private static final int MOST_BYTES_TOGETHER = 256 << 10;
    private static final int MOST_BYTES_OF_A_LINE = LeadResource.MOST_BYTES;
    private static final Set<Refusal> PUTS_OFF = Set.of(Refusal.BUSY, Refusal.UNAVAILABLE, Refusal.KEY_IN_USE);

    /** What holds for every line. */
    record Terms(
            Source source, @Nullable String key, @Nullable String traceparent, boolean inVietnamese) {}

    /** A line that was read. @param entry null: it is refused. */
    private record Read(
            int line, @Nullable OutboxEntry entry, @Nullable Refused refused) {}

    /** What became of a line. */
    private record Done(int line, Result result) {}

    private final Terms terms;
    private final Lines lines;
    private final Function<List<OutboxEntry>, List<Result>> transaction;
    private final Leads leads;
    private final ObjectMapper json;
    private final List<Done> begun = new ArrayList<>(); // results of the lines that were read before the answer began

    /**
     * Why no further line is tried: of two lines of one customer the earlier one, sent again, would
     * count as the newer.
     */
    private @Nullable Refused away;

    /** @param transaction writes entries, and returns a result for each, in their order */
    Batch(
            Terms terms,
            Lines lines,
            Function<List<OutboxEntry>, List<Result>> transaction,
            Leads leads,
            ObjectMapper json) {
        this.terms = terms;
        this.lines = lines;
        this.transaction = transaction;
        this.leads = leads;
        this.json = json;
    }

    /**
     * Up to the first window with a lead in it, which is written.
     *
     * @throws Refused the database is away or busy, or the key is in use: nothing is written
     */
    void begin() {
        boolean isWritten = false;
        while (!isWritten && lines.hasNext()) {
            List<Read> read = read();
            List<Result> written = write(read);
            Refused putOff = putOff(written);
            if (putOff != null) {
                throw putOff;
            }
            begun.addAll(done(read, written));
            isWritten = !written.isEmpty();
        }
    }

    /**
     * Why nothing new of a window is written: the transaction is put off as a whole, or another one
     * has the batch's key.
     *
     * @return null: it is written
     */
    private static @Nullable Refused putOff(List<Result> written) {
        return written.stream()
                .map(Result::refused)
                .filter(refused -> refused != null && PUTS_OFF.contains(refused.refusal()))
                .findFirst()
                .orElse(null);
    }

    /** Writes the results that are there, then the other lines with theirs. */
    void writeTo(OutputStream answer) throws IOException {
        send(begun, answer);
        begun.clear();
        while (lines.hasNext()) {
            List<Read> read = read();
            List<Result> written = write(read);
            away = away == null ? putOff(written) : away;
            send(done(read, written), answer);
        }
    }

    private void send(List<Done> results, OutputStream answer) throws IOException {
        for (Done done : results) {
            answer.write(json.writeValueAsBytes(said(done)));
            answer.write('\n');
        }
        answer.flush();
    }

    private List<Read> read() {
        List<Read> read = new ArrayList<>();
        for (int bytes = 0; read.size() < TOGETHER && bytes < MOST_BYTES_TOGETHER && lines.hasNext(); ) {
            byte[] line = lines.next(MOST_BYTES_OF_A_LINE);
            bytes += line.length;
            read.add(read(line));
        }
        return read;
    }

    private Read read(byte[] line) {
        int number = lines.number();
        try {
            if (line.length > MOST_BYTES_OF_A_LINE) {
                throw Refused.because(Refusal.TOO_LARGE, "32 KiB");
            }
            NewLead lead = LeadReader.read(Body.text(line));
            leads.check(lead);
            Source source = terms.source();
            return new Read(
                    number,
                    source.entry(lead, Source.BATCH, terms.traceparent(), source.key(terms.key(), number, lead)),
                    null);
        } catch (Refused refused) {
            return new Read(number, null, refused);
        }
    }

    private List<Result> write(List<Read> read) {
        List<OutboxEntry> entries = new ArrayList<>();
        for (Read line : read) {
            if (line.entry() != null) {
                entries.add(line.entry());
            }
        }
        Refused refused = away;
        return refused == null
                ? transaction.apply(entries)
                : entries.stream().map(entry -> Result.refused(refused)).toList();
    }

    private static List<Done> done(List<Read> read, List<Result> written) {
        List<Done> all = new ArrayList<>();
        Iterator<Result> next = written.iterator();
        for (Read line : read) {
            all.add(new Done(line.line(), line.refused() == null ? next.next() : Result.refused(line.refused())));
        }
        return all;
    }

    private ObjectNode said(Done done) {
        Refused refused = done.result().refused();
        Object said = refused == null ? new Accepted(done.result().row()) : refused.problem(terms.inVietnamese());
        return json.createObjectNode().put("line", done.line()).setAll(json.<ObjectNode>valueToTree(said));
    }
}
