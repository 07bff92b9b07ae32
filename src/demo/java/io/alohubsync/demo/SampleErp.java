package io.alohubsync.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/**
 * A small ERP: writes customers into the outbox with the mess of real data. The same seed writes
 * the same customers.
 */
public final class SampleErp {

    private static final List<String> FAMILY =
            List.of("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ");
    private static final List<String> MIDDLE = List.of("Thị", "Văn", "Ngọc", "Minh", "Quốc", "Thanh", "Hữu", "");
    private static final List<String> GIVEN =
            List.of("Thủy", "Bằng", "Hương", "Dũng", "Anh", "Lan", "Tuấn", "Yến", "Phúc", "Ý");
    private static final List<String> PREFIXES =
            List.of("086", "090", "091", "098", "032", "070", "079", "081", "056", "039");
    private static final List<String> JUNK = List.of(
            "",
            "không có",
            "0900000000",
            "8.6879380E8",
            "18001090",
            "+1 650 253 0000",
            "0868-CALL-ME",
            "113",
            "0438223344",
            "086879380");

    private final DataSource database;
    private final Random random;

    public SampleErp(DataSource database, long seed) {
        this.database = database;
        this.random = new Random(seed);
    }

    /** Inserts one customer as an ERP does: one statement in a transaction of its own. */
    public void writeOne() throws SQLException {
        String phone = phone();
        String written = random.nextInt(12) == 0 ? pick(JUNK) : spelt(phone);
        String name = name();
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO alohub.customer_outbox (phone, name, email, source, source_ref) VALUES (?, ?, ?, 'sample-erp', ?)")) {
            insert.setString(1, written);
            insert.setString(2, random.nextInt(20) == 0 ? null : name);
            insert.setString(3, email());
            insert.setString(4, "KH" + (10_000 + random.nextInt(90_000)));
            insert.executeUpdate();
        }
    }

    /** One of 2,000 customers, so that repeats come. */
    private String phone() {
        int customer = random.nextInt(2_000);
        return PREFIXES.get(customer % PREFIXES.size())
                + String.format("%07d", (customer * 7_654_321L + 1_234_567) % 10_000_000);
    }

    private String spelt(String phone) {
        String significant = phone.substring(1);
        return switch (random.nextInt(9)) {
            case 0 -> "+84" + significant;
            case 1 -> "84" + significant;
            case 2 -> "+84 (0)" + significant;
            case 3 -> phone.substring(0, 4) + " " + phone.substring(4, 7) + "." + phone.substring(7);
            case 4 -> significant; // the zero that a spreadsheet ate
            case 5 -> "'" + phone;
            case 6 -> phone + " (Zalo)";
            default -> phone;
        };
    }

    private String name() {
        String name = (pick(FAMILY) + " " + pick(MIDDLE) + " " + pick(GIVEN)).replace("  ", " ");
        return switch (random.nextInt(8)) {
            case 0 -> Normalizer.normalize(name, Normalizer.Form.NFD);
            case 1 -> "  " + name + "\u00a0";
            default -> name;
        };
    }

    private String email() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "không có";
            case 2 -> "KH" + random.nextInt(2_000) + "@GMAIL.com";
            default -> "kh" + random.nextInt(2_000) + "@example.vn";
        };
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
