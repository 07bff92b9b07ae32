package io.alohubsync.intake;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.contact.Normalized;
import io.alohubsync.contact.Phone;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import jakarta.inject.Singleton;

/** Whether a lead can become a customer: the merge would reject the others, by the same rules. */
@Singleton
class Leads {

    private final PhoneNormalizer phones;

    Leads(AlohubSettings settings) {
        this.phones = new PhoneNormalizer(PhoneRules.of(settings.phone()));
    }

    /** @throws Refused its phone can be none */
    void check(NewLead lead) {
        Normalized<Phone> phone = phones.normalize(lead.phone());
        if (phone.value() == null) {
            throw Refused.phone(phone.reasons().iterator().next());
        }
    }
}
