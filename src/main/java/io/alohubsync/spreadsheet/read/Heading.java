package io.alohubsync.spreadsheet.read;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The usual words above a column, in Vietnamese and English, with or without diacritics. */
final class Heading {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z0-9]+");

    /**
     * In the order of {@link Columns#FIELDS}; of several columns that are meant, the earlier word
     * wins.
     */
    private static final List<List<String>> WORDS = List.of(
            words(
                    "didong sodidong dtdd sdtdd dienthoaididong sodienthoaididong mobile mobilephone mobileno mobilenumber"
                            + " cellphone cell sdt sodt sodienthoai dienthoai sdtkh sdtkhachhang dienthoaikhachhang"
                            + " sodienthoaikhachhang sdtkhachhang dienthoaikh sodienthoaikh phone phonenumber phoneno"
                            + " customerphone contactphone contactnumber sdtlienhe dienthoailienhe sodienthoailienhe"
                            + " sdtnguoinhan sdtnguoimua dt zalo sozalo sdtzalo telephone tel"),
            words("hoten hovaten hotenkhachhang hovatenkhachhang hotenkh tenkhachhang tenkh tenkhach tendaydu fullname"
                    + " khachhang customername customer displayname name ten contactname nguoilienhe tennguoilienhe"
                    + " nguoimua tennguoimua nguoinhan tennguoinhan hotennguoinhan"),
            words("email emailaddress diachiemail emailkhachhang emailkh customeremail thudientu diachithudientu mail"
                    + " hopthu"),
            words("makh makhachhang makhach makhang customerid customercode customerno sourceref reference externalid"
                    + " ref iddoituong madoituong ma id code mahoso"),
            words("sourceversion version updatedat ngaycapnhat thoigiancapnhat capnhatluc capnhat lastmodified"
                    + " modifiedat lastupdated writedate ngaysua thoigiansua phienban"));

    /** Within a longer heading, as in {@code Số điện thoại (bắt buộc)}. */
    private static final List<List<String>> PARTS = List.of(
            words("didong dienthoai sodt sdt mobile phone"),
            words("hoten hovaten tenkhach fullname"),
            words("email thudientu"),
            List.of(),
            List.of());

    /** Of another number or another person. */
    private static final Set<String> OTHER = Set.of(
            "fax",
            "thue",
            "congty",
            "nhanvien",
            "sale",
            "ngay",
            "date",
            "ghichu",
            "note",
            "loai",
            "type",
            "model",
            "nguon");

    private Heading() {}

    private static List<String> words(String words) {
        return List.of(words.split(" +"));
    }

    /** {@code Số ĐT} becomes {@code sodt}. */
    static String key(String heading) {
        String plain = heading.replace('đ', 'd').replace('Đ', 'D');
        plain = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
        return NO_LETTERS.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /**
     * @param field of {@link Columns#FIELDS}
     * @return the lower, the surer; {@link Integer#MAX_VALUE}: the heading means something else
     */
    static int rank(String heading, int field) {
        String key = key(heading);
        int exact = WORDS.get(field).indexOf(key);
        if (exact >= 0) {
            return exact;
        }
        boolean other = key.length() > 40 || OTHER.stream().anyMatch(key::contains);
        if (!other) {
            for (String part : PARTS.get(field)) {
                if (key.contains(part)) {
                    return 1000 + PARTS.get(field).indexOf(part);
                }
            }
        }
        return Integer.MAX_VALUE;
    }
}
