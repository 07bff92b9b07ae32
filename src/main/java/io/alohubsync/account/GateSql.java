package io.alohubsync.account;

/** The statements of {@link Gate}, in the order of a gate's life. */
final class GateSql {

    static final String READ = """
            SELECT gate, gate_since, gate_until, gate_by, gate_reason, gate_needs,
                   CASE gate WHEN 'REFUSED' THEN 'KEY' WHEN 'MISCONFIGURED' THEN coalesce(gate_cause, 'ENDPOINT')
                             WHEN 'UNREACHABLE' THEN coalesce(gate_cause, 'CONNECTION') END, probe_at <= clock_timestamp(), ? = ANY (refused_keys),
                   learned_rate, gate = 'THROTTLED' AND gate_until <= clock_timestamp(),
                   (gate = 'PROBING' AND coalesce(gate_until, gate_since + make_interval(secs => ?)) <= clock_timestamp()) OR (gate = 'REFUSED' AND NOT ? = ANY (refused_keys)),
                   extract(epoch FROM CASE gate WHEN 'THROTTLED' THEN gate_until ELSE probe_at END - clock_timestamp())::float8,
                   gate_answered AND gate_cause IN ('FAILING', 'REFUSALS')
            FROM alohub.account WHERE name = ?""";

    // A refused key says nothing about another one: it opens for the new key, and refused_keys keeps replicas out that
    // still have an old one (they go on probing). At once where that new one is accepted already: then it is the old
    // one
    // that lags behind. What a person paused, only a person resumes.
    static final String MOVE_ON = """
        UPDATE alohub.account a
        SET gate = CASE WHEN opens THEN 'OPEN' ELSE 'PROBING' END, gate_since = clock_timestamp(), gate_cause = NULL, gate_by = NULL,
            gate_until = CASE WHEN opens THEN NULL ELSE clock_timestamp() + n.ramp END,
            gate_reason = CASE WHEN opens THEN NULL ELSE 'Another key is in use; calls go again, a few at first.' END, gate_needs = NULL, probes = 0
        FROM (SELECT make_interval(secs => ?) AS ramp, ? AS key) n CROSS JOIN LATERAL (
          SELECT b.gate = 'PROBING' OR coalesce(b.accepted_key = n.key, false) AS opens
          FROM alohub.account b WHERE b.name = ? FOR NO KEY UPDATE) l
        WHERE a.name = ? AND ((a.gate = 'PROBING' AND coalesce(a.gate_until, a.gate_since + n.ramp) <= clock_timestamp()) OR (a.gate = 'REFUSED' AND NOT n.key = ANY (a.refused_keys)))\
        """;

    // UNREACHABLE is tried again soon at first, since networks hiccup: three times after 1 s, then after 2 s, 4 s … up
    // to
    // the probe interval. So is what answers about customers closed: others may be accepted. What Alohub has refused is
    // asked at the interval, unless others were accepted a moment ago. A hiccup does not end a
    // pause, and neither does a refused key: it keeps out those who hold it. One that is known to be refused closes
    // nothing
    // again for those who have another.
    static final String CLOSE = """
            UPDATE alohub.account a
            SET gate = CASE WHEN shuts THEN n.gate ELSE a.gate END,
                gate_since = CASE WHEN shuts AND a.gate <> n.gate THEN clock_timestamp() ELSE a.gate_since END,
                gate_until = CASE WHEN shuts THEN NULL ELSE a.gate_until END, gate_by = CASE WHEN shuts THEN NULL ELSE a.gate_by END,
                gate_cause = CASE WHEN shuts THEN n.cause ELSE a.gate_cause END, gate_reason = CASE WHEN shuts THEN n.reason ELSE a.gate_reason END,
                gate_needs = CASE WHEN shuts THEN n.needs ELSE a.gate_needs END,
                learned_rate = CASE WHEN n.cause = 'FAILING' AND a.learned_brief THEN NULL ELSE a.learned_rate END,
                gate_answered = CASE WHEN shuts THEN n.answered ELSE a.gate_answered END,
                refused_keys = CASE WHEN n.cause <> 'KEY' OR n.key = ANY (a.refused_keys) THEN a.refused_keys ELSE (n.key || a.refused_keys)[1:10] END,
                probe_at = greatest(CASE WHEN a.gate = 'THROTTLED' THEN a.gate_until END, clock_timestamp() + make_interval(secs =>
                  CASE WHEN n.gate = 'UNREACHABLE' OR n.answered THEN least(n.pause, power(2, least(a.probes / 3, 30))) WHEN n.soon THEN least(n.pause, 1) ELSE n.pause END))
            FROM (SELECT ? AS gate, ? AS cause, ? AS reason, ? AS needs, ? AS key, ? AS soon, ?::float8 AS pause, ? AS answered) n CROSS JOIN LATERAL (
              SELECT n.cause <> 'KEY' OR NOT (b.gate = 'THROTTLED' OR (b.gate IN ('OPEN', 'PROBING') AND n.key = ANY (b.refused_keys))) AS shuts
              FROM alohub.account b WHERE b.name = ? FOR NO KEY UPDATE) l
            WHERE a.name = ? AND a.gate <> 'PAUSED' AND NOT (a.gate = 'THROTTLED' AND n.gate = 'UNREACHABLE')""";

