package io.alohubsync.operate;

/** How a person, or a program, proved who it is. Two of one name may have come by different ways. */
public enum Way {
    /** A password of the users file. */
    FILE,
    /** The single sign-on. */
    OIDC,
    /** The headers of a trusted proxy. */
    PROXY,
    /** A token of the API. */
    TOKEN
}
