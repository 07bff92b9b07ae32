package io.alohubsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alohubsync.delivery.HotPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the documents say is true of this checkout: their statements run, their commands and links
 * are there.
 */
class DocumentsIT {

    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(\\./[\\w./-]+)|`(\\./[\\w./-]+)");

    @Test
    void the_statements_of_the_documents_run() throws SQLException {
        HotPath path = new HotPath();
        path.insert("0868793800", "Nguyễn Thị Thủy", null);
        path.merge();
        path.database.execute("CREATE SCHEMA erp; CREATE TABLE erp.customer (id bigint PRIMARY KEY, name text);"
                + " DO $$ BEGIN CREATE ROLE erp NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        List<String> blocks = Documents.all()
                .flatMap(file -> SQL.matcher(Documents.text(file)).results().map(found -> found.group(1)))
                .toList();
        assertTrue(blocks.size() >= 20, blocks::toString);
        for (String block : blocks) {
            path.database.execute(ofThisDatabase(block, path.database.name()));
        }
    }

    /** The roles are there since the migration, and the database is not called erp. */
    private static String ofThisDatabase(String block, String name) {
        return block.replaceAll("(?m)^CREATE ROLE .*$", "").replaceAll("\\bDATABASE erp\\b", "DATABASE " + name);
    }

    @Test
    void links_lead_to_files() {
        List<String> broken = Documents.all()
                .flatMap(file -> LINK.matcher(withoutCode(Documents.text(file)))
                        .results()
                        .map(found -> found.group(1))
                        .filter(target -> !Files.exists(folder(file).resolve(target)))
                        .map(target -> file + " → " + target))
                .toList();
        assertEquals(List.of(), broken);
    }

    @Test
    void commands_of_the_documents_are_there() {
        List<String> missing = Documents.all()
                .flatMap(file -> COMMAND.matcher(Documents.text(file))
                        .results()
                        .map(DocumentsIT::command)
                        .filter(command -> !Files.isExecutable(Path.of(command)))
                        .map(command -> file + " → " + command))
                .toList();
        assertEquals(List.of(), missing);
    }

    private static String command(java.util.regex.MatchResult found) {
        return found.group(1) != null ? found.group(1) : found.group(2);
    }

    private static Path folder(Path file) {
        return file.getParent() == null ? Path.of("") : file.getParent();
    }

    private static String withoutCode(String text) {
        return Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL)
                .matcher(text)
                .replaceAll(code -> Matcher.quoteReplacement(code.group().replaceAll("[^\n]", " ")));
    }
}
