package io.alohubsync.contact;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why an outbox row was rejected, or what was repaired or dropped in it. The code is stable:
 * sources and operators match on it. The sentences are for people; the database shows them through
 * {@code alohub.reason}.
 */
public enum Reason {
    PHONE_MISSING("phone.missing", "The row has no phone.", "Dòng này không có số điện thoại."),
    PHONE_NO_DIGITS("phone.no-digits", "The phone has no digits.", "Số điện thoại không có chữ số nào."),
    PHONE_TOO_LONG(
            "phone.too-long",
            "The phone field is longer than 200 characters.",
            "Trường số điện thoại dài hơn 200 ký tự."),
    PHONE_NUMBER_FORMAT(
            "phone.number_format",
            "A spreadsheet or a number format destroyed the phone; export the column as text.",
            "Số điện thoại bị hỏng do định dạng số của bảng tính; hãy xuất cột này dưới dạng văn bản."),
    PHONE_SEVERAL(
            "phone.several",
            "The field holds several phones, and the setting alohub.phone.several is reject.",
            "Trường này chứa nhiều số điện thoại, và cài đặt alohub.phone.several là reject."),
    PHONE_LETTERS(
            "phone.letters",
            "The phone has letters where digits belong.",
            "Số điện thoại có chữ cái ở vị trí của chữ số."),
    PHONE_CHARACTERS(
            "phone.characters",
            "The phone has characters that belong to no phone number.",
            "Số điện thoại có ký tự không hợp lệ."),
    PHONE_FOREIGN(
            "phone.foreign",
            "The phone is not Vietnamese; Alohub takes Vietnamese numbers only.",
            "Số điện thoại không phải của Việt Nam; Alohub chỉ nhận số Việt Nam."),
    PHONE_SERVICE_NUMBER(
            "phone.service-number",
            "The phone is a service or emergency number, not a customer's.",
            "Đây là số dịch vụ hoặc số khẩn cấp, không phải số của khách hàng."),
    PHONE_PLACEHOLDER(
            "phone.placeholder",
            "The phone is a placeholder, not a customer's number.",
            "Đây là số điện thoại điền cho có, không phải số của khách hàng."),
    PHONE_LANDLINE(
            "phone.landline",
            "The phone is a landline, and the setting alohub.phone.landlines is reject.",
            "Đây là số cố định, và cài đặt alohub.phone.landlines là reject."),
    PHONE_DENIED_PREFIX(
            "phone.denied-prefix",
            "The setting alohub.phone.deny-prefixes excludes this phone's prefix.",
            "Cài đặt alohub.phone.deny-prefixes loại trừ đầu số này."),
    PHONE_OTHER_NUMBER(
            "phone.other-number",
            "The field says that this is another number (a fax, a tax code, an account, an identity card), not a"
                    + " phone.",
            "Trường này ghi rõ đây là số khác (fax, mã số thuế, số tài khoản, căn cước), không phải số điện thoại."),
    PHONE_INVALID(
            "phone.invalid",
            "The number does not exist in Vietnam's numbering plan; check its digits.",
            "Số này không có trong quy hoạch kho số của Việt Nam; hãy kiểm tra lại các chữ số."),
    ACCOUNT_UNKNOWN(
            "account.unknown",
            "No replica has registered the account that the row names; configure it, and the row is merged again"
                    + " automatically, or insert a new row with another account.",
            "Chưa có tiến trình nào đăng ký tài khoản ghi ở dòng này; hãy thêm cấu hình cho tài khoản đó, khi đó dòng"
                    + " được tự động xử lý lại, hoặc ghi một dòng mới với tài khoản khác."),
    VERSION_MISSING(
            "version.missing",
            "The row has no source_version, and its account goes by it (the setting alohub.order is source-version).",
            "Dòng này không có source_version, mà tài khoản của nó xếp thứ tự theo giá trị đó (cài đặt alohub.order là"
                    + " source-version)."),
    VERSION_AHEAD(
            "version.too-far-ahead",
            "The row's source_version is more than a day ahead of the clock, and no later value would ever replace it;"
                    + " correct it, or if it is no time, set alohub.source-version-unit to count.",
            "source_version của dòng này vượt quá giờ hiện tại hơn một ngày, nên giá trị mới hơn sẽ không thay thế được"
                    + " nó; hãy sửa lại, hoặc nếu đó không phải là thời gian thì đặt alohub.source-version-unit là count."),

    ROW_UNREADABLE(
            "row.unreadable",
            "The row could not be read; report it with its id, this is a fault of alohub-sync.",
            "Không đọc được dòng này; hãy báo lỗi kèm id của dòng, đây là lỗi của alohub-sync."),

