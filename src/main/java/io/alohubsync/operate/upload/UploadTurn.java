package io.alohubsync.operate.upload;

import io.alohubsync.config.AlohubSettings;
import io.alohubsync.contact.EmailNormalizer;
import io.alohubsync.contact.NameNormalizer;
import io.alohubsync.contact.PhoneNormalizer;
import io.alohubsync.contact.PhoneRules;
import io.alohubsync.jdbc.Sql;
import io.alohubsync.jdbc.Transaction;
import io.alohubsync.operate.upload.UploadLease.Rest;
import io.alohubsync.operate.upload.UploadLease.Taken;
import io.alohubsync.spreadsheet.Judge;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Takes an upload that has something to be done, and does it, on one connection. One thread uses
 * it.
 */
final class UploadTurn {

    private static final Sql TAKE = Sql.named("upload/take-upload");

    private final DataSource database;
    private final AlohubSettings settings;
    private final PhoneNormalizer phones;
    private final Judge judge;
    private final BooleanSupplier stopping;
    private final Rest rest;

    /**
     * @param stopping asked between steps: if true, another replica does the rest
     * @param rest     between steps
     */
    UploadTurn(DataSource database, AlohubSettings settings, BooleanSupplier stopping, Rest rest) {
        this.database = database;
        this.settings = settings;
        this.phones = new PhoneNormalizer(PhoneRules.of(settings.phone()));
        this.judge = new Judge(
                new Judge.Rules(
                        phones,
                        new NameNormalizer(settings.name().placeholders()),
                        new EmailNormalizer(settings.email().placeholders())),
                ZoneId.of(settings.console().zone()));
        this.stopping = stopping;
        this.rest = rest;
    }

    /** @return false: there is nothing to do */
    boolean take() throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            try {
                return take(connection);
            } catch (SQLException failure) {
                Transaction.throwAway(connection);
                throw failure;
            }
        }
    }

    private boolean take(Connection connection) throws SQLException, InterruptedException {
        String worker = UUID.randomUUID().toString();
        List<Taken> taken = TAKE.on(connection)
                .set("worker", worker)
                .set("lease", UploadLease.LENGTH)
                .list(UploadTurn::taken);
        if (taken.isEmpty()) {
            return false;
        }
        UploadLease lease = new UploadLease(connection, taken.getFirst(), worker, stopping, rest);
        new UploadWork(connection, lease, settings, phones, judge).run();
        return true;
    }

    private static Taken taken(ResultSet row) throws SQLException {
        UploadTerms terms = new UploadTerms(
                row.getString(3), row.getString(4), row.getString(5), UploadRows.named(row.getString(6)));
        return new Taken(
                row.getString(1),
                Upload.State.valueOf(row.getString(2)),
                terms,
                row.getBoolean(7),
                row.getBoolean(8),
                row.getInt(9));
    }
}
