package io.alohubsync.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alohubsync.intake.Intake.Result;
import io.alohubsync.intake.write.OutboxEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One batch: so many lines are read, checked and committed together, then their results are written. One thread uses it. */
final class Batch {

    private static final int TOGETHER = 500;
    private static final int MOST_BYTES_OF_A_LINE = LeadResource.MOST_BYTES;

    /** What holds for every line. */
    record Terms(
            Source source, @Nullable String key, @Nullable String traceparent, boolean inVietnamese) {}

    /** A line that was read. @param entry null: it is refused. */
    private record Read(
            int line, @Nullable OutboxEntry entry, @Nullable Refused refused) {}

    private final Terms terms;
    private final Lines lines;
    private final Intake intake;
    private final Leads leads;
    private final ObjectMapper json;
    private List<ObjectNode> results = List.of(); // of the lines that were written last

    Batch(Terms terms, Lines lines, Intake intake, Leads leads, ObjectMapper json) {
        this.terms = terms;
        this.lines = lines;
        this.intake = intake;
        this.leads = leads;
        this.json = json;
    }

    /** Writes the first lines. @throws Refused the database is away: nothing is written */
    void begin() {
        List<Read> read = read();
        List<Result> written = write(read);
        if (!written.isEmpty() && written.stream().allMatch(Batch::isUnavailable)) {
            throw Refused.later(Refusal.UNAVAILABLE, 5);
        }
        results = results(read, written);
    }

    private static boolean isUnavailable(Result result) {
        Refused refused = result.refused();
        return refused != null && refused.refusal() == Refusal.UNAVAILABLE;
    }

    /** Writes the results that are there, then the other lines with theirs. */
    void writeTo(OutputStream answer) throws IOException {
        while (!results.isEmpty()) {
            for (ObjectNode result : results) {
                answer.write(json.writeValueAsBytes(result));
                answer.write('\n');
            }
            answer.flush();
            List<Read> read = read();
            results = results(read, write(read));
        }
    }

    private List<Read> read() {
        List<Read> read = new ArrayList<>();
        while (read.size() < TOGETHER && lines.hasNext()) {
            read.add(read(lines.next()));
        }
        return read;
    }

    private Read read(ByteBuffer line) {
        int number = lines.number();
        try {
            if (line.remaining() > MOST_BYTES_OF_A_LINE) {
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
        return intake.writeAll(entries);
    }

    private List<ObjectNode> results(List<Read> read, List<Result> written) {
        List<ObjectNode> all = new ArrayList<>();
        Iterator<Result> next = written.iterator();
        for (Read line : read) {
            all.add(result(line.line(), line.refused() == null ? next.next() : Result.refused(line.refused())));
        }
        return all;
    }

    private ObjectNode result(int line, Result result) {
        Refused refused = result.refused();
        Object said = refused == null ? new Accepted(result.row()) : refused.problem(terms.inVietnamese());
        return json.createObjectNode().put("line", line).setAll(json.<ObjectNode>valueToTree(said));
    }
}
