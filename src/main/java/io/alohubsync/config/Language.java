package io.alohubsync.config;

/** Of what the program shows and sends to people. */
public enum Language {
    VI,
    EN
}
