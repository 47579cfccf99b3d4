package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import marytts.LocalMaryInterface;
import marytts.exceptions.MaryConfigurationException;
import marytts.exceptions.SynthesisException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The first half of MaryTTS: words, parts of speech, and phonemes of English text, but no sound. The first call starts MaryTTS, which takes
 * seconds; the calling thread's context class loader must be the application's. Thread-safe.
 */
final class MaryFrontEnd {

    private static final Pattern CONTRACTED = Pattern.compile("\\p{L}+(?:'\\p{L}+)+");

    /** Returns words and signs in order, each with its place in the text. */
    List<MaryToken> tokens(String text) {
        var tokens = new TokenPlaces(text);
        collect(analysed(text).getDocumentElement(), tokens);
        return tokens.found();
    }

    private static Document analysed(String text) {
        try {
            // One for each text, because its settings are its state, and creating one costs nothing.
            var mary = new LocalMaryInterface();
            mary.setInputType("RAWMARYXML");
            mary.setOutputType("ALLOPHONES");
            return mary.generateXML(MaryDocument.of(text));
        } catch (MaryConfigurationException | SynthesisException e) {
            // Without the cause, whose message may hold the text.
            throw new IllegalStateException(
                    "MaryTTS could not read a text: " + e.getClass().getSimpleName());
        }
    }

    private static void collect(Element element, TokenPlaces places) {
        if ("mtu".equals(element.getLocalName())
                && !element.getAttribute("orig").isEmpty()) {
            String original = element.getAttribute("orig");
            List<MaryToken> parts = tokens(element);
            boolean contracted = CONTRACTED.matcher(original).matches() && !parts.isEmpty();
            places.add(original, contracted ? List.of(whole(original, parts)) : parts);
            return;
        }
        if ("t".equals(element.getLocalName())) {
            MaryToken token = token(element);
            places.add(token.text(), List.of(token));
            return;
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, places);
            }
        }
    }

    /** Returns the tokens inside an element. */
    private static List<MaryToken> tokens(Element element) {
        if ("t".equals(element.getLocalName())) {
            return List.of(token(element));
        }
        var tokens = new ArrayList<MaryToken>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                tokens.addAll(tokens(inner));
            }
        }
        return tokens;
    }

    private static MaryToken token(Element element) {
        return new MaryToken(ownText(element), element.getAttribute("pos"), element.getAttribute("ph"));
    }

    /** Returns a word as it was written: MaryTTS takes the apostrophe out of words such as "don't", or cuts them there. */
    private static MaryToken whole(String original, List<MaryToken> parts) {
        String sounds = parts.stream()
                .map(part -> parts.size() > 1 && part.text().equals("s") ? "z" : part.sounds())
                .collect(Collectors.joining(" "));
        return new MaryToken(original, parts.getFirst().tag(), sounds);
    }

    private static String ownText(Element element) {
        var text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE) {
                text.append(child.getNodeValue().strip());
            }
        }
        return text.toString();
    }
}
