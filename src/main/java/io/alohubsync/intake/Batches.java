package io.alohubsync.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

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

    /** Writes the first lines. @throws Refused the body is no batch, or the database is away: nothing is written */
    Batch begin(Batch.Terms terms, byte[] body) {
        Batch batch = new Batch(terms, Lines.of(body), intake, leads, json);
        batch.begin();
        return batch;
    }
}
