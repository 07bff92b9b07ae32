package io.alohubsync.operate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sentences that the daemon and the operator functions store in English ({@code error}, a
 * hold's or an account's reason), with their Vietnamese ones: the database has one language, a page
 * its reader's. What the CRM or a person wrote stays as it is.
 */
public enum OwnSentence {
    REPLICA_ENDED(
            "The replica that had this customer ended before it recorded what came of the call.",
            "Tiến trình đang gửi khách hàng này đã kết thúc trước khi ghi lại kết quả của lần gửi."),
    EXHAUSTED(
            "Its replica ended without an answer in the last attempt allowed. Find out what ends the replicas, then retry it.",
            "Tiến trình kết thúc mà chưa có câu trả lời, ở lần gửi cuối cùng được phép. Hãy tìm xem vì sao tiến trình kết thúc, rồi gửi lại"
                    + " khách hàng này."),
    NOT_SENT_IN_TIME("it was not sent within a day", "không gửi được trong vòng một ngày"),
    NO_STATUS(
            "the answer is garbled: HTTP has no status {0}",
            "câu trả lời không đúng dạng: HTTP không có mã trạng thái {0}"),
    NOT_FINAL("HTTP {0} came, which is not a final answer", "nhận được HTTP {0}, chưa phải câu trả lời cuối cùng"),
    COMPRESSED(
            "HTTP {0}: the answer's compressed content can't be read",
            "HTTP {0}: không giải nén được nội dung của câu trả lời"),
    WEB_PAGE(
            "a web page came instead of Alohub's answer: {0}",
            "nhận được một trang web thay cho câu trả lời của Alohub: {0}"),
    NOT_JSON("the answer is not the JSON it claims to be: {0}", "câu trả lời không phải là JSON như đã khai báo: {0}"),
    NO_SUCCESS(
            "the answer has no success, which alohub.answer.require-success asks for: {0}",
            "câu trả lời không có success, trong khi alohub.answer.require-success yêu cầu có: {0}"),
    PROXY_LOGIN("a proxy on the way asks for a login: {0}", "một proxy trên đường đi yêu cầu đăng nhập: {0}"),
    NOT_MODIFIED(
            "HTTP 304: no server answers so to a POST; a cache or proxy on the way may. Set alohub.base-url to the address that answers.",
            "HTTP 304: không máy chủ nào trả lời POST như vậy, có thể do bộ nhớ đệm hoặc proxy trên đường đi. Hãy đặt alohub.base-url"
                    + " là địa chỉ trả lời."),
    REDIRECT_ELSEWHERE(
            "HTTP {0}: Alohub's address redirects to another page; the key does not follow. Set alohub.base-url to the address that answers.",
            "HTTP {0}: địa chỉ của Alohub chuyển hướng đến trang khác; khóa không được gửi theo. Hãy đặt alohub.base-url là địa chỉ trả lời."),
    REDIRECT(
            "HTTP {0}: Alohub's address redirects to {1}; the key does not follow. Set alohub.base-url to the address that answers.",
            "HTTP {0}: địa chỉ của Alohub chuyển hướng đến {1}; khóa không được gửi theo. Hãy đặt alohub.base-url là địa chỉ trả lời."),
    BROKE_OFF("the answer broke off", "câu trả lời bị ngắt giữa chừng"),
    NO_NAME("the host's name can't be resolved", "không phân giải được tên máy chủ"),
    BY_PROXY("the proxy does not connect to Alohub{0}", "proxy không kết nối đến Alohub{0}"),
    REFUSED("the connection was refused or not made in time", "kết nối bị từ chối hoặc không thiết lập kịp"),
    NO_ROUTE("there is no route to the host", "không có đường mạng đến máy chủ"),
    NO_NETWORK(
            "no connection could be begun: no network, or no free port",
            "không mở được kết nối: không có mạng, hoặc hết cổng trống"),
    BROKE("the connection broke before an answer came", "kết nối bị ngắt trước khi có câu trả lời"),
    UNTRUSTED(
            "TLS failed: the certificate of alohub.base-url is not trusted; trust its authority with javax.net.ssl.trustStore"
                    + " (docs/kubernetes.md), or ask who runs the address or a proxy on the way",
            "TLS thất bại: chứng chỉ của alohub.base-url không được tin cậy; hãy thêm tổ chức cấp chứng chỉ vào"
                    + " javax.net.ssl.trustStore (docs/kubernetes.md), hoặc hỏi bên quản lý địa chỉ đó hay proxy trên đường đi"),
    EXPIRED(
            "TLS failed: the certificate of alohub.base-url has expired or is not valid yet; have it renewed, and check this machine's"
                    + " clock",
            "TLS thất bại: chứng chỉ của alohub.base-url đã hết hạn hoặc chưa có hiệu lực; hãy yêu cầu gia hạn, và kiểm tra đồng hồ của"
                    + " máy này"),
    OTHER_NAME(
            "TLS failed: the certificate of alohub.base-url is for another name; set alohub.base-url to the name in it, or have it"
                    + " corrected",
            "TLS thất bại: chứng chỉ của alohub.base-url được cấp cho tên khác; hãy đặt alohub.base-url theo tên trong chứng chỉ, hoặc"
                    + " yêu cầu sửa chứng chỉ"),
    NO_TLS(
            "TLS failed: alohub.base-url does not speak TLS at this port; correct its port, or begin it with http: where the way to it is"
                    + " safe",
            "TLS thất bại: cổng này của alohub.base-url không dùng TLS; hãy sửa cổng, hoặc bắt đầu địa chỉ bằng http: nếu đường đi an toàn"),
    SLOW_TLS(
            "TLS failed: the handshake did not end in time; check the firewall and the proxy on the way to alohub.base-url",
            "TLS thất bại: bắt tay không xong kịp; hãy kiểm tra tường lửa và proxy trên đường đến alohub.base-url"),
    BROKEN_TLS(
            "TLS failed: the handshake was broken off{0}; check the firewall and the proxy on the way, and ask Alohub which versions of"
                    + " TLS it takes",
            "TLS thất bại: bắt tay bị ngắt giữa chừng{0}; hãy kiểm tra tường lửa và proxy trên đường đi, và hỏi Alohub nhận phiên bản"
                    + " TLS nào"),
    TLS("TLS failed", "TLS thất bại"),
    NO_ANSWER("no answer within {0} ms", "không có câu trả lời trong {0} ms"),
    STOPPED(
            "alohub-sync was stopped while it waited for the answer",
            "alohub-sync bị dừng trong lúc đang chờ câu trả lời"),
    FAULT("the call failed in alohub-sync itself: {0}", "lần gửi hỏng do lỗi của chính alohub-sync: {0}"),
    OTHERS_ACCEPTED(
            "{0} (others are accepted: it is this customer that is refused)",
            "{0} (các khách hàng khác được chấp nhận: chỉ khách hàng này bị từ chối)"),
    KEY_IN_PAUSE(
            "Alohub refuses the key: it did so while it had asked for a pause.",
            "Alohub từ chối khóa API, ngay trong lúc yêu cầu tạm ngừng gửi."),
    KEY("Alohub refuses the key: {0}", "Alohub từ chối khóa API: {0}"),
    ENDPOINT("Alohub has no endpoint at this address: {0}", "Địa chỉ này không phải API của Alohub: {0}"),
    PAYMENT("Alohub asks for a payment: {0}", "Alohub yêu cầu thanh toán: {0}"),
    CONTRACT("The endpoint does not take requests like these: {0}", "Địa chỉ này không nhận loại yêu cầu như vậy: {0}"),
    FIREWALL(
            "A firewall or CDN in front of Alohub refuses the requests: {0}",
            "Tường lửa hoặc CDN phía trước Alohub từ chối các yêu cầu: {0}"),
    CONNECTION("No connection to Alohub: {0}", "Không kết nối được đến Alohub: {0}"),
    FAILING(
            "Alohub fails for one customer after the other: {0}",
            "Alohub liên tục gặp lỗi, hết khách hàng này đến khách hàng khác: {0}"),
    REFUSALS(
            "Alohub refuses one customer after the other and accepts none: {0}",
            "Alohub liên tục từ chối các khách hàng và không chấp nhận khách hàng nào: {0}"),
    PAUSE("Alohub asked for a pause: {0}", "Alohub yêu cầu tạm ngừng gửi: {0}"),
    FEWER("Alohub takes fewer calls than were made: {0}", "Alohub nhận ít lần gửi hơn số đã gửi: {0}"),
    PROBE(
            "A probe got through; calls resume, a few at first.",
            "Một lần gửi thử đã thành công; hệ thống gửi tiếp, lúc đầu gửi ít."),
    OTHER_KEY(
            "Another key is in use; calls resume, a few at first.",
            "Đã dùng khóa khác; hệ thống gửi tiếp, lúc đầu gửi ít."),
    PAUSE_OVER(
            "The pause is over; calls resume, fewer at first.",
            "Đã hết thời gian tạm ngừng; hệ thống gửi tiếp, lúc đầu gửi ít hơn."),
    HELD("held by a person", "có người giữ lại"),
    PAUSED("paused by a person", "có người tạm dừng"),
    RESUMED_BECAUSE("resumed: {0}", "cho gửi tiếp: {0}"),
    RESUMED("resumed", "cho gửi tiếp"),
    CORRECTED_BECAUSE("phone corrected to {0} by {1}: {2}", "{1} đã sửa số điện thoại thành {0}: {2}"),
    CORRECTED("phone corrected to {0} by {1}", "{1} đã sửa số điện thoại thành {0}"),
    EXPORTED("the file was written to its end: {0}", "đã ghi xong tệp: {0}"),
    EXPORT_BROKE("the file broke off: {0}", "tệp bị ngắt giữa chừng: {0}");

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private final String english;
    private final String vietnamese;
    private final Pattern pattern;

