package io.alohubsync.operate;

/**
 * Who acts, for the audit: a user of the console or of the API.
 *
 * @param name as the login knows it
 */
public record Actor(String name) {

    static final int MOST_CHARACTERS = 200;

    public Actor {
        Input.text(name, "actor", MOST_CHARACTERS);
    }
}
