package dev.stentor.speech.phonemes;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The document in which MaryTTS gets a text. The text is a text node and never parsed as XML. */
final class MaryDocument {

    private static final String NAMESPACE = "http://mary.dfki.de/2002/MaryXML";

    private MaryDocument() {}

    /** Returns a document of one paragraph. */
    static Document of(String text) {
        Document document = empty();
        Element root = document.createElementNS(NAMESPACE, "maryxml");
        root.setAttribute("version", "0.5");
        root.setAttribute("xml:lang", "en-US");
        Element paragraph = document.createElementNS(NAMESPACE, "p");
        paragraph.appendChild(document.createTextNode(text));
        root.appendChild(paragraph);
        document.appendChild(root);
        return document;
    }

    private static Document empty() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try {
            return factory.newDocumentBuilder().newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK makes no XML documents.", e);
        }
    }
}