    PHONE_DECIMAL_TAIL(
            "phone.decimal-tail-dropped",
            "The .0 that a spreadsheet put behind the phone was dropped.",
            "Đã bỏ phần .0 mà bảng tính thêm vào sau số điện thoại."),
    PHONE_LEADING_ZERO(
            "phone.leading-zero-restored",
            "The phone's leading zero was restored.",
            "Đã thêm lại số 0 ở đầu số điện thoại."),
    PHONE_OLD_PREFIX(
            "phone.old-prefix-converted",
            "The eleven-digit mobile was converted to its number since 2018.",
            "Đã đổi số di động 11 số sang đầu số mới (chuyển đổi năm 2018)."),
    PHONE_EXTENSION("phone.extension-dropped", "The phone's extension was dropped.", "Đã bỏ số máy lẻ."),
    PHONE_TEXT(
            "phone.text-dropped",
            "The text before or behind the phone was dropped.",
            "Đã bỏ phần chữ đứng trước hoặc sau số điện thoại."),
    PHONE_PROTECTION(
            "phone.protection-dropped",
            "The quotes that a spreadsheet put around the phone were dropped.",
            "Đã bỏ dấu ngoặc kép mà bảng tính đặt quanh số điện thoại."),
    PHONE_FIRST_MOBILE(
            "phone.first-mobile-taken",
            "The field held several phones; the first mobile was taken.",
            "Trường này chứa nhiều số điện thoại; đã lấy số di động đầu tiên."),
    PHONE_COUNTRY_CODE(
            "phone.country-code-repaired",
            "The country code was missing behind the plus, written twice or had a zero before it, and was"
                    + " repaired.",
            "Thiếu mã quốc gia sau dấu +, hoặc mã bị ghi hai lần hay thừa số 0 phía trước; đã sửa lại."),
    PHONE_INVISIBLE(
            "phone.characters-cleaned",
            "Invisible or foreign-script characters in the phone were cleaned.",
            "Đã bỏ ký tự ẩn hoặc đổi chữ số lạ về chữ số thường trong số điện thoại."),
    NAME_DROPPED(
            "name.dropped",
            "The name was only a phone, an e-mail or a null word and was dropped.",
            "Tên chỉ là số điện thoại, e-mail hoặc từ vô nghĩa như null nên đã bị bỏ."),
    NAME_MASKED(
            "name.masked",
            "The name was masked (N***n) and was dropped; a better name stays.",
            "Tên bị che (N***n) nên đã bị bỏ; tên đầy đủ đã có vẫn được giữ."),
    NAME_DAMAGED(
            "name.damaged",
            "Letters of the name were lost or read in a wrong encoding, and it was dropped; export it as UTF-8.",
            "Tên bị mất chữ hoặc bị đọc sai bảng mã nên bị bỏ; hãy xuất dữ liệu ở dạng UTF-8."),
    NAME_PLACEHOLDER(
            "name.placeholder",
            "The name is a placeholder (the setting alohub.name.placeholders) and was dropped.",
            "Tên chỉ điền cho có (cài đặt alohub.name.placeholders) nên bị bỏ."),
    NAME_ENTITIES(
            "name.entities-decoded",
            "HTML entities in the name were decoded.",
            "Đã giải mã các ký hiệu HTML trong tên."),
    NAME_LETTERS(
            "name.letters-repaired",
            "Letters that only look right (Icelandic, mathematical) were replaced by plain ones.",
            "Đã thay các ký tự chỉ trông giống chữ cái (tiếng Iceland, ký hiệu toán học) bằng chữ cái đúng."),
    NAME_SHORTENED("name.shortened", "The name was cut to 255 characters.", "Tên đã được cắt còn 255 ký tự."),
    EMAIL_ENTITIES(
            "email.entities-decoded",
            "HTML entities in the e-mail were decoded.",
            "Đã giải mã các ký hiệu HTML trong e-mail."),
    EMAIL_DROPPED(
            "email.dropped",
            "The e-mail is not valid and was dropped; the customer is sent without it.",
            "E-mail không hợp lệ nên đã bị bỏ; khách hàng vẫn được gửi mà không có e-mail."),
    EMAIL_PLACEHOLDER(
            "email.placeholder",
            "The e-mail is a placeholder (the setting alohub.email.placeholders) and was dropped.",
            "E-mail chỉ điền cho có (cài đặt alohub.email.placeholders) nên bị bỏ."),
    EMAIL_FIRST_VALID(
            "email.first-valid-taken",
            "The field held several e-mails; the first valid one was taken.",
            "Trường này chứa nhiều e-mail; đã lấy e-mail hợp lệ đầu tiên.");

    private static final Map<String, Reason> BY_CODE =
            Stream.of(values()).collect(Collectors.toMap(Reason::code, Function.identity()));

    private final String code;
    private final String english;
    private final String vietnamese;

    Reason(String code, String english, String vietnamese) {
        this.code = code;
        this.english = english;
        this.vietnamese = vietnamese;
    }

    /** @return empty: the code is none of this version's */
    public static Optional<Reason> withCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    public String sentence(boolean inVietnamese) {
        return inVietnamese ? vietnamese : english;
    }

    public String code() {
        return code;
    }

    public String english() {
        return english;
    }

    public String vietnamese() {
        return vietnamese;
    }
}