    // Many calls learn of one throttling: the first counts, the others can only ask for longer. A pause that did not
    // suffice doubles, whatever time was named: nobody was accepted since. Where none was asked for (less than a
    // second) nothing doubles: the rate falls instead. A pause longer than an hour is tried once an hour.
    static final String THROTTLE = """
        UPDATE alohub.account a
        SET gate_since = CASE WHEN a.gate = 'THROTTLED' THEN a.gate_since ELSE n.now END, gate_until = l.until, gate_by = NULL, gate_cause = NULL,
            gate_reason = CASE WHEN n.seconds < 1 THEN 'Alohub takes fewer calls than were made: ' ELSE 'Alohub asked for a pause: ' END || n.what,
            gate_needs = 'Nothing: calls go on by themselves when it is over.',
            probe_at = CASE WHEN a.gate = 'THROTTLED' AND a.gate_until > a.gate_since + interval '1 hour' THEN a.probe_at
                            WHEN l.until > n.now + interval '1 hour' THEN n.now + interval '1 hour'
                            WHEN a.refused_keys <> '{}' THEN greatest(a.probe_at, l.until) END,
            throttles = CASE WHEN a.gate = 'THROTTLED' OR n.seconds < 1 THEN a.throttles ELSE a.throttles + 1 END, gate = 'THROTTLED'
        FROM (SELECT ?::float8 AS seconds, ? AS what, ? AS name, clock_timestamp() AS now) n CROSS JOIN LATERAL (
          SELECT CASE WHEN b.gate = 'THROTTLED' AND n.seconds IS NULL THEN greatest(b.gate_until, b.gate_since + interval '1 second')
                 ELSE greatest(CASE WHEN b.gate = 'THROTTLED' THEN b.gate_until END, n.now + make_interval(secs =>
                   greatest(n.seconds, CASE WHEN b.gate <> 'THROTTLED' AND coalesce(n.seconds, 1) >= 1 THEN least(3600, power(2, least(b.throttles, 12))) END))) END AS until
          FROM alohub.account b WHERE b.name = n.name FOR NO KEY UPDATE) l
        WHERE a.name = n.name AND a.gate IN ('OPEN', 'PROBING', 'THROTTLED')\
        """;

    // Nor is a closed gate probed within a pause.
    static final String THROTTLE_PROBES = """
        UPDATE alohub.account SET probe_at = greatest(probe_at, clock_timestamp() + make_interval(secs => coalesce(?::float8, 1)))
        WHERE name = ? AND gate IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE')\
        """;

    static final String LOCK_THROTTLED = """
        SELECT gate_since, learned_rate, learned_limit, learned_doubts, extract(epoch FROM gate_since - learned_at), learned_at,
               learned_brief, extract(epoch FROM gate_until - gate_since), learned_passed
        FROM alohub.account WHERE name = ? AND gate = 'THROTTLED' AND gate_until <= clock_timestamp() FOR NO KEY UPDATE\
        """;

