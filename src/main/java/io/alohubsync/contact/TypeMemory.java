package io.alohubsync.contact;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * What numbers are, by length and first six digits: a byte for each, at most 4 MB whatever is asked
 * for. Used by any thread; a thread that misses what another has just found asks once more.
 */
final class TypeMemory {

    static final int DIGITS = 6;
    static final int SHORTEST = 7;
    static final int LONGEST = 10;

    /** The first two digits choose a page: numbers in use have few of them. */
    private static final int PAGES = 100;

    private static final int PAGE = 10_000;

    private static final PhoneNumberType[] TYPES = PhoneNumberType.values();

    private final AtomicReferenceArray<byte[]> pages = new AtomicReferenceArray<>((LONGEST - SHORTEST + 1) * PAGES);
    private final Function<String, PhoneNumberType> library;

    TypeMemory(Function<String, PhoneNumberType> library) {
        this.library = library;
    }

    /** @param number 7 to 10 digits */
    PhoneNumberType of(String number) {
        int beginning = Integer.parseInt(number, 0, DIGITS, 10);
        byte[] page = page((number.length() - SHORTEST) * PAGES + beginning / PAGE);
        int place = beginning % PAGE;
        int known = page[place]; // 0: not yet
        if (known == 0) {
            known = library.apply(number).ordinal() + 1;
            page[place] = (byte) known;
        }
        return TYPES[known - 1];
    }

    private byte[] page(int index) {
        byte[] page = pages.get(index);
        if (page != null) {
            return page;
        }
        byte[] fresh = new byte[PAGE];
        return pages.compareAndSet(index, null, fresh) ? fresh : pages.get(index);
    }
}
