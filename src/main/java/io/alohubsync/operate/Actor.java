package io.alohubsync.operate;

/**
 * The user of the console or of the API in whose name an act is recorded.
 *
 * @param name of the login, or of the token
 * @param way  by which it came in: names of different ways are names of different people
 */
public record Actor(String name, Way way) {

    public static final int MOST_CHARACTERS = 200;

    public Actor {
        Input.text(name, "actor", MOST_CHARACTERS);
    }
}
