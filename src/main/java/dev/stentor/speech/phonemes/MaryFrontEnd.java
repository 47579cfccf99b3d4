package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;
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

    /** Returns words and signs in order. */
    List<MaryToken> tokens(String text) {
        var tokens = new ArrayList<MaryToken>();
        collect(analysed(text).getDocumentElement(), tokens);
        return tokens;
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

    private static void collect(Element element, List<MaryToken> tokens) {
        if ("t".equals(element.getLocalName())) {
            tokens.add(new MaryToken(written(element), element.getAttribute("pos"), element.getAttribute("ph")));
            return;
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, tokens);
            }
        }
    }

    /** Returns a word as it was written: MaryTTS takes the apostrophe out of words such as "don't", and keeps the original beside it. */
    private static String written(Element token) {
        String original = token.getParentNode() instanceof Element parent && "mtu".equals(parent.getLocalName())
                ? parent.getAttribute("orig")
                : "";
        boolean whole =
                original.contains("'") && token.getParentNode().getChildNodes().getLength() == 1;
        return whole ? original : ownText(token);
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
