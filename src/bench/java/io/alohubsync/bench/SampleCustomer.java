package io.alohubsync.bench;

/** The customers that all are given: phones that exist, names and addresses of the usual length. */
public record SampleCustomer(String phone, String name, String email) {

    /** Above them comes 0911111111, which the daemon takes for a placeholder. */
    public static final int MOST = 1_000_000;

    /** ROWS of them, as they are numbered below. */
    static final String SQL = "SELECT '09' || (10000000 + i), 'Khách hàng ' || i, 'kh' || i || '@example.vn'"
            + " FROM generate_series(1, ROWS) i";

    /** @param number from 1 to {@link #MOST} */
    public static SampleCustomer of(int number) {
        return new SampleCustomer("09" + (10_000_000 + number), "Khách hàng " + number, "kh" + number + "@example.vn");
    }
}
