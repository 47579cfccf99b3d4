package dev.stentor.archive;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpokenWord;
import java.io.IOException;
import java.io.Serial;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside a WAV file that says at which sample each sentence of the text begins, and where its words are if that is known. It holds numbers only: the text comes with the
 * request for which the sound is played. Blocks.
 *
 * <p>All numbers are big-endian: a head of {@code STIM}, version (u16), 2 bytes of zero, number of entries (u32); for each entry its kind
 * (u8), flags (u8), 2 bytes of zero, {@code from} and {@code to} in the text in UTF-16 units (u32 each) and 8 bytes for its place in the
 * sound; at the end the CRC-32C of all before it (u32). The kind 1 is a sentence: its place is its first sample (u64). The kind 2 is a word
 * of the sentence before it: its place is its first sample and the one behind its last (u32 each), counted from the first sample of the
 * sentence. Marks and estimated places may come with other kinds and flags; they are skipped. A file of another version is ignored.
 */
final class TimingFile {

    static final String SUFFIX = ".timing";

    private static final Logger LOG = LoggerFactory.getLogger(TimingFile.class);

    private static final int MAGIC = 0x5354_494D;
    private static final short VERSION = 1;
    private static final int HEAD_BYTES = 12;
    private static final int ENTRY_BYTES = 20;
    private static final int CHECK_BYTES = 4;
    private static final byte SENTENCE = 1;
    private static final byte WORD = 2;

    /** Most entries of a file. A recording of more sentences has no such file, one of more words has one without words. */
    private static final int MOST_ENTRIES = 50_000;

    private TimingFile() {}

    static Path of(Path directory, String id) {
        return directory.resolve(id + SUFFIX);
    }

    /** Returns how many bytes the file takes; 0 if there is none. */
    static long bytes(Path directory, String id) throws IOException {
        try {
            return Files.size(of(directory, id));
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /** Returns the content of a file for these marks; empty if there are none, or too many. */
    static ByteBuffer content(List<SegmentMark> marks) {
        if (marks.isEmpty() || marks.size() > MOST_ENTRIES) {
            return ByteBuffer.allocate(0);
        }
        long all = marks.size()
                + marks.stream().mapToLong(mark -> mark.words().size()).sum();
        boolean withWords = all <= MOST_ENTRIES;
        int entries = withWords ? (int) all : marks.size();
        ByteBuffer file = ByteBuffer.allocate(HEAD_BYTES + entries * ENTRY_BYTES + CHECK_BYTES);
        file.putInt(MAGIC).putShort(VERSION).putShort((short) 0).putInt(entries);
        for (SegmentMark mark : marks) {
            file.put(SENTENCE).put((byte) 0).putShort((short) 0);
            file.putInt(mark.from()).putInt(mark.to()).putLong(mark.firstSample());
            for (SpokenWord word : withWords ? mark.words() : List.<SpokenWord>of()) {
                file.put(WORD).put((byte) 0).putShort((short) 0);
                file.putInt(word.from()).putInt(word.to());
                file.putInt((int) word.firstSample()).putInt((int) word.endSample());
            }
        }
        return file.putInt(check(file.slice(0, file.position()))).flip();
    }

    /**
     * Reads the marks of a recording; empty if there are none. A damaged file counts as none: it is told to the log, and deleted, so that
     * it is told once.
     *
     * @param characters length of the text that the recording is played for, in UTF-16 units
     */
    static List<SegmentMark> read(ArchivedFile file, int characters) {
        if (file.timingBytes() == 0) {
            return List.of();
        }
        Path path = of(file.path().resolveSibling(""), file.id());
        try {
            return marks(ByteBuffer.wrap(content(path, file.timingBytes())), file.samples(), characters);
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (Damaged e) {
            unreadable(file, e.reason);
            deleteQuietly(path);
        } catch (IOException e) {
            unreadable(file, e.getClass().getName());
        }
        return List.of();
    }

    private static byte[] content(Path path, long bytes) throws IOException {
        if (bytes > HEAD_BYTES + (long) MOST_ENTRIES * ENTRY_BYTES + CHECK_BYTES || Files.size(path) != bytes) {
            throw new Damaged("its length is wrong");
        }
        return Files.readAllBytes(path);
    }

    private static List<SegmentMark> marks(ByteBuffer file, long samples, int characters) throws Damaged {
        try {
            require(file.getInt() == MAGIC, "it does not begin as such a file does");
            if (file.getShort() != VERSION) {
                return List.of();
            }
            file.getShort();
            int entries = file.getInt();
            require(file.remaining() == entries * (long) ENTRY_BYTES + CHECK_BYTES, "its length is wrong");
            int end = file.limit() - CHECK_BYTES;
            require(file.getInt(end) == check(file.slice(0, end)), "its checksum is wrong");
            return sentences(file.limit(end), samples, characters);
        } catch (IllegalArgumentException _) {
            throw new Damaged("its words are not in order, or not in their sentences");
        } catch (BufferUnderflowException _) {
            throw new Damaged("it is too short");
        }
    }

    private static List<SegmentMark> sentences(ByteBuffer file, long samples, int characters) throws Damaged {
        List<SegmentMark> sentences = new ArrayList<>();
        List<SpokenWord> words = new ArrayList<>();
        long lastSample = 0;
        int lastTo = 0;
        while (file.hasRemaining()) {
            byte kind = file.get();
            byte flags = file.get();
            file.getShort();
            int from = file.getInt();
            int to = file.getInt();
            long sample = file.getLong();
            if (kind == SENTENCE && flags == 0) {
                boolean inText = from >= lastTo && to > from && to <= characters;
                require(
                        inText && sample >= lastSample && sample <= samples,
                        "its places are not in the text and the sound");
                close(sentences, words);
                sentences.add(new SegmentMark(sentences.size(), 0, from, to, sample));
                lastSample = sample;
                lastTo = to;
            } else if (kind == WORD && flags == 0) {
                long end = lastSample + (sample & 0xFFFF_FFFFL);
                require(!sentences.isEmpty() && end <= samples, "its words are not in the sound");
                words.add(new SpokenWord(from, to, sample >>> Integer.SIZE, sample & 0xFFFF_FFFFL));
            }
        }
        close(sentences, words);
        int count = sentences.size();
        return sentences.stream()
                .map(mark ->
                        new SegmentMark(mark.index(), count, mark.from(), mark.to(), mark.firstSample(), mark.words()))
                .toList();
    }

    /** Gives the words that were read to the latest sentence. */
    private static void close(List<SegmentMark> sentences, List<SpokenWord> words) {
        if (!words.isEmpty()) {
            sentences.set(sentences.size() - 1, sentences.getLast().with(words));
            words.clear();
        }
    }

    private static int check(ByteBuffer content) {
        var sum = new CRC32C();
        sum.update(content);
        return (int) sum.getValue();
    }

    private static void require(boolean holds, String otherwise) throws Damaged {
        if (!holds) {
            throw new Damaged(otherwise);
        }
    }

    private static void unreadable(ArchivedFile file, String reason) {
        LOG.atWarn()
                .addKeyValue("file", file.id())
                .addKeyValue("reason", reason)
                .log("the places of sentences in a recording cannot be read; it is played with one caption");
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException _) {
            LOG.debug("a damaged file could not be deleted; it goes with its recording");
        }
    }

    /** An exception for a file that was not written so. */
    private static final class Damaged extends IOException {
        @Serial
        private static final long serialVersionUID = 1;

        private final String reason;

        Damaged(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
