package io.alohubsync.config;

import io.smallrye.config.WithDefault;
import java.util.List;

/** The settings under {@code alohub.name.}: which names are no person's. */
public interface NameSettings {

    /** Placeholders in place of a name; case and diacritics make no difference. */
    @WithDefault("Khách lẻ,Khách hàng,Khách,Khách vãng lai,Khách mới,Khách hàng mới,"
            + "Khách hàng lẻ,Khách online,Tên khách hàng,Họ và tên,Họ tên,Không tên,"
            + "Chưa có tên,Không có tên,Không rõ,Không biết,Người dùng Facebook,"
            + "Facebook User,No name,Unknown,Anonymous,Guest,Customer,Walk-in customer,"
            + "Full name,Your name,test,testing,test test,xxx,asdf,qwerty,.")
    List<String> placeholders();
}
