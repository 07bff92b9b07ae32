package io.alohubsync.intake;

/** What a refusal says in the place of {@code %s}. Never content of the request. */
public record Detail(String english, String vietnamese) {

    static final Detail SYNTAX = new Detail("its syntax is wrong", "sai cú pháp");
    static final Detail TWICE = new Detail("a field stands in it twice", "có trường xuất hiện hai lần");
    static final Detail TOO_DEEP =
            new Detail("too deep, or a name or number is too long", "lồng quá sâu, hoặc có tên trường hay số quá dài");
    static final Detail NO_OBJECT = new Detail("it begins with no {", "không bắt đầu bằng {");
    static final Detail MORE = new Detail("more stands behind it", "phía sau đối tượng còn nội dung khác");

    /** A name or a unit that both languages write alike. */
    static Detail alike(String text) {
        return new Detail(text, text);
    }

    String in(boolean vietnamese) {
        return vietnamese ? vietnamese() : english();
    }
}
