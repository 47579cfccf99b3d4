package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It costs $4.50.|It costs four dollars and fifty cents.",
                "$1 or $1,000,000|one dollar or one million dollars",
                "$2.5 million|two point five million dollars",
                "£1.01, €20, $0.99|one pound and one penny, twenty euros, ninety nine cents",
                "20% off|twenty percent off",
                "At 3:30 p.m. today|At three thirty PM today",
                "at 9:05|at nine oh five",
                "at 11:00|at eleven o'clock",
                "It is 11:00 a.m.|It is eleven AM.",
                "5 pm|five PM",
                "March 3, 2026|March third, twenty twenty six",
                "on 3 March|on the third of March",
                "2026-12-05|December fifth, twenty twenty six",
                "in 1905 and 2000|in nineteen oh five and two thousand",
                "the 1990s|the nineteen nineties",
                "1st, 22nd and 100th|first, twenty second and one hundredth",
                "3.14|three point one four",
                "1,234,567|one million two hundred thirty four thousand five hundred sixty seven",
                "-5 degrees|minus five degrees",
                "10-20 minutes|ten to twenty minutes",
                "1/2 cup|one half cup",
                "5km, 1 kg|five kilometers, one kilogram",
                "72°F|seventy two degrees Fahrenheit",
                "Call 555-0123.|Call five five five, zero one two three.",
                "1-800-555-0199|one, eight hundred, five five five, zero one nine nine",
                "+44 20 7946|plus four four, two zero, seven nine four six",
                "code 4217|code four two one seven",
                "room 4217|room four thousand two hundred seventeen",
                "007|zero zero seven",
                "v2.0.1|v two point zero point one",
                "#7|number seven",
                "in 2021-2022|in twenty twenty one to twenty twenty two",
                "6'2\" tall|six foot two tall",
                "221B Baker St.|two hundred twenty one B Baker Street",
                "an e-mail|an email",
                "Node.js|Node dot js",
                "(555) 123-4567|five five five, one two three, four five six seven",
                "a@b.com|a at b dot com",
                "https://x.org/y|x dot org slash y",
                "Dr. Smith, Mr. Lee|Doctor Smith, Mister Lee",
                "e.g. this|for example, this",
                "the U.S. team|the US team",
                "MP3 and B2B|MP three and B two B",
                "salt & pepper|salt and pepper",
                "café naïve|cafe naive",
                "wait...|wait…",
                "STOP THE CAR NOW|stop the car now",
                "It's the US.|It's the US.",
            })
    void writesAsItIsSaid(String text, String words) {
        assertThat(new EnglishText(Accent.AMERICAN).inWords(text).text()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3/4/2026|April third, twenty twenty six",
                "12/25/2026|December twenty fifth, twenty twenty six",
            })
    void readsTheDayFirstInBritain(String text, String words) {
        assertThat(new EnglishText(Accent.BRITISH).inWords(text).text()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "0,zero",
        "13,thirteen",
        "40,forty",
        "999,nine hundred ninety nine",
        "1000000,one million",
        "10000000000000000,one zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero zero"
    })
    void saysWholeNumbers(String digits, String words) {
        assertThat(EnglishNumbers.cardinal(digits)).isEqualTo(words);
    }
}
