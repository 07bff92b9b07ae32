package io.alohubsync.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is out of step is named, with the page and the heading. */
class TranslationTest {

    private static final String ENGLISH = """
            # Title
            ## How to look
            Run `status`, or read [states](state-machine.md).
            ```sql
            SELECT 1; -- one
            ```
            ## What is large
            Nothing.
            """;

    private static final String VIETNAMESE = """
            # Tên trang
            <a id="how-to-look"></a>

            ## Cách xem
            Chạy `status`, hoặc đọc [các trạng thái](../state-machine.md).
            ```sql
            SELECT 1; -- một
            ```
            <!-- only in English: What is large -->
            """;

    @Test
    void a_page_in_step_has_no_problems() {
        assertEquals(List.of(), problems(ENGLISH, VIETNAMESE));
    }

    @Test
    void a_heading_that_is_neither_translated_nor_left_out_is_named() {
        only(problems(ENGLISH + "## How to stop\n", VIETNAMESE), "docs/vi/x.md lacks the heading \"How to stop\"");
    }

    @Test
    void a_heading_left_out_that_the_english_page_lost_is_named() {
        only(problems(ENGLISH.replace("## What is large", ""), VIETNAMESE), "only in English: What is large");
    }

    @Test
    void a_heading_without_its_anchor_is_named() {
        List<String> problems = problems(ENGLISH, VIETNAMESE.replace("how-to-look", "how-to-see"));
        assertEquals(2, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains("\"Cách xem\" (line 4)"), problems::toString);
    }

    @Test
    void headings_in_another_order_or_of_another_level_are_named() {
        only(problems(ENGLISH, VIETNAMESE.replace("## Cách", "### Cách")), "has the level 3 instead of 2");
        String both = VIETNAMESE.replaceFirst("<!-- .* -->", "<a id=\"what-is-large\"></a>\n## Cái gì lớn\nKhông.");
        assertEquals(List.of(), problems(ENGLISH, both));
        String first = "# T\n<a id=\"what-is-large\"></a>\n## Cái gì lớn\n"
                + VIETNAMESE.replaceFirst("# Tên trang", "").replaceFirst("<!-- .* -->", "");
        only(problems(ENGLISH, first), "headings in the order [what-is-large, how-to-look]");
    }

    @Test
    void a_command_that_changed_is_named() {
        only(problems(ENGLISH.replace("SELECT 1", "SELECT 2"), VIETNAMESE), "other fenced commands");
        only(problems(ENGLISH.replace("`status`", "`status --watch`"), VIETNAMESE), "it lacks [status --watch]");
    }

    @Test
    void a_link_that_is_missing_is_named() {
        only(problems(ENGLISH, VIETNAMESE.replace("../state-machine.md", "../outcomes.md")), "docs/state-machine.md");
    }

    @Test
    void only_the_commands_of_a_transcript_and_no_comments_count() {
        assertEquals("$ show 1\n$ show 2", Translation.commands("$ show 1\nfound\n$ show 2\nnone"));
        assertEquals("SELECT 1;", Translation.commands("-- all\nSELECT 1;   -- one"));
        assertEquals("import x --yes", Translation.commands("import x --yes   # at once"));
    }

    private static List<String> problems(String english, String vietnamese) {
        return new Translation(
                        MarkdownPage.of(Path.of("docs/x.md"), english),
                        MarkdownPage.of(Path.of("docs/vi/x.md"), vietnamese))
                .problems();
    }

    private static void only(List<String> problems, String part) {
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(part), problems::toString);
        assertTrue(problems.getFirst().contains("docs/vi/x.md"), problems::toString);
    }
}
