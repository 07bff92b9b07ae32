package io.alohubsync.intake;

/**
 * Why a request is refused: the code for programs, and the sentence for people. {@code %s} stands
 * for the detail of one refusal, such as a field's name. Where Alohub has a code for it, it is
 * Alohub's.
 */
public enum Refusal {
    NO_BODY(
            400,
            "INVALID_JSON",
            new Words("The body is empty.", "Send one JSON object, for example {\"phone\": \"0868793800\"}."),
            new Words("Nội dung yêu cầu trống.", "Hãy gửi một đối tượng JSON, ví dụ {\"phone\": \"0868793800\"}.")),
    NOT_UTF_8(
            400,
            "INVALID_JSON",
            new Words("The body is not UTF-8.", "Send the text as UTF-8."),
            new Words("Nội dung yêu cầu không phải UTF-8.", "Hãy gửi nội dung ở dạng UTF-8.")),
    NOT_JSON(
            400,
            "INVALID_JSON",
            new Words(
                    "The body is not one JSON object: %s.",
                    "Send one JSON object, for example {\"phone\": \"0868793800\"}."),
            new Words(
                    "Nội dung yêu cầu không phải một đối tượng JSON hợp lệ: %s.",
                    "Hãy gửi một đối tượng JSON, ví dụ {\"phone\": \"0868793800\"}.")),
    NOT_A_FORM(
            400,
            "INVALID_FORM",
            new Words("The form in the body can't be read.", "Send it as application/x-www-form-urlencoded in UTF-8."),
            new Words(
                    "Không đọc được biểu mẫu trong nội dung yêu cầu.",
                    "Hãy gửi ở dạng application/x-www-form-urlencoded, mã hóa UTF-8.")),
    WRONG_TYPE(
            400,
            "INVALID_FIELD",
            new Words("The field %s is neither a text nor a number.", "Send it as a JSON string."),
            new Words("Trường %s không phải chuỗi cũng không phải số.", "Hãy gửi trường này dưới dạng chuỗi JSON.")),
    BAD_CHARACTERS(
            400,
            "INVALID_FIELD",
            new Words(
                    "The field %s holds a NUL character or half of a surrogate pair.",
                    "Remove it, or encode the text as UTF-8 before it is put into JSON."),
            new Words(
                    "Trường %s chứa ký tự NUL hoặc một nửa cặp surrogate.",
                    "Hãy bỏ ký tự đó, hoặc mã hóa văn bản bằng UTF-8 trước khi tạo JSON.")),
    FIELD_NOT_STORABLE(
            400,
            "INVALID_FIELD",
            new Words("The database refuses the field %s.", "Shorten the field, or leave it out."),
            new Words("Cơ sở dữ liệu từ chối trường %s.", "Hãy rút ngắn hoặc bỏ trường này.")),
    NOT_STORABLE(
            400,
            "INVALID_FIELD",
            new Words(
                    "The database refuses this lead, whichever field is left out.",
                    "Check the lead; if it looks right, ask the operator of alohub-sync."),
            new Words(
                    "Cơ sở dữ liệu từ chối khách hàng này, dù bỏ trường nào.",
                    "Hãy kiểm tra dữ liệu; nếu không thấy gì sai, hãy hỏi người vận hành alohub-sync.")),
    NOT_A_VERSION(
            400,
            "INVALID_FIELD",
            new Words("The field %s is not a whole number of 64 bits.", "Send a whole number, or leave the field out."),
            new Words("Trường %s không phải số nguyên 64 bit.", "Hãy gửi một số nguyên, hoặc bỏ trường này.")),
    PHONE(
            400,
            "INVALID_PHONE",
            new Words("%s", "Send a Vietnamese phone, for example 0868793800 or +84868793800."),
            new Words("%s", "Hãy gửi số điện thoại Việt Nam, ví dụ 0868793800 hoặc +84868793800.")),
    BAD_KEY(
            400,
            "INVALID_IDEMPOTENCY_KEY",
            new Words(
                    "The Idempotency-Key is not 1 to 255 visible ASCII characters.",
                    "Send a short text of your own for each lead, for example a UUID."),
            new Words(
                    "Idempotency-Key phải gồm 1 đến 255 ký tự ASCII nhìn thấy được.",
                    "Hãy gửi một chuỗi ngắn riêng cho mỗi khách hàng, ví dụ một UUID.")),
    TOKEN(
            401,
            "UNAUTHORIZED",
            new Words(
                    "The token is missing or unknown, or is not the one of the source in the address.",
                    "Send the token that the operator of alohub-sync gave you, in the header Authorization, and check the"
                            + " source in the address."),
            new Words(
                    "Thiếu token, token không đúng, hoặc không phải token của nguồn trong địa chỉ.",
                    "Hãy gửi token do người vận hành alohub-sync cấp trong header Authorization, và kiểm tra tên nguồn"
                            + " trong địa chỉ.")),
    SIGNATURE(
            401,
            "UNAUTHORIZED",
            new Words(
                    "The signature in the header %s is missing or does not fit the body.",
                    "Set the same secret in the platform and in alohub-sync."),
            new Words(
                    "Chữ ký trong header %s bị thiếu hoặc không khớp với nội dung.",
                    "Hãy đặt cùng một khóa bí mật trên nền tảng và trong alohub-sync.")),
    ORIGIN(
            403,
            "FORBIDDEN",
            new Words(
                    "The request comes from a browser, and a token does not belong into one.",
                    "Call from your server, and keep the token there."),
            new Words(
                    "Yêu cầu được gửi từ trình duyệt, mà token không được phép nằm trong trình duyệt.",
                    "Hãy gọi từ máy chủ của bạn và giữ token ở đó.")),
    NOT_FOUND(
            404,
            "NOT_FOUND",
            new Words(
                    "There is no such row of this token's source.",
                    "Use the status_url of an answer to this token. Rows are deleted some time after they are final."),
            new Words(
                    "Không có dòng này trong nguồn của token.",
                    "Hãy dùng status_url trong câu trả lời cho chính token này. Dòng đã xử lý xong sẽ bị xóa sau một thời gian.")),
    NO_SUCH_PATH(
            404,
            "NOT_FOUND",
            new Words(
                    "The intake has no such path.",
                    "Call /api/crm/lead, /api/crm/leads or /api/intake/{source}, spelt like this."),
            new Words(
                    "Không có đường dẫn này.",
                    "Hãy gọi đúng /api/crm/lead, /api/crm/leads hoặc /api/intake/{source}.")),
    METHOD(
            405,
            "METHOD_NOT_ALLOWED",
            new Words("This path takes %s alone.", "Send the request with that method."),
            new Words("Đường dẫn này chỉ nhận %s.", "Hãy gửi yêu cầu bằng phương thức đó.")),
    SLOW_BODY(
            408,
            "TIMEOUT",
            new Words("The body took too long to arrive.", "Send the request again."),
            new Words("Nội dung yêu cầu đến quá chậm.", "Hãy gửi lại yêu cầu.")),
    KEY_IN_USE(
            409,
            "IDEMPOTENCY_KEY_IN_USE",
            new Words("A request with this Idempotency-Key is still running.", "Send it again in a second."),
            new Words("Một yêu cầu với Idempotency-Key này vẫn đang được xử lý.", "Hãy gửi lại sau một giây.")),
    TOO_LARGE(
            413,
            "PAYLOAD_TOO_LARGE",
            new Words("The body is larger than %s.", "Send less at a time."),
            new Words("Nội dung yêu cầu lớn hơn %s.", "Hãy gửi ít dữ liệu hơn mỗi lần.")),
    MEDIA_TYPE(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            new Words(
                    "The Content-Type is not %s, names another charset than UTF-8, or a Content-Encoding was used.",
                    "Set the header Content-Type, and send the body as UTF-8 without a Content-Encoding."),
            new Words(
                    "Content-Type không phải %s, ghi bảng mã khác UTF-8, hoặc nội dung có Content-Encoding.",
                    "Hãy đặt header Content-Type và gửi nội dung UTF-8, không dùng Content-Encoding.")),
    KEY_REUSED(
            422,
            "IDEMPOTENCY_KEY_REUSED",
            new Words(
                    "This Idempotency-Key belongs to a request with another content.", "Use a new key for each lead."),
            new Words(
                    "Idempotency-Key này thuộc về một yêu cầu có nội dung khác.",
                    "Hãy dùng khóa mới cho mỗi khách hàng.")),
    RATE(
            429,
            "RATE_LIMIT_EXCEEDED",
            new Words(
                    "This source sends more than the setting alohub.intake.rate allows.",
                    "Send it again after retry_after seconds."),
            new Words(
                    "Nguồn này gửi nhiều hơn mức cho phép của cài đặt alohub.intake.rate.",
                    "Hãy gửi lại sau retry_after giây.")),
    FAULT(
            500,
            "FAIL",
            new Words("This is a fault of alohub-sync.", "Send the request again; report it if it goes on."),
            new Words("Đây là lỗi của alohub-sync.", "Hãy gửi lại yêu cầu; nếu vẫn lỗi, hãy báo cho người vận hành.")),
    BUSY(
            503,
            "BUSY",
            new Words(
                    "Too many requests wait already; nothing was stored.", "Send it again after retry_after seconds."),
            new Words("Đang có quá nhiều yêu cầu chờ; dữ liệu chưa được lưu.", "Hãy gửi lại sau retry_after giây.")),
    UNAVAILABLE(
            503,
            "UNAVAILABLE",
            new Words(
                    "The database does not answer.",
                    "Send it again after retry_after seconds; a repeated lead does no harm."),
            new Words(
                    "Cơ sở dữ liệu không trả lời.", "Hãy gửi lại sau retry_after giây; gửi lặp lại không gây hại gì."));

    /**
     * @param sentence what is wrong
     * @param remedy   what to do
     */
    record Words(String sentence, String remedy) {}

    private final int status;
    private final String code;
    private final Words english;
    private final Words vietnamese;

    Refusal(int status, String code, Words english, Words vietnamese) {
        this.status = status;
        this.code = code;
        this.english = english;
        this.vietnamese = vietnamese;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    Words words(boolean inVietnamese) {
        return inVietnamese ? vietnamese : english;
    }
}
