package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import com.hankcs.hanlp.dictionary.py.Pinyin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinyinSoundsTest {

    private final PinyinSounds sounds = new PinyinSounds();

    @ParameterizedTest
    @CsvSource({
        "ma1,ma→",
        "ma2,ma↗",
        "ma3,ma↓",
        "ma4,ma↘",
        "ma5,ma",
        "zhang4,ꭧa↘ŋ",
        "xian1,ɕjɛ→n",
        "wo3,wo↓",
        "duo1,two→",
        "nv3,ny↓",
        "lve4,lɥe↘",
        "yu2,y↗",
        "ju1,ʨy→",
        "jue2,ʨɥe↗",
        "quan2,ʨʰɥɛ↗n",
        "xun4,ɕy↘n",
        "yuan2,ɥɛ↗n",
        "yue4,ɥe↘",
        "yun2,y↗n",
        "er4,ɚ↘",
        "zhi1,ꭧɨ→",
        "ri4,ɻɨ↘",
        "si4,sɨ↘",
        "xi1,ɕi→",
        "yi1,i→",
        "yin2,i↗n",
        "ying1,i→ŋ",
        "ya2,ja↗",
        "yan4,jɛ↘n",
        "you3,jou↓",
        "yong4,jʊ↘ŋ",
        "ye3,je↓",
        "wu3,u↓",
        "wei4,wei↘",
        "wen2,wə↗n",
        "weng1,wə→ŋ",
        "wang2,wa↗ŋ",
        "liu2,ljou↗",
        "gui4,kwei↘",
        "zhun3,ꭧwə↓n",
        "bo1,pwo→",
        "o4,ɔ↘",
        "en4,ə↘n",
        "ai4,ai↘",
        "ang2,a↗ŋ",
        "ci2,ʦʰɨ↗",
        "chuang2,ꭧʰwa↗ŋ",
        "shi4,ʂɨ↘",
        "he2,xɤ↗",
        "qiong2,ʨʰjʊ↗ŋ",
    })
    void marksTheToneBehindTheVowel(String pinyin, String symbols) {
        assertThat(sounds.of(Syllable.of(pinyin))).isEqualTo(symbols);
    }

    @Test
    void hasASoundForEverySyllableOfHanlp() {
        for (Pinyin pinyin : Pinyin.values()) {
            if (pinyin != Pinyin.none5) {
                String syllable = pinyin.getPinyinWithoutTone();
                assertThat(sounds.of(new Syllable(syllable, pinyin.getTone())))
                        .as(syllable)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void hasANameForEveryLetter() {
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            assertThat(LetterNames.of(letter))
                    .isNotEmpty()
                    .allSatisfy(syllable -> assertThat(sounds.of(syllable)).isNotEmpty());
        }
    }
}
