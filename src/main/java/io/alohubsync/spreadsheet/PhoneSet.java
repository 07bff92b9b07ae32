package io.alohubsync.spreadsheet;

import io.alohubsync.contact.Phone;

/** A set of phones, four bytes for each and as many free: a million take 8 MB. One thread uses it. */
final class PhoneSet {

    private static final int FEW = 1 << 10;

    private int[] numbers = new int[FEW]; // 0: free
    private int size;

    /** @return whether it was not in the set */
    boolean add(Phone phone) {
        if (size * 5L > numbers.length * 3L) {
            grow();
        }
        boolean fresh = put(numbers, number(phone));
        size += fresh ? 1 : 0;
        return fresh;
    }

    long size() {
        return size;
    }

    private void grow() {
        int[] larger = new int[numbers.length * 2];
        for (int number : numbers) {
            if (number != 0) {
                put(larger, number);
            }
        }
        numbers = larger;
    }

    private static boolean put(int[] into, int number) {
        int mask = into.length - 1;
        int place = spread(number) & mask;
        while (into[place] != 0) {
            if (into[place] == number) {
                return false;
            }
            place = place + 1 & mask;
        }
        into[place] = number;
        return true;
    }

    private static int spread(int number) {
        int mixed = number * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }

    /** Nine digits, or ten that begin with 2: no two phones have one number, and all are below 2^32. */
    private static int number(Phone phone) {
        return Integer.parseUnsignedInt(phone.e164(), 3, phone.e164().length(), 10);
    }
}
