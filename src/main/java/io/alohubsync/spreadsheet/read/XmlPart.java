package io.alohubsync.spreadsheet.read;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.alohubsync.spreadsheet.read.FileFault.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A part of a workbook as XML, read forwards and under limits: no document type, no entity, no deep
 * nest. One thread uses it.
 */
final class XmlPart implements Closeable {

    private static final int DEEPEST = 100;
    private static final int MOST_NAMES = 5_000; // the parser keeps each name

    private final InputStream bytes;
    private final XMLStreamReader xml;
    private final Set<String> names = new HashSet<>();
    private int depth;

    private XmlPart(InputStream bytes, XMLStreamReader xml) {
        this.bytes = bytes;
        this.xml = xml;
    }

    static XmlPart of(InputStream bytes) throws FileFault {
        XMLInputFactory factory = new InputFactoryImpl(); // one for each part: it remembers names
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return new XmlPart(bytes, factory.createXMLStreamReader(bytes));
        } catch (XMLStreamException | RuntimeException damaged) {
            throw fault(damaged);
        }
    }

    /**
     * To the beginning or end of the next element, or the next text.
     *
     * @return false: the part has ended
     */
    boolean next() throws FileFault {
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        begin();
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return true;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        return true;
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw FileFault.of(Kind.HOSTILE);
                    default -> {}
                }
            }
            return false;
        } catch (XMLStreamException | RuntimeException damaged) {
            throw fault(damaged);
        }
    }

    private void begin() throws FileFault {
        names.add(xml.getLocalName());
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            names.add(xml.getAttributeLocalName(i));
        }
        if (++depth > DEEPEST || names.size() > MOST_NAMES) {
            throw FileFault.of(Kind.HOSTILE);
        }
    }

    private static FileFault fault(Exception damaged) {
        for (Throwable cause = damaged; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedPart.Exceeded) {
                return FileFault.of(Kind.HOSTILE);
            }
        }
        return FileFault.of(Kind.DAMAGED);
    }

    /** Elements around what was read last, and itself where it begins. */
    int depth() {
        return depth;
    }

    boolean isBeginOf(String name) {
        return isBegin() && xml.getLocalName().equals(name);
    }

    boolean isEndOf(String name) {
        return isEnd() && xml.getLocalName().equals(name);
    }

    boolean isBegin() {
        return xml.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    boolean isEnd() {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT;
    }

    /** Of the element, without its prefix. */
    String name() {
        return xml.getLocalName();
    }

    @Nullable
    String attribute(String name) {
        return xml.getAttributeValue(null, name);
    }

    /** Of an attribute that has a prefix. */
    @Nullable
    String attributeOfOthers(String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String prefix = xml.getAttributePrefix(i);
            if (xml.getAttributeLocalName(i).equals(name) && prefix != null && !prefix.isEmpty()) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    int textLength() throws FileFault {
        try {
            return xml.getTextLength();
        } catch (RuntimeException damaged) { // Aalto reads the text only now
            throw fault(damaged);
        }
    }

    String text() throws FileFault {
        try {
            return xml.getText();
        } catch (RuntimeException damaged) {
            throw fault(damaged);
        }
    }

    /** All text up to the element's end. */
    String textOfElement() throws FileFault {
        StringBuilder all = new StringBuilder();
        for (int within = depth; next() && depth >= within; ) {
            if (!isBegin() && !isEnd()) {
                all.append(text());
            }
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } catch (XMLStreamException alreadyBroken) { // nothing is left to be read
        }
        bytes.close();
    }
}
