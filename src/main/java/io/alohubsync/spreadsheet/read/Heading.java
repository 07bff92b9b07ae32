package io.alohubsync.spreadsheet.read;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The usual words above a column, and for a field of a form: in Vietnamese and English, with or
 * without diacritics.
 */
public final class Heading {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BARRED_D = Pattern.compile("[đĐðÐƉ]"); // Icelandic and African ones look alike
    private static final Pattern NUMBERED = Pattern.compile("(.*?[a-z])[0-9]{1,2}(?:value)?");
    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z0-9]+");
    private static final int LONGEST = 200;

    /** {@code VD: 0912345678}, {@code ví dụ}, {@code e.g.}, {@code mẫu 0912345678}: to the end of the text. */
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)\\b(?:(?:vd|vi du|e\\.?g|example)\\b|(?:ex|mau|dang|format)\\b[^a-z0-9]*[0-9]).*");

    /**
     * In the order of {@link Columns#FIELDS}; of several columns that are meant, the earlier word
     * wins.
     */
    private static final List<List<String>> WORDS = List.of(
            words(
                    "didong sodidong dtdd sdtdd dienthoaididong sodienthoaididong mobile mobilephone mobileno mobilenumber"
                            + " cellphone cell sdt sodt sodienthoai dienthoai sdtkh sdtkhachhang dienthoaikhachhang"
                            + " sodienthoaikhachhang dienthoaikh sodienthoaikh sdtkhach dtkhach dtkhachhang dtkh"
                            + " phone phonenumber phoneno"
                            + " customerphone contactphone contactnumber sdtlienhe dienthoailienhe sodienthoailienhe"
                            + " sdtnguoinhan sdtnguoimua dt sodtdd sodd zalo sozalo sdtzalo whatsapp viber telephone tel codinh"),
            words("hoten hovaten hotenkhachhang hovatenkhachhang hotenkh tenkhachhang tenkh tenkhach tendaydu fullname"
                    + " khachhang customername customer displayname name ten contactname nguoilienhe tennguoilienhe"
                    + " tencuaban nguoimua tennguoimua nguoinhan tennguoinhan hotennguoinhan client clientname buyer buyername recipient recipientname guest guestname"
                    + " hocvien tenhocvien hoivien tenhoivien thanhvien tenthanhvien benhnhan tenbenhnhan phuhuynh"
                    + " tenphuhuynh tenlienhe quydanh"),
            words("email emailaddress diachiemail emailkhachhang emailkh customeremail thudientu diachithudientu mail"
                    + " hopthu gmail emailcanhan emaillienhe emaildangky"),
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

    /** A name in parts; {@code full_name}: what is certainly no part of one. */
    private static final List<String> FAMILY =
            words("ho lastname familyname surname hokhachhang hokh hocuaban hodem hovatendem hotendem hovadem");

    private static final List<String> MIDDLE = words("tendem dem tenlot middlename additionalname");
    private static final List<String> GIVEN =
            words("firstname givenname forename tengoi tenrieng tencuaban tenkhachhang tenkh ten name");

    /** Beside a part of a name: {@code First Name (Billing)}. */
    private static final Pattern WHOSE = Pattern.compile(
            "^(billing|customer|contact|buyer|client|khachhang|nguoimua|shipping|recipient|receiver|nguoinhan)"
                    + "|(billing|customer|contact|buyer|client|khachhang|kh|nguoimua|shipping|recipient|receiver|nguoinhan)$");

    /** Of another number or another person. */
    private static final List<String> OTHER = words(
            "fax thue congty nhanvien staff employee sale phutrach nguoitao createdby dtnv thoainv nvkd ngay date ghichu"
                    + " note loai type model nguon label lienhekhancap gioithieu nguoigui sender nguoigiaohang shipper buuta taixe driver");

    /** Of whom an order goes to: a person of its own beside the customer. */
    private static final List<String> RECIPIENTS =
            words("nguoinhan nhanhang giaohang recipient receiver shipping delivery");

    /** Of whom the customer bought from, mostly; else the customers are these. */
    private static final List<String> SELLERS = words("cuahang chinhanh branch shop store agent daily ctv tuvan");

    /** What stands below a recipient's heading yields to all of the customer's own. */
    static final int RECIPIENT = 2_000;

    /** What holds texts that look like a name, or an e-mail of another one. */
    private static final List<String> NO_NAME = words(
            "congty company nhanvien staff employee sale phutrach nguoitao createdby owner agent tuvan diachi address tinh thanhpho"
                    + " city quan huyen district phuong ward quocgia country sanpham product mathang tenhang dichvu service khoahoc course"
                    + " chinhanh branch cuahang store shop kho nhom group tag trangthai status nguon source ghichu note mota"
                    + " description loai type chucvu chucdanh title nghe job kenh channel chiendich campaign fax gioithieu ref"
                    + " label ngay date gioitinh gender thanhtoan payment vanchuyen shipping truong school lop class model"
                    + " bank nganhang lydo reason item variation coupon state firstname givenname forename middlename lastname"
                    + " familyname surname");

    /** What holds phones of others, or numbers like phones, under a word that no phone has. */
    private static final List<String> NO_PHONE =
            words("company owner agent tuvan cuahang chinhanh branch bank nganhang taikhoan stk cmnd cccd");

    /** Of the phones of one customer; those of others, such as a recipient, stand for none. */
    private static final List<String> OWN_PHONES = words(
            "didong sodidong dtdd sdtdd dienthoaididong sodienthoaididong mobile mobilephone mobileno mobilenumber cellphone cell"
                    + " sdt sodt sodienthoai dienthoai sdtkh sdtkhachhang dienthoaikhachhang sodienthoaikhachhang dienthoaikh"
                    + " sodienthoaikh sdtkhach dtkhach dtkhachhang dtkh phone phonenumber phoneno customerphone"
                    + " contactphone contactnumber dt sodtdd sodd zalo"
                    + " sozalo sdtzalo telephone tel dienthoaiban dienthoaicodinh codinh dienthoainha homephone workphone"
                    + " dienthoaiphu sdtphu sodienthoaiphu dienthoaikhac sdtkhac sodienthoaikhac otherphone");

    private Heading() {}

    private static List<String> words(String words) {
        return List.of(words.split(" +"));
    }

    /**
     * Of the names of a form's fields those that mean the same, the surest first.
     *
     * @param meaning one of {@link Columns#FIELDS}, or {@code full_name}, {@code family_name},
     *                {@code middle_name}, {@code given_name}
     * @throws IllegalArgumentException it is none of these
     */
    public static List<String> meaning(String meaning, Collection<String> names) {
        ToIntFunction<String> rank = rank(meaning);
        return names.stream()
                .filter(name -> rank.applyAsInt(name) != Integer.MAX_VALUE)
                .sorted(Comparator.comparingInt(rank))
                .toList();
    }

    private static ToIntFunction<String> rank(String meaning) {
        return switch (meaning) {
            case "full_name" -> name -> isOf(GIVEN, name) ? Integer.MAX_VALUE : rank(name, 1);
            case "family_name" -> name -> rankIn(FAMILY, name);
            case "middle_name" -> name -> rankIn(MIDDLE, name);
            case "given_name" -> name -> rankIn(GIVEN, name);
            default -> {
                int field = Columns.FIELDS.indexOf(meaning);
                if (field < 0) {
                    throw new IllegalArgumentException("is no meaning of a field");
                }
                yield name -> rank(name, field);
            }
        };
    }

    private static boolean isOf(List<String> words, String name) {
        return rankIn(words, name) != Integer.MAX_VALUE;
    }

    private static int rankIn(List<String> words, String name) {
        String key = name.length() > LONGEST ? "" : key(name);
        String bare =
                WORDS.get(Columns.NAME).contains(key) ? key : WHOSE.matcher(key).replaceAll("");
        int exact = Math.max(words.indexOf(key), words.indexOf(bare));
        return exact < 0 ? Integer.MAX_VALUE : exact + (isRecipients(name) ? RECIPIENT : 0);
    }

    /** {@code Số ĐT (VD: 0912345678)} becomes {@code sodt}. */
    static String key(String heading) {
        return NO_LETTERS.matcher(withoutExample(heading)).replaceAll("");
    }

    /** {@code Số ĐT (VD: 0912345678)} becomes {@code so dt (}. */
    static String withoutExample(String heading) {
        String plain = BARRED_D.matcher(heading).replaceAll("d");
        plain = MARKS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
        return EXAMPLE.matcher(plain.toLowerCase(Locale.ROOT)).replaceFirst("");
    }

    /**
     * @param field of {@link Columns#FIELDS}
     * @return the lower, the surer; {@link Integer#MAX_VALUE}: the heading means something else
     */
    static int rank(String heading, int field) {
        if (heading.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        String key = key(heading);
        int recipients = isRecipients(heading) ? RECIPIENT : 0;
        int exact = WORDS.get(field).indexOf(withoutNumber(key));
        if (exact >= 0) {
            return exact + recipients;
        }
        boolean other = key.length() > 40 || OTHER.stream().anyMatch(key::contains);
        if (!other) {
            for (String part : PARTS.get(field)) {
                if (key.contains(part)) {
                    boolean sellers = recipients == 0 && SELLERS.stream().anyMatch(key::contains);
                    return 1000 + PARTS.get(field).indexOf(part) + (sellers ? 2 * RECIPIENT : recipients);
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    static boolean isRecipients(String heading) {
        String key = heading.length() > LONGEST ? "" : key(heading);
        return RECIPIENTS.stream().anyMatch(key::contains);
    }

    /** {@code Phone 1 - Value} is the first phone of a list of contacts. */
    private static String withoutNumber(String key) {
        Matcher numbered = NUMBERED.matcher(key);
        return numbered.matches() ? numbered.group(1) : key;
    }

    /** Whether a customer can be called there whose first phone is missing. */
    static boolean isOwnPhone(String heading) {
        return heading.length() <= LONGEST && OWN_PHONES.contains(withoutNumber(key(heading)));
    }

    /** Whether its content must not decide that a column holds names, or e-mails. */
    static boolean isOther(String heading) {
        String key = key(heading.substring(0, Math.min(heading.length(), LONGEST)));
        return NO_NAME.stream().anyMatch(key::contains);
    }

    /** Whether its content must not decide that a column holds the customers' phones. */
    static boolean isOfOther(String heading) {
        String key = key(heading.substring(0, Math.min(heading.length(), LONGEST)));
        return OTHER.stream().anyMatch(key::contains) || NO_PHONE.stream().anyMatch(key::contains);
    }

    /** Whether a column holds a part of a name. */
    static boolean isPartOfName(String heading) {
        return isOf(FAMILY, heading) || isOf(MIDDLE, heading) || isOf(GIVEN, heading);
    }
}
