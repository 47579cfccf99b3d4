package dev.stentor.speech.phonemes;

import dev.stentor.speech.TableResource;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/** Chinese text in characters: numbers, dates, times, amounts and signs are written as they are said. Latin letters stay. */
final class MandarinText {

    private static final String NUMBER = "(\\p{Nd}{1,3}(?:,\\p{Nd}{3})+(?:\\.\\p{Nd}+)?|\\p{Nd}+(?:\\.\\p{Nd}+)?)";

    /** Words behind which two is 两. */
    private static final String COUNTED =
            "(?=[个個只隻条條本张張块塊年天次位件杯辆輛家岁歲种種点點分秒小周週头匹台臺封份场場句段瓶箱双雙对對万萬千亿億米吨斤层]|名[^次]|公[里斤]|星期)";

    private static final Map<String, String> MONEY = Map.of("¥", "元", "$", "美元", "€", "欧元", "£", "英镑");

    private static final Map<String, String> UNITS =
            TableResource.read(MandarinText.class, "mandarin-units.tsv", 2).stream()
                    .collect(Collectors.toUnmodifiableMap(List::getFirst, List::getLast));

    private static final List<Rewrite> RULES = List.of(
            // Dates and times.
            Rewrite.of(
                    "(?<!\\p{Nd})(\\p{Nd}{4})[-/.](\\p{Nd}{1,2})[-/.](\\p{Nd}{1,2})(?!\\p{Nd})",
                    found -> HanNumbers.digits(found.group(1)) + "年" + HanNumbers.cardinal(found.group(2)) + "月"
                            + HanNumbers.cardinal(found.group(3)) + "日"),
            Rewrite.of(
                    "(?<!\\p{Nd})(\\p{Nd}{4})\\s?[-~～–—至到]\\s?(\\p{Nd}{4})(?=\\s?年)",
                    found -> HanNumbers.digits(found.group(1)) + "到" + HanNumbers.digits(found.group(2))),
            Rewrite.of("(?<!\\p{Nd})(\\p{Nd}{4})(?=\\s?年)", found -> HanNumbers.digits(found.group(1))),
            Rewrite.of("(?<=\\p{Nd})\\s?[-~～–—]\\s?(?=\\p{Nd}{1,2}:\\p{Nd}{2})", "到"),
            Rewrite.of(
                    "(?<![\\p{Nd}:])([01]?\\p{Nd}|2[0-4]):([0-5]\\p{Nd})(?::([0-5]\\p{Nd}))?(?![\\p{Nd}:])",
                    MandarinText::time),
            // Amounts.
            Rewrite.of(
                    "(?<![\\p{Nd}.:])(\\p{Nd}{1,3}):(\\p{Nd}{1,3})(?![\\p{Nd}:])",
                    found -> HanNumbers.cardinal(found.group(1)) + "比" + HanNumbers.cardinal(found.group(2))),
            Rewrite.of("(?<=[A-Z])\\p{Nd}{2,}", found -> HanNumbers.dialled(found.group())),
            Rewrite.of("(?<!\\p{Nd})\\p{Nd}{3,4}(?=室|房|号房)", found -> HanNumbers.dialled(found.group())),
            Rewrite.of(
                    "([¥$€£])\\s?" + NUMBER + "([万亿千百]?)",
                    found -> number(found.group(2)
                                    .replaceFirst("(?<=\\.\\p{Nd}{0,9})0+$", "")
                                    .replaceFirst("\\.$", ""))
                            + found.group(3)
                            + MONEY.getOrDefault(found.group(1), "")),
            Rewrite.of("-" + NUMBER + "%", found -> "负百分之" + number(found.group(1))),
            Rewrite.of(NUMBER + "%", found -> "百分之" + number(found.group(1))),
            Rewrite.of(NUMBER + "‰", found -> "千分之" + number(found.group(1))),
            Rewrite.of(
                    "(?<![\\p{Nd}/])(\\p{Nd}{1,3})/(\\p{Nd}{1,3})(?![\\p{Nd}/])",
                    found -> HanNumbers.cardinal(found.group(2)) + "分之" + HanNumbers.cardinal(found.group(1))),
            Rewrite.of(
                    "(?<![\\p{Nd}-])(?:\\+?86[ -]?)?(1[3-9]\\p{Nd})[ -]?(\\p{Nd}{4})[ -]?(\\p{Nd}{4})(?!\\p{Nd})",
                    found -> HanNumbers.dialled(found.group(1)) + "，" + HanNumbers.dialled(found.group(2)) + "，"
                            + HanNumbers.dialled(found.group(3))),
            Rewrite.of(
                    "(?<!\\p{Nd})(0\\p{Nd}{2,3}|[48]00)-(\\p{Nd}{3,4})-?(\\p{Nd}{4})(?!\\p{Nd})",
                    found -> HanNumbers.dialled(found.group(1)) + "，"
                            + HanNumbers.dialled(found.group(2) + found.group(3))),
            Rewrite.of("(?<=\\p{Nd})\\s?[-~～–—]\\s?(?=\\p{Nd})", "到"),
            Rewrite.of("(?<![A-Za-z\\p{Nd}])[-−](?=\\p{Nd})", "负"),
            Rewrite.of(NUMBER + "\\s?(°?[A-Za-zμ°]{1,3}[²³23]?(?:/[a-z]{1,3})?)(?![A-Za-z])", MandarinText::unit),
            Rewrite.of("(?<![\\p{Nd}.,第十百千万])2\\s?" + COUNTED, "两"),
            Rewrite.of(
                    "(?<=(?:号|号码|编号|房间|航班|密码|验证码|代码|车次|尾号)(?:是|为|:)?)(\\p{Nd}{3,})",
                    found -> HanNumbers.dialled(found.group(1))),
            Rewrite.of(
                    "(?<![\\p{Nd}.])(0\\p{Nd}+|\\p{Nd}{9,})(?![\\p{Nd}.,])",
                    found -> HanNumbers.dialled(found.group(1))),
            Rewrite.of(
                    "\\p{Nd}+(?:\\.\\p{Nd}+){2,}",
                    found -> found.group()
                            .chars()
                            .mapToObj(digit -> digit == '.' ? "点" : HanNumbers.digits(Character.toString(digit)))
                            .collect(Collectors.joining())),
            Rewrite.of(NUMBER, found -> number(found.group(1))),
            // Signs.
            Rewrite.of("\\.{3,}|⋯+", "…"),
            Rewrite.of("[—―]{2,}", "—"),
            Rewrite.of("°C", "摄氏度"),
            Rewrite.of("°F", "华氏度"),
            Rewrite.of("°", "度"),
            Rewrite.of("\\s*&\\s*", "和"),
            Rewrite.of("\\s*\\+\\s*", "加"),
            Rewrite.of("\\s*=\\s*", "等于"),
            Rewrite.of("\\s*×\\s*", "乘以"),
            Rewrite.of("\\s*÷\\s*", "除以"),
            Rewrite.of("@", "艾特"),
            Rewrite.of("%", "百分号"));

