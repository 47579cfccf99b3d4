package dev.stentor.speech.local;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A writer of input documents for MaryTTS. The text is a text node and never parsed as XML. */
final class MaryXml {

    private static final String NAMESPACE = "http://mary.dfki.de/2002/MaryXML";

    private MaryXml() {}

    /**
     * Returns a document with one sentence. The pitch is in the document because MaryTTS keeps its own pitch effect in the voice,
     * which all threads share: it would also change a sentence of another thread.
     *
     * @param addedPitchHz change of the pitch in Hz; zero leaves it as it is
     */
    static Document of(String sentence, double addedPitchHz) throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document document = factory.newDocumentBuilder().newDocument();
        Element root = document.createElementNS(NAMESPACE, "maryxml");
        root.setAttribute("version", "0.5");
        root.setAttribute("xml:lang", "en-US");
        document.appendChild(root);
        Element inner = append(root, "p");
        if (addedPitchHz != 0) {
            inner = append(inner, "prosody");
            inner.setAttribute("pitch", (addedPitchHz > 0 ? "+" : "") + addedPitchHz + "Hz");
        }
        inner.appendChild(document.createTextNode(sentence));
        return document;
    }

    private static Element append(Element parent, String name) {
        Element child = parent.getOwnerDocument().createElementNS(NAMESPACE, name);
        parent.appendChild(child);
        return child;
    }
}
