package io.alohubsync.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.Deque;

/** Begins batches. */
@Singleton
class Batches {

    private final Intake intake;
    private final Leads leads;
    private final ObjectMapper json;

    Batches(Intake intake, Leads leads, ObjectMapper json) {
        this.intake = intake;
        this.leads = leads;
        this.json = json;
    }

    /**
     * Writes the first lines.
     *
     * @throws Refused the body is no batch, the database is away or busy, or the key is in use:
     *                 nothing is written
     */
    Batch begin(Batch.Terms terms, Deque<byte[]> body) {
        Batch batch = new Batch(terms, Lines.of(body), intake::writeAll, leads, json);
        batch.begin();
        return batch;
    }
}
