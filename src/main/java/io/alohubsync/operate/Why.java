package io.alohubsync.operate;

/**
 * Why something is declined: a code that programs match on, and the sentences for people.
 * {@code %s} stands for a detail of the request.
 */
public enum Why {
    FIELD_MISSING(
            400,
            "The field %s is missing.",
            "Give it a value.",
            "Thiếu trường %s.",
            "Hãy nhập giá trị cho trường này."),
    FIELD_INVALID(
            400,
            "The value of %s can't be read.",
            "The documentation of the API says what it takes.",
            "Không đọc được giá trị của %s.",
            "Tài liệu API cho biết các giá trị hợp lệ."),
    TOO_LONG(
            400, "The value of %s is too long.", "Shorten it.", "Giá trị của %s quá dài.", "Hãy rút ngắn giá trị này."),
    CHARACTERS(
            400,
            "The value of %s holds a NUL character or half of a surrogate pair.",
            "Remove it.",
            "Giá trị của %s chứa ký tự NUL hoặc một nửa cặp surrogate.",
            "Hãy bỏ ký tự đó."),
    PAGE_SIZE(
            400,
            "The size of a page is 1 to 200.",
            "Ask for less, and go on with the cursor.",
            "Mỗi trang có từ 1 đến 200 dòng.",
            "Hãy giảm số dòng và xem tiếp bằng con trỏ trang (cursor)."),
    CURSOR(
            400,
            "The cursor is none of this list.",
            "Begin without a cursor, or take the one of the page before.",
            "Con trỏ trang (cursor) không thuộc danh sách này.",
            "Hãy bắt đầu lại không có cursor, hoặc dùng cursor của trang trước."),
    GROUP(
            400,
            "The key names no group of problems.",
            "Take the key from the list of problems.",
            "Khóa này không phải của một nhóm lỗi.",
            "Hãy lấy khóa từ danh sách lỗi."),
    PHONE(
            400,
            "%s",
            "Give a Vietnamese phone, for example 0868793800.",
            "%s",
            "Hãy nhập số điện thoại Việt Nam, ví dụ 0868793800."),
    NAME(
            400,
            "The name holds nothing that could be sent.",
            "Give the customer's name.",
            "Tên không có nội dung nào có thể gửi.",
            "Hãy nhập tên của khách hàng."),
    EMAIL(
            400,
            "The e-mail is no address that could be delivered to.",
            "Give one address, for example bang@gmail.com.",
            "Email không phải là địa chỉ hợp lệ.",
            "Hãy nhập một địa chỉ, ví dụ bang@gmail.com."),
    NOTHING_CHANGES(
            400,
            "The correction changes nothing.",
            "Change the phone, the name or the e-mail.",
            "Nội dung sửa không thay đổi gì.",
            "Hãy sửa số điện thoại, tên hoặc email."),
    NO_CUSTOMER(
            404,
            "There is no such customer.",
            "Search for the phone: the row may be new or rejected.",
            "Không có khách hàng này.",
            "Hãy tìm theo số điện thoại: dòng có thể còn mới hoặc đã bị từ chối."),
    NO_ACCOUNT(
            404,
            "There is no such account.",
            "The list of accounts has their names.",
            "Không có tài khoản này.",
            "Danh sách tài khoản cho biết các tên hiện có."),
    NO_BULK_ACTION(
            404,
            "There is no such bulk action.",
            "The list of bulk actions has their ids.",
            "Không có lệnh hàng loạt này.",
            "Danh sách lệnh hàng loạt cho biết các mã hiện có."),
    CHANGED_MEANWHILE(
            409,
            "The customer has changed since it was shown.",
            "Look at it again, then decide.",
            "Khách hàng đã thay đổi sau khi được hiển thị.",
            "Hãy xem lại rồi quyết định."),
    ALREADY_CORRECTED(
            409,
            "The phone of this customer was corrected to %s.",
            "Correct that customer: the page of this one leads there.",
            "Số điện thoại của khách hàng này đã được sửa thành %s.",
            "Hãy sửa ở khách hàng đó: trang của khách hàng này có đường dẫn."),
    ONTO_EXISTING(
            409,
            "This phone has another customer already.",
            "Search for it. If that is the same person, confirm it with the box (API: onto_existing): that customer keeps its name and e-mail, and gets what it lacks.",
            "Số điện thoại này đã có một khách hàng khác.",
            "Hãy tìm số đó. Nếu là cùng một người, hãy đánh dấu ô xác nhận (API: onto_existing) rồi gửi lại: khách hàng đó giữ tên và email đang có, và chỉ nhận thêm phần còn thiếu."),
    KEY_REUSED(
            409,
            "This idempotency key belongs to another bulk action.",
            "Use a new key for each bulk action.",
            "Khóa chống trùng (idempotency key) này thuộc về một lệnh hàng loạt khác.",
            "Hãy dùng khóa mới cho mỗi lệnh hàng loạt."),
    ALREADY_RUNNING(
            409,
            "A bulk action on this group is still running.",
            "Wait for its end, or stop it first.",
            "Một lệnh hàng loạt trên nhóm này vẫn đang chạy.",
            "Hãy đợi lệnh đó kết thúc, hoặc dừng lệnh đó trước."),
    ALREADY_ENDED(
            409,
            "The bulk action has ended.",
            "Start another one.",
            "Lệnh hàng loạt này đã kết thúc.",
            "Hãy bắt đầu một lệnh khác."),
    NOTHING_HELD(
            409,
            "This bulk action has held no customers.",
            "Take the id of an action of the kind HOLD.",
            "Lệnh hàng loạt này không giữ lại khách hàng nào.",
            "Hãy dùng mã của một lệnh giữ lại."),
    NO_UPLOAD(
            404,
            "There is no such import.",
            "The list of imports has the newest ones.",
            "Không có lần nhập tệp này.",
            "Danh sách nhập tệp có các lần mới nhất."),
    UPLOADS_WAIT(
            409,
            "Three files wait already.",
            "Confirm or cancel one of them, then upload this file again.",
            "Đã có ba tệp đang chờ.",
            "Hãy xác nhận hoặc hủy một tệp, rồi tải tệp này lên lại."),
    UPLOAD_EMPTY(
            400,
            "The file is empty.",
            "Choose a CSV or XLSX file with customers in it.",
            "Tệp trống.",
            "Hãy chọn tệp CSV hoặc XLSX có khách hàng."),
    UPLOAD_TOO_LARGE(
            413,
            "The file is larger than 64 MB.",
            "Split it, or import it on the command line with the command import.",
            "Tệp lớn hơn 64 MB.",
            "Hãy chia nhỏ tệp, hoặc nhập bằng lệnh import ở dòng lệnh."),
    UPLOAD_CHANGED(
            409,
            "This import has moved on since the page was shown.",
            "Look at it again, then decide.",
            "Lần nhập tệp này đã sang bước khác sau khi trang được hiển thị.",
            "Hãy xem lại rồi quyết định."),
    UPLOAD_SLOW(
            408,
            "The upload took longer than 14 minutes and was ended.",
            "Use a faster connection, split the file, or use the command import.",
            "Việc tải lên kéo dài quá 14 phút nên đã bị dừng.",
            "Hãy dùng đường truyền nhanh hơn, chia nhỏ tệp, hoặc dùng lệnh import."),
    UPLOAD_KEY_REUSED(
            409,
            "This idempotency key belongs to another file, account or source.",
            "Use a new key for each file.",
            "Khóa chống trùng (idempotency key) này thuộc về một tệp, tài khoản hoặc nguồn khác.",
            "Hãy dùng khóa mới cho mỗi tệp."),
    REPORT_GONE(
            404,
            "There is no report of rejected lines.",
            "A report is kept for 24 hours. Import the file again if you need it.",
            "Không có báo cáo các dòng bị từ chối.",
            "Báo cáo được giữ trong 24 giờ. Nếu cần, hãy nhập lại tệp."),
    NOT_FOR_REJECTIONS(
            409,
            "Rejected rows have no customer: there is nothing to retry or to hold.",
            "Correct the rows in the source; export the group for that.",
            "Dòng bị từ chối không có khách hàng: không có gì để gửi lại hay giữ lại.",
            "Hãy sửa các dòng ở hệ thống nguồn; có thể xuất nhóm này ra tệp.");

    private final int status;
    private final String english;
    private final String remedy;
    private final String vietnamese;
    private final String remedyVi;

    Why(int status, String... words) {
        this.status = status;
        this.english = words[0];
        this.remedy = words[1];
        this.vietnamese = words[2];
        this.remedyVi = words[3];
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    String english() {
        return english;
    }

    String remedy() {
        return remedy;
    }

    String vietnamese() {
        return vietnamese;
    }

    String remedyVi() {
        return remedyVi;
    }
}
