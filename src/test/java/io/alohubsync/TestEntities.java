package io.alohubsync;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.persistence.Entity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** The program's entities, as Quarkus makes them: without a connection of their own. */
public final class TestEntities {

    /** What they have sent to the database. */
    public static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

    public static final SessionFactory ALL = all();

    private TestEntities() {}

    private static SessionFactory all() {
        Configuration entities = new Configuration()
                .setProperty("hibernate.boot.allow_jdbc_metadata_access", "false")
                .setProperty("hibernate.dialect", "org.hibernate.dialect.PostgreSQLDialect")
                .setProperty("hibernate.default_schema", "alohub");
        new ClassFileImporter()
                .importPath(Path.of("target", "classes")).stream()
                        .filter(type -> type.isAnnotatedWith(Entity.class))
                        .map(JavaClass::reflect)
                        .forEach(entities::addAnnotatedClass);
        entities.setStatementInspector(statement -> {
            STATEMENTS.add(statement);
            return statement;
        });
        return entities.buildSessionFactory();
    }
}
