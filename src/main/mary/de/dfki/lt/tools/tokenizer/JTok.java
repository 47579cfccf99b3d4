package de.dfki.lt.tools.tokenizer;

import de.dfki.lt.tools.tokenizer.annotate.AnnotatedString;
import de.dfki.lt.tools.tokenizer.annotate.FastAnnotatedString;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts English text into words, numbers and signs, and marks where sentences begin. Immutable. */
public final class JTok {

    /** Key of the runs that are words, numbers or signs. */
    public static final String CLASS_ANNO = "class";

    /** Key of the mark on the first character of a sentence or paragraph. */
    public static final String BORDER_ANNO = "border";

    /** The mark of a paragraph; MaryTTS compares it by identity. */
    public static final String P_BORDER = "p";

    /** The mark of a sentence. */
    public static final String TU_BORDER = "tu";

    /** MaryTTS cuts off what a word has beyond 100 characters, so a longer one becomes several. */
    private static final String LETTERS = "[\\p{L}\\p{M}]{1,80}+";

    private static final Pattern TOKEN = Pattern.compile(
            // said in one breath: the hyphen of a compound would be read as "minus", the dot of an initial as a full
            // stop
            "(?<unsaid>(?<=\\p{L})[-\u2010\u2011](?=\\p{L})|(?<=\\b\\p{Lu})\\.(?=\\s\\p{Lu}))"
                    // abbreviations keep their dot
                    + "|\\p{L}\\.(?:\\p{L}\\.){1,8}+"
                    + "|(?:Mrs?|Ms|Dr|Prof|St|Jr|Sr|vs|etc|Ltd|Inc|Co|Fig|Vol|Gen|Sen|Rev)\\.(?=\\s|\\p{P}|$)"
                    + "|No\\.(?=\\s?\\p{Nd})"
                    + "|" + LETTERS + "(?:['\u2019]" + LETTERS + "){0,8}+"
                    // more digits than a long holds are said in groups
                    + "|\\p{Nd}{1,15}+(?:[.,:]\\p{Nd}{1,15}+){0,8}+(?:(?:st|nd|rd|th)\\b|%)?"
                    + "|(?<sign>\\S)");

    /** Called by MaryTTS at start-up; its settings name files of the original and are not read. */
    public JTok(Properties unused) {}

    /** Cuts a text; the language is always English here. */
    public AnnotatedString tokenize(String text, String language) {
        var tokens = new FastAnnotatedString(text);
        String border = P_BORDER;
        boolean ended = true;
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group("unsaid") != null) {
                continue;
            }
            tokens.annotate(CLASS_ANNO, CLASS_ANNO, token.start(), token.end());
            boolean sign = token.group("sign") != null;
            if (ended && !(sign && closes(text.charAt(token.start())) && border.equals(TU_BORDER))) {
                tokens.annotate(BORDER_ANNO, border, token.start(), token.start() + 1);
                border = TU_BORDER;
                ended = false;
            }
            ended |= sign && ".!?…".indexOf(text.charAt(token.start())) >= 0;
        }
        return tokens;
    }

    /** Closing quotes, brackets and more stops still belong to the sentence that ended before them. */
    private static boolean closes(char sign) {
        return ".!?…\"'”’)]»".indexOf(sign) >= 0;
    }
}
