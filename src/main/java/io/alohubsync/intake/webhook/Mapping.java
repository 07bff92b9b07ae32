package io.alohubsync.intake.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.alohubsync.config.IntakeSettings.SourceSettings;
import io.alohubsync.contact.SourceVersion;
import io.alohubsync.intake.LeadReader;
import io.alohubsync.intake.NewLead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the customers of a payload are found, and their fields. Immutable. */
final class Mapping {

    /** Of a source without a mapping of its own: the fields of the lead API. */
    private static final Preset.Fields PLAIN =
            new Preset.Fields("/phone", "/name", "/email", "/source_ref", "/source_version");

    private final Expression phone;
    private final Expression name;
    private final Expression email;
    private final Expression reference;
    private final Expression version;
    private final @Nullable Pointer items;

    private Mapping(Preset.Fields fields, @Nullable String items) {
        this.phone = Expression.of(fields.phone());
        this.name = Expression.of(fields.name());
        this.email = Expression.of(fields.email());
        this.reference = Expression.of(fields.reference());
        this.version = Expression.of(fields.version());
        this.items = items == null ? null : Pointer.of(items);
    }

    /**
     * @param own what is set wins over the preset
     * @throws IllegalArgumentException an expression is unsound
     */
    static Mapping of(SourceSettings own, Optional<Preset> preset) {
        Preset.Fields known = preset.map(Preset::fields).orElse(PLAIN);
        Preset.Fields fields = new Preset.Fields(
                own.phone().orElse(known.phone()),
                own.name().orElse(known.name()),
                own.email().orElse(known.email()),
                own.reference().orElse(known.reference()),
                own.version().orElse(known.version()));
        return new Mapping(
                fields, own.items().or(() -> preset.map(Preset::items)).orElse(null));
    }

    static Mapping plain() {
        return new Mapping(PLAIN, null);
    }

    /**
     * The customers of a payload. One without any field of a customer, such as a platform's test
     * call, has none.
     */
    List<NewLead> leads(JsonNode payload) {
        List<NewLead> leads = new ArrayList<>();
        for (JsonNode item : items(payload)) {
            NewLead lead = new NewLead(
                    storable(phone.read(item)),
                    storable(name.read(item)),
                    storable(email.read(item)),
                    storable(reference.read(item)),
                    SourceVersion.of(version.read(item)));
            if (!lead.isEmpty()) {
                leads.add(lead);
            }
        }
        return leads;
    }

    /** In the place of an array its elements. */
    private List<JsonNode> items(JsonNode payload) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode found : items == null ? List.of(payload) : items.find(payload)) {
            if (found.isArray()) {
                found.forEach(all::add);
            } else {
                all.add(found);
            }
        }
        return all;
    }

    /**
     * A platform would send a refused delivery again for ever, and the other customers in it would
     * wait.
     */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : LeadReader.storable(text);
    }
}
