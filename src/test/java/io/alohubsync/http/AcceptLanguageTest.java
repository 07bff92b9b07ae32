package io.alohubsync.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptLanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vi | true",
                "vi-VN,vi;q=0.9,en;q=0.8 | true",
                "en-US,en;q=0.9,vi;q=0.8 | false",
                "fr,vi;q=0.5 | true",
                "en;q=0.5, vi | true",
                "fr | false",
                "* | false",
                "'' | false",
                ";;q=x | false"
            })
    void an_answer_is_in_the_language_that_is_asked_for(String accepted, boolean vietnamese) {
        assertEquals(vietnamese, AcceptLanguage.isVietnamese(accepted));
    }

    @Test
    void without_the_header_it_is_english() {
        assertFalse(AcceptLanguage.isVietnamese(null));
    }
}