    private MandarinText() {}

    /** Returns the text without digits, in full characters where it had compatibility forms. */
    static TracedText inCharacters(TracedText text) {
        return text.mapped(given -> Normalizer.normalize(given, Normalizer.Form.NFKC))
                .mapped(Digits::plain)
                .rewritten(RULES);
    }

    private static String number(String digits) {
        String plain = digits.replace(",", "");
        String said = HanNumbers.decimal(plain);
        // Two thousand and two times ten thousand, which begin a number, are counted.
        return said.startsWith("二千") || said.startsWith("二万") || said.startsWith("二亿") ? "两" + said.substring(1) : said;
    }

    private static String time(MatchResult found) {
        int hour = Integer.parseInt(found.group(1));
        String minutes = found.group(2);
        String seconds = found.group(3);
        var said = new StringBuilder(hour == 2 ? "两" : HanNumbers.cardinal(found.group(1))).append("点");
        if (minutes.equals("30") && seconds == null) {
            return said.append("半").toString();
        }
        if (minutes.equals("00")) {
            said.append(seconds == null ? "整" : "");
        } else {
            said.append(minutes.startsWith("0") ? "零" : "")
                    .append(HanNumbers.cardinal(minutes))
                    .append("分");
        }
        return said.append(seconds == null ? "" : HanNumbers.cardinal(seconds) + "秒")
                .toString();
    }

    private static String unit(MatchResult found) {
        String unit = UNITS.get(found.group(2));
        if (unit == null) {
            return found.group();
        }
        String amount = found.group(1);
        return (amount.equals("2") && !unit.startsWith("摄") ? "两" : number(amount)) + unit;
    }
}
