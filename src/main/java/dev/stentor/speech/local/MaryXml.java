package dev.stentor.speech.local;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Writes what MaryTTS is to say. The text is a text node and never read as XML. */
final class MaryXml {

    private static final String NAMESPACE = "http://mary.dfki.de/2002/MaryXML";

    private MaryXml() {}

    /**
     * One sentence. The pitch is part of the document since MaryTTS' own effect for it is kept in the voice that all threads share:
     * a sentence said at the same time would take it over.
     *
     * @param addedPitchHz added to the pitch; zero leaves it alone
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
