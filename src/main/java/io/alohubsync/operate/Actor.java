package io.alohubsync.operate;

/**
 * The user of the console or of the API in whose name an act is recorded.
 *
 * @param name of the login, or of the token
 */
public record Actor(String name) {

    static final int MOST_CHARACTERS = 200;

    public Actor {
        Input.text(name, "actor", MOST_CHARACTERS);
    }
}
