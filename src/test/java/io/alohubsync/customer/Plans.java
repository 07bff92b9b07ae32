package io.alohubsync.customer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The plans of the statements that run: it notes each that is prepared on its connection. */
final class Plans {

    private static final Pattern PARAMETER = Pattern.compile("\\?");

    private final Connection database;
    private final Set<String> prepared = new LinkedHashSet<>();
    private final Connection connection;

    Plans(Connection database) {
        this.database = database;
        this.connection = (Connection) Proxy.newProxyInstance(
                Plans.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        prepared.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** To be used in the database's place. */
    Connection connection() {
        return connection;
    }

    /** For any values of the parameters, as the daemon's connections plan. */
    List<String> ofAll() throws SQLException {
        List<String> plans = new ArrayList<>();
        for (String sql : prepared) {
            AtomicInteger number = new AtomicInteger();
            String numbered = PARAMETER.matcher(sql).replaceAll(found -> "\\$" + number.incrementAndGet());
            StringBuilder plan = new StringBuilder();
            try (Statement statement = database.createStatement()) {
                statement.execute("PREPARE planned AS " + numbered);
                String nulls = String.join(", ", Collections.nCopies(number.get(), "NULL"));
                try (ResultSet line = statement.executeQuery("EXPLAIN EXECUTE planned (" + nulls + ")")) {
                    while (line.next()) {
                        plan.append(line.getString(1)).append('\n');
                    }
                }
                statement.execute("DEALLOCATE planned");
            }
            plans.add(plan.toString());
        }
        return plans;
    }
}