    OwnSentence(String english, String vietnamese) {
        this.english = english;
        this.vietnamese = vietnamese;
        this.pattern = Pattern.compile(
                Stream.of(english.split("\\{\\d}", -1)).map(Pattern::quote).collect(Collectors.joining("(.*?)")),
                Pattern.DOTALL);
    }

    /** With {@code {0}} where the sentence has a value. */
    String english() {
        return english;
    }

    String vietnamese() {
        return vietnamese;
    }

    /**
     * Words of several answers are joined by {@code |}.
     *
     * @return the words themselves where they are none of these sentences
     */
    public static String inVietnamese(String words) {
        return Stream.of(words.split(" \\| ", -1)).map(OwnSentence::one).collect(Collectors.joining(" | "));
    }

    private static String one(String words) {
        return Stream.of(values())
                .map(sentence -> sentence.of(words))
                .filter(found -> found != null)
                .findFirst()
                .orElse(words);
    }

    private @Nullable String of(String words) {
        Matcher found = pattern.matcher(words);
        if (!found.matches()) {
            return null;
        }
        // A value may be one of the other sentences: an account's reason names what came of a call.
        return PLACE.matcher(vietnamese)
                .replaceAll(place ->
                        Matcher.quoteReplacement(inVietnamese(found.group(Integer.parseInt(place.group(1)) + 1))));
    }
}
