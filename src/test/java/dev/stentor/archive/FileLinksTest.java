package dev.stentor.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.archive.FileLinks.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLinksTest {

    private static final Instant EXPIRES = Instant.ofEpochSecond(1_758_187_426);
    private static final Instant BEFORE = EXPIRES.minusSeconds(1);
    private static final String ID = "a1b2c3d4e5f6g7";

    @TempDir
    Path directory;

    private final FileLinks links = new FileLinks(SigningKey.of("sixteen letters."));

    @Test
    void aLinkIsGoodUntilItsTimeIsOver() {
        String signature = signature(links);
        assertThat(links.of(ID, EXPIRES))
                .isEqualTo("/v1/audio/" + ID + ".wav?Expires=1758187426&Signature=" + signature);
        assertThat(links.check(ID, "1758187426", "", signature, BEFORE)).isEqualTo(Verdict.GOOD);
        assertThat(links.check(ID, "1758187426", "", signature, EXPIRES)).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void whatWasChangedIsForged() {
        String signature = signature(links);
        assertThat(links.check("a1b2c3d4e5f6g8", "1758187426", "", signature, BEFORE))
                .isEqualTo(Verdict.FORGED);
        assertThat(links.check(ID, "1758187427", "", signature, BEFORE)).isEqualTo(Verdict.FORGED);
        assertThat(links.check(ID, "01758187426", "", signature, BEFORE)).isEqualTo(Verdict.FORGED);
        assertThat(links.check(ID, "1758187426", "", signature + "A", BEFORE)).isEqualTo(Verdict.FORGED);
        assertThat(links.check(ID, "1758187426", "", "", BEFORE)).isEqualTo(Verdict.FORGED);
        assertThat(links.check(ID, "", "", signature, BEFORE)).isEqualTo(Verdict.FORGED);
        assertThat(links.check("../" + ID, "1758187426", "", signature, BEFORE)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void aLinkOfNodesNamesTheArchiveAndIsGoodOnAllOfThem() {
        SigningKey common = SigningKey.of("what all nodes have");
        FileLinks here = links.sharedBy(common, "a0000000000001");
        FileLinks there = new FileLinks(SigningKey.of("another key of its own")).sharedBy(common, "a0000000000002");
        String link = here.of(ID, EXPIRES);
        assertThat(link).startsWith("/v1/audio/" + ID + ".wav?Expires=1758187426&Node=a0000000000001&Signature=");
        String signature = link.substring(link.lastIndexOf('=') + 1);
        assertThat(there.check(ID, "1758187426", "a0000000000001", signature, BEFORE))
                .isEqualTo(Verdict.GOOD);
        assertThat(there.check(ID, "1758187426", "a0000000000002", signature, BEFORE))
                .isEqualTo(Verdict.FORGED);
        assertThat(there.check(ID, "1758187426", "", signature, BEFORE)).isEqualTo(Verdict.FORGED);
        assertThat(links.check(ID, "1758187426", "a0000000000001", signature, BEFORE))
                .isEqualTo(Verdict.FORGED);
        assertThat(there.isElsewhere("a0000000000001")).isTrue();
        assertThat(here.isElsewhere("a0000000000001")).isFalse();
        assertThat(here.isElsewhere("")).isFalse();
        assertThat(links.isElsewhere("a0000000000001")).isFalse();
    }

    @Test
    void aLinkFromBeforeThereWereOtherNodesStaysGoodWhereItWasGivenOut() {
        FileLinks later = links.sharedBy(SigningKey.of("what all nodes have"), "a0000000000001");
        assertThat(later.check(ID, "1758187426", "", signature(links), BEFORE)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void anotherKeySignsOtherwise() {
        assertThat(signature(new FileLinks(SigningKey.of("sixteen letters!")))).isNotEqualTo(signature(links));
    }

    @Test
    void theFoldersOwnKeyStaysAndIsItsOwnersOnly() throws IOException {
        String first = signature(new FileLinks(SigningKey.in(directory)));
        assertThat(signature(new FileLinks(SigningKey.in(directory)))).isEqualTo(first);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("signing.key"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aKeyThatIsNoneIsSaid() throws IOException {
        Files.writeString(directory.resolve("signing.key"), "nonsense!");
        assertThatThrownBy(() -> SigningKey.in(directory)).hasMessageContaining("signing.key holds no key");
        assertThatThrownBy(() -> SigningKey.of("short")).hasMessageContaining("16 characters");
    }

    private static String signature(FileLinks links) {
        String link = links.of(ID, EXPIRES);
        return link.substring(link.indexOf("Signature=") + 10);
    }
}
