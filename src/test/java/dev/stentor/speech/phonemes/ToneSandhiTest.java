package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneSandhiTest {

    private final ToneSandhi sandhi = new ToneSandhi(Set.of("老虎", "展览")::contains);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A third tone before another one.
                "你好:ni3 hao3|ni2 hao3",
                "我:wo3/很好:hen3 hao3|wo3/hen2 hao3",
                "我:wo3/想:xiang3/买:mai3/书:shu1|wo3/xiang2/mai3/shu1",
                "展览馆:zhan3 lan3 guan3|zhan2 lan2 guan3",
                "小老虎:xiao3 lao3 hu3|xiao3 lao2 hu3",
                "可以:ke3 yi3/走访:zou3 fang3|ke2 yi3/zou2 fang3",
                // 不
                "不:bu4/是:shi4|bu2/shi4",
                "不:bu4/好:hao3|bu4/hao3",
                "好:hao3/不:bu4/好:hao3|hao3/bu5/hao3",
                // 一
                "一:yi1/天:tian1|yi4/tian1",
                "一定:yi1 ding4|yi2 ding4",
                "一个:yi1 ge4|yi2 ge4",
                "一:yi1/个:ge5|yi2/ge5",
                "第一:di4 yi1/天:tian1|di4 yi1/tian1",
                "十一:shi2 yi1/月:yue4|shi2 yi1/yue4",
                "一:yi1/月:yue4|yi1/yue4",
                "看:kan4/一:yi1/看:kan4|kan4/yi5/kan4",
                "一百:yi1 bai3/一十一:yi1 shi2 yi1|yi4 bai3/yi1 shi2 yi1",
                "星期一:xing1 qi1 yi1|xing1 qi1 yi1",
            })
    void changesTones(String words, String expected) {
        assertThat(SyllablesOf.pinyin(sandhi.applied(SyllablesOf.words(words)))).isEqualTo(expected);
    }
}