    // What was called before the first refusal is charged to the rate that is known now, or the account's window would
    // still be full: its ten seconds, and a little for the way.
    static final String REOPEN = """
        UPDATE alohub.account
        SET gate = CASE WHEN k.refused THEN 'REFUSED' ELSE 'PROBING' END, gate_since = clock_timestamp(),
            gate_until = CASE WHEN k.refused THEN NULL ELSE clock_timestamp() + make_interval(secs => k.ramp) END,
            gate_needs = CASE WHEN k.refused THEN k.needs END, gate_cause = CASE WHEN k.refused THEN 'KEY' END,
            gate_reason = CASE WHEN k.refused THEN 'Alohub refuses the key: it did so while it had asked for a pause.'
                               ELSE 'The pause is over; calls go again, fewer at first.' END,
            rate_spent_until = greatest(rate_spent_until,
              CASE WHEN n.rate IS NOT NULL THEN n.began + make_interval(secs => greatest(n.answered / n.rate, 10.53)) END),
            learned_rate = n.rate, learned_limit = n.rate_limit, learned_doubts = n.doubts, learned_brief = n.brief, learned_passed = n.passed,
            learned_at = CASE WHEN n.taught THEN gate_since ELSE learned_at END
        FROM (SELECT ?::float8 AS rate, ?::float8 AS rate_limit, ?::integer AS doubts, ?::boolean AS brief, ?::integer AS passed, ?::boolean AS taught, ?::timestamptz AS began, ?::integer AS answered) n
        CROSS JOIN LATERAL (SELECT ?::float8 AS ramp, ? AS needs, ? = ANY (refused_keys) AS refused FROM alohub.account WHERE name = ?) k
        WHERE name = ?\
        """;

    // A pause is ended by its time alone; a long one also by a probe that is accepted.
    static final String OPEN = """
        UPDATE alohub.account a
        SET gate = CASE WHEN opens THEN 'PROBING' ELSE a.gate END, gate_since = CASE WHEN opens THEN clock_timestamp() ELSE a.gate_since END,
            gate_until = CASE WHEN opens THEN clock_timestamp() + n.ramp ELSE a.gate_until END, gate_by = CASE WHEN opens THEN NULL ELSE a.gate_by END,
            gate_reason = CASE WHEN opens THEN 'A probe got through; calls go again, a few at first.' ELSE a.gate_reason END,
            gate_needs = CASE WHEN opens THEN NULL ELSE a.gate_needs END, gate_cause = CASE WHEN opens THEN NULL ELSE a.gate_cause END,
            refused_keys = array_remove(a.refused_keys, n.key),
            probe_at = CASE WHEN array_remove(a.refused_keys, n.key) = '{}' THEN NULL ELSE a.probe_at END,
            throttles = 0, probes = 0, opened_at = CASE WHEN n.accepted THEN clock_timestamp() ELSE a.opened_at END
        FROM (SELECT make_interval(secs => ?) AS ramp, ? AS key, ? AS accepted) n CROSS JOIN LATERAL (
          SELECT gate NOT IN ('OPEN', 'PROBING') AS opens FROM alohub.account WHERE name = ? FOR NO KEY UPDATE) l
        WHERE a.name = ? AND a.gate <> 'PAUSED'
          AND (a.gate <> 'THROTTLED' OR (n.accepted AND a.gate_until > a.gate_since + interval '1 hour'))\
        """;

    // The answer to a throttled account's first call after its pause: the doubling starts anew.
    static final String CALM =
            "UPDATE alohub.account SET throttles = 0 WHERE name = ? AND throttles > 0 AND gate IN ('OPEN', 'PROBING')";

    static final String ACCEPTED_KEY =
            "UPDATE alohub.account SET accepted_key = ? WHERE name = ? AND accepted_key IS DISTINCT FROM ?";

    // Where answers about customers closed it, and the probe brought one more, other customers follow soon: eight of
    // them, a
    // pause of 1 s, eight more, 2 s, 4 s … up to the probe interval.
    static final String POSTPONE = """
            UPDATE alohub.account
            SET probe_at = clock_timestamp() + make_interval(secs => least(n.pause,
                  CASE WHEN gate_answered AND gate_cause IN ('FAILING', 'REFUSALS') THEN
                         CASE WHEN n.answered AND probes % 8 <> 0 THEN 0.25 ELSE power(2, least(greatest(probes / 8 - 1, 0), 30)) END
                       WHEN gate = 'UNREACHABLE' THEN power(2, least(probes / 3, 30)) ELSE n.pause END))
            FROM (SELECT ?::float8 AS pause, ? AS answered) n
            WHERE name = ? AND probe_at IS NOT NULL AND gate <> 'THROTTLED'""";

    private GateSql() {}
}
