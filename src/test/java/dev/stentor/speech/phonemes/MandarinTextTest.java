package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MandarinTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026年3月15日|二零二六年三月十五日",
                "2026-11-29|二零二六年十一月二十九日",
                "10年|十年",
                "14:30|十四点半",
                "2:05|两点零五分",
                "8:00|八点整",
                "12.5%|百分之十二点五",
                "-3℃|负三摄氏度",
                "1/3|三分之一",
                "¥1,250.50|一千二百五十点五元",
                "$20|二十美元",
                "10086|一万零八十六",
                "100000|十万",
                "20003000|两千万三千",
                "10|十",
                "110|一百一十",
                "1005|一千零五",
                "2个人，2楼，第2次，12个|两个人,二楼,第二次,十二个",
                "2000元|两千元",
                "3-5天|三到五天",
                "13812345678|幺三八，幺二三四，五六七八",
                "400-820-5555|四零零，八二零五五五五",
                "房间302|房间三零二",
                "5km|五公里",
                "２０２６年|二零二六年",
                "好……|好…",
                "好——好|好—好",
                "9:00-21:30|九点整到二十一点半",
                "3:2|三比二",
                "D301次|D三零幺次",
                "1202室|幺二零二室",
                "A+B|A加B",
                "3.14|三点一四",
            })
    void writesAsItIsSaid(String text, String characters) {
        assertThat(MandarinText.inCharacters(TracedText.of(text)).text()).isEqualTo(characters);
    }
}
