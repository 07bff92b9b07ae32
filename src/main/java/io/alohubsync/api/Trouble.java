package io.alohubsync.api;

/** Errors of HTTP and of the database: what the services decline has its own words. */
enum Trouble {
    NOT_JSON(
            400,
            "The body is not one JSON object with the fields of this path.",
            "Send one, or no body: the documentation has an example.",
            "Nội dung yêu cầu không phải một đối tượng JSON có các trường của đường dẫn này.",
            "Hãy gửi một đối tượng JSON, hoặc không gửi nội dung: tài liệu có ví dụ."),
    UNAUTHORIZED(
            401,
            "The request has no login that may read this.",
            "Send a token of the API in the header Authorization: Bearer …",
            "Yêu cầu không cho biết người được phép xem nội dung này.",
            "Hãy gửi token của API trong header Authorization: Bearer …"),
    FORBIDDEN(
            403,
            "This role may not do that.",
            "Ask an administrator for a token or a login with the role operator.",
            "Vai trò này không được phép làm việc đó.",
            "Hãy đề nghị quản trị viên cấp token hoặc tài khoản có vai trò operator."),
    TOO_LARGE(
            413,
            "The body is larger than 16 KiB.",
            "Send less.",
            "Nội dung yêu cầu lớn hơn 16 KiB.",
            "Hãy gửi ít dữ liệu hơn."),
    MEDIA_TYPE(
            415,
            "The Content-Type is not application/json, names another charset than UTF-8, or a Content-Encoding was used.",
            "Set the header Content-Type: application/json, and send UTF-8 without a Content-Encoding.",
            "Content-Type không phải application/json, ghi bảng mã khác UTF-8, hoặc nội dung có Content-Encoding.",
            "Hãy đặt header Content-Type: application/json và gửi UTF-8, không dùng Content-Encoding."),
    NO_FILE(
            415,
            "The body is a form, or compressed: it has to be the file itself.",
            "Send the file as it is, for example with curl --data-binary @customers.csv, without a Content-Encoding.",
            "Nội dung yêu cầu là một biểu mẫu hoặc đã được nén: nội dung phải là chính tệp đó.",
            "Hãy gửi nguyên tệp, ví dụ bằng curl --data-binary @khachhang.csv, không dùng Content-Encoding."),
    BROKEN_OFF(
            400,
            "The body broke off or arrived damaged. Nothing of it was kept.",
            "Send the file once more.",
            "Nội dung yêu cầu bị ngắt hoặc đến bị hỏng. Hệ thống không giữ lại gì.",
            "Hãy gửi lại tệp."),
    FAULT(
            500,
            "The request failed because of a fault in alohub-sync.",
            "Try again; if it fails again, the log of the replica says where.",
            "Yêu cầu thất bại do lỗi của alohub-sync.",
            "Hãy thử lại; nếu vẫn lỗi, log của tiến trình cho biết vị trí lỗi."),
    DATABASE_AWAY(
            503,
            "The database can't be reached.",
            "Try again after the seconds in Retry-After; what sources write is not lost meanwhile.",
            "Không kết nối được đến cơ sở dữ liệu.",
            "Hãy thử lại sau số giây trong Retry-After; dữ liệu do các nguồn ghi không bị mất."),
    DATABASE_SLOW(
            503,
            "The database did not answer within two seconds.",
            "Try again in a moment, or ask for less.",
            "Cơ sở dữ liệu không trả lời trong hai giây.",
            "Hãy thử lại sau giây lát, hoặc yêu cầu ít dữ liệu hơn."),
    LOCKED(
            503,
            "Somebody else works on the same customer at this moment.",
            "Try again in a second.",
            "Có người khác đang thao tác trên chính khách hàng này.",
            "Hãy thử lại sau một giây."),
    NOT_MIGRATED(
            503,
            "The database has not been migrated to this version.",
            "Run the command migrate.",
            "Cơ sở dữ liệu chưa được nâng cấp lên phiên bản này.",
            "Hãy chạy lệnh migrate."),
    RIGHT_MISSING(
            503,
            "The daemon's user lacks a right in the database.",
            "Run the command doctor: it says what is missing.",
            "Người dùng của tiến trình nền thiếu quyền trong cơ sở dữ liệu.",
            "Hãy chạy lệnh doctor: lệnh này cho biết còn thiếu gì.");

    private final int status;
    private final String english;
    private final String remedy;
    private final String vietnamese;
    private final String remedyVi;

    Trouble(int status, String... words) {
        this.status = status;
        this.english = words[0];
        this.remedy = words[1];
        this.vietnamese = words[2];
        this.remedyVi = words[3];
    }

    int status() {
        return status;
    }

    String sentence(boolean inVietnamese) {
        return inVietnamese ? vietnamese : english;
    }

    String remedy(boolean inVietnamese) {
        return inVietnamese ? remedyVi : remedy;
    }
}
