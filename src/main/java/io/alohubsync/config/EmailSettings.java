package io.alohubsync.config;

import io.smallrye.config.WithDefault;
import java.util.List;

/** The settings under {@code alohub.email.}: which addresses are no customer's. */
public interface EmailSettings {

    /** Addresses in place of a customer's own; one {@code *} in each stands for any characters. */
    @WithDefault("guest@haravan.com,khachhang@haravan.com,guest+*@haravan.com,*.phone@haravan.com")
    List<String> placeholders();
}
