-- Who refuses the account, as far as an answer tells: the remedy names the right party, in Vietnamese too.
ALTER TABLE alohub.account
  DROP CONSTRAINT account_gate_cause_check,
  ADD CONSTRAINT account_gate_cause_check CHECK (gate_cause IN
    ('KEY', 'ENDPOINT', 'PAYMENT', 'CONTRACT', 'FIREWALL', 'CONNECTION', 'FAILING', 'REFUSALS'));

DROP VIEW alohub.account_status;
CREATE VIEW alohub.account_status AS
SELECT name AS account, gate AS state, gate_since AS since, gate_until AS until, gate_by AS by, gate_reason AS reason, gate_needs AS needs,
       CASE WHEN gate_needs IS NULL THEN NULL
            WHEN gate = 'PAUSED' THEN 'Chạy SELECT alohub.resume(''' || name || ''') để gửi tiếp.'
            WHEN gate = 'THROTTLED' THEN 'Không cần làm gì: hết thời gian tạm dừng, hệ thống tự gửi tiếp.'
            ELSE CASE coalesce(gate_cause, CASE gate WHEN 'REFUSED' THEN 'KEY' WHEN 'MISCONFIGURED' THEN 'ENDPOINT' WHEN 'UNREACHABLE' THEN 'CONNECTION' END)
              WHEN 'KEY' THEN 'Thay khóa API (tệp alohub.api-key-file được tự động đọc lại), hoặc đề nghị Alohub cấp quyền contacts cho khóa này.'
              WHEN 'ENDPOINT' THEN 'Kiểm tra và sửa lại alohub.base-url.'
              WHEN 'PAYMENT' THEN 'Thanh toán cho tài khoản Alohub, hoặc hỏi Alohub xem còn khoản nào chưa thanh toán; sau đó hệ thống tự gửi tiếp.'
              WHEN 'CONTRACT' THEN 'Hỏi Alohub xem API nhận khách hàng có thay đổi không, hỏi người quản trị proxy (nếu có) xem proxy có làm thay đổi yêu cầu không; kiểm tra alohub.base-url.'
              WHEN 'FIREWALL' THEN 'Đề nghị bên quản lý tường lửa hoặc CDN đứng trước Alohub cho phép các yêu cầu gửi từ địa chỉ của máy chủ này; nguyên nhân không phải do khóa API.'
              WHEN 'CONNECTION' THEN 'Kiểm tra alohub.base-url, DNS, tường lửa và proxy.'
              WHEN 'FAILING' THEN 'Không cần làm gì: hệ thống tự gửi thử và tự gửi tiếp khi Alohub hoạt động lại. Nếu kéo dài, hãy hỏi Alohub.'
              WHEN 'REFUSALS' THEN 'So sánh dữ liệu gửi đi với dữ liệu mà Alohub yêu cầu (alohub.phone-format, alohub.base-url); sau đó chạy SELECT alohub.resume(''' || name || '''), hoặc đợi đến khi một lần gửi thử được chấp nhận.'
              END
            END AS needs_vi,
       CASE WHEN gate IN ('REFUSED', 'MISCONFIGURED', 'UNREACHABLE') THEN probe_at END AS next_probe_at,
       learned_rate, cardinality(refused_keys) AS refused_keys, seen_at
FROM alohub.account;
COMMENT ON VIEW alohub.account_status IS 'One row per account: whether calls go to Alohub, since when, until when, why not, and what it needs.';

SELECT alohub.hand_over();
