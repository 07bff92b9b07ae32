package io.alohubsync.spreadsheet;

import io.alohubsync.contact.Phone;
import java.util.BitSet;

/**
 * A set of phones, some of them marked; four bytes for each and as many free: a million take 8 MB.
 * One thread uses it.
 */
final class PhoneSet {

    private static final int FEW = 1 << 10;

    private int[] numbers = new int[FEW]; // 0: free
    private BitSet marks = new BitSet(FEW); // by their places
    private int size;
    private int marked;

    /** @return whether it was not in the set */
    boolean add(Phone phone) {
        if (size * 5L > numbers.length * 3L) {
            grow();
        }
        int number = number(phone);
        int place = place(numbers, number);
        boolean fresh = numbers[place] == 0;
        numbers[place] = number;
        size += fresh ? 1 : 0;
        return fresh;
    }

    /** @param phone is in the set */
    void mark(Phone phone) {
        int place = place(numbers, number(phone));
        marked += marks.get(place) ? 0 : 1;
        marks.set(place);
    }

    long marked() {
        return marked;
    }

    long size() {
        return size;
    }

    private void grow() {
        int[] larger = new int[numbers.length * 2];
        BitSet moved = new BitSet(larger.length);
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                int place = place(larger, numbers[i]);
                larger[place] = numbers[i];
                moved.set(place, marks.get(i));
            }
        }
        numbers = larger;
        marks = moved;
    }

    /** Where it is, or would be. */
    private static int place(int[] in, int number) {
        int mask = in.length - 1;
        int place = spread(number) & mask;
        while (in[place] != 0 && in[place] != number) {
            place = place + 1 & mask;
        }
        return place;
    }

    private static int spread(int number) {
        int mixed = number * 0x9E3779B9;
        return mixed ^ mixed >>> 16;
    }

    /**
     * Nine digits, or ten that begin with 2: no two phones have one number, and all are below 2^32.
     */
    private static int number(Phone phone) {
        return Integer.parseUnsignedInt(phone.e164(), 3, phone.e164().length(), 10);
    }
}
