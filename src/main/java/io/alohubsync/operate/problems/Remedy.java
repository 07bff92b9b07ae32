package io.alohubsync.operate.problems;

import io.alohubsync.contact.Reason;
import java.util.stream.Stream;

/** What a problem means and what to do about it, in plain words. */
enum Remedy {
    REFUSED(
            "Alohub refused the values.",
            "Open a customer of the group: the answer has Alohub's words. Correct the values there or in the source; retry when Alohub's"
                    + " rule has changed.",
            "Alohub từ chối dữ liệu.",
            "Hãy mở một khách hàng trong nhóm để xem nguyên văn câu trả lời của Alohub. Sửa dữ liệu ngay tại đó hoặc ở hệ thống nguồn;"
                    + " gửi lại khi Alohub đã thay đổi quy định."),
    FAILED(
            "Alohub answered with an error of its own.",
            "Those that are being retried go on by themselves. Retry the dead ones when Alohub works again.",
            "Alohub trả lời bằng lỗi của chính hệ thống Alohub.",
            "Khách hàng đang được gửi lại sẽ tự chạy tiếp. Hãy gửi lại những khách hàng đã ngừng gửi khi Alohub hoạt động lại."),
    UNKNOWN(
            "Alohub's answer did not come, so the call may have been applied.",
            "It is sent again by itself after a wait. If it goes on, look at the network and at Alohub's answer times.",
            "Không nhận được câu trả lời của Alohub, nên có thể dữ liệu đã được ghi.",
            "Hệ thống tự gửi lại sau thời gian chờ. Nếu kéo dài, hãy kiểm tra mạng và thời gian trả lời của Alohub."),
    NOT_SENT(
            "Alohub could not be reached.",
            "The page of accounts says what the account needs; the command doctor says why.",
            "Không kết nối được đến Alohub.",
            "Trang tài khoản cho biết cần làm gì; lệnh doctor cho biết nguyên nhân."),
    THROTTLED(
            "Alohub asked for a slower pace.",
            "Nothing is to be done: the daemon keeps to it.",
            "Alohub yêu cầu gửi chậm lại.",
            "Không cần làm gì: hệ thống đã tự điều chỉnh."),
    ACCOUNT_REFUSED(
            "Alohub refused the account.",
            "The page of accounts says what the account needs.",
            "Alohub từ chối tài khoản.",
            "Trang tài khoản cho biết cần làm gì."),
    REJECTED(
            "The row was rejected and never sent.",
            "Correct it in the source: the daemon judges each new row. Export the group for the people who maintain the source.",
            "Dòng bị từ chối, chưa từng được gửi.",
            "Hãy sửa ở hệ thống nguồn: dòng được ghi lại sẽ được đọc lại. Có thể xuất nhóm này ra tệp cho người phụ trách nguồn."),
    ACCOUNT_UNKNOWN(
            "The row names an account that no replica serves.",
            "Correct the account in the source, or configure the account: the daemon then merges its rows.",
            "Dòng ghi tên một tài khoản chưa được cấu hình.",
            "Hãy sửa tên tài khoản ở hệ thống nguồn, hoặc cấu hình tài khoản này: các dòng sẽ tự được đọc lại.");

    private final String meaning;
    private final String remedy;
    private final String meaningVi;
    private final String remedyVi;

    Remedy(String meaning, String remedy, String meaningVi, String remedyVi) {
        this.meaning = meaning;
        this.remedy = remedy;
        this.meaningVi = meaningVi;
        this.remedyVi = remedyVi;
    }

    static Remedy of(ProblemKey key) {
        if (key.kind() == ProblemKey.Kind.REJECTION) {
            return key.reason().equals(Reason.ACCOUNT_UNKNOWN.code()) ? ACCOUNT_UNKNOWN : REJECTED;
        }
        String outcome = key.reason().replaceFirst("\\..*", "");
        return Stream.of(values())
                .filter(remedy -> remedy.name().equals(outcome))
                .findFirst()
                .orElse(FAILED);
    }

    /** Of a rejection its reason's own sentence. */
    String meaning(ProblemKey key, boolean inVietnamese) {
        return Reason.withCode(key.reason())
                .map(reason -> reason.sentence(inVietnamese))
                .orElse(inVietnamese ? meaningVi : meaning);
    }

    String remedy() {
        return remedy;
    }

    String remedyVi() {
        return remedyVi;
    }
}
