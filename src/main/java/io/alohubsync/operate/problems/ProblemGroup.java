package io.alohubsync.operate.problems;

import io.alohubsync.operate.Personal;
import io.alohubsync.operate.Personal.Kind;
import java.time.Instant;

/**
 * Problems of one kind, account, reason and source.
 *
 * @param id      of the group, as a part of an address: see {@link GroupIds}
 * @param count   customers of failures, rows of rejections; among those that were looked at
 * @param dead    of these customers: those that are not sent again by themselves
 * @param first   of failures the oldest call that came to that, of ten of these customers; of
 *                rejections the oldest row
 * @param example the phone of the newest
 * @param meaning what happened, in plain words
 * @param remedy  what to do
 */
public record ProblemGroup(
        String id,
        ProblemKey key,
        long count,
        long dead,
        Instant first,
        Instant last,
        @Personal(Kind.PHONE) String example,
        String meaning,
        String meaningVi,
        String remedy,
        String remedyVi) {}
