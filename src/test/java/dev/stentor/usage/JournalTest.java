package dev.stentor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of the file in which usage is kept, in virtual time. The contract holds with a file as well. */
class JournalTest extends QuotasContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(EVENING);
    private final AtomicInteger failures = new AtomicInteger();
    private final UsageStats stats = new UsageStats() {
        @Override
        public void journalFailed() {
            failures.incrementAndGet();
        }
    };

    private final VirtualTimeScheduler disk = VirtualTimeScheduler.create();
    private final List<LocalQuotas> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @Override
    protected Quotas quotas() {
        return open.isEmpty() ? quotas(file(), 35) : open.getFirst();
    }

    @Override
    protected void setTime(Instant time) {
        now.set(time);
        disk.advanceTimeBy(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        open.forEach(LocalQuotas::close);
    }

    @Test
    void whatWasCountedIsInTheFileAfterHalfASecond() throws IOException {
        settle(speaking("studio", 0), 0, CLOUD, new Characters(10, 0, 0));
        disk.advanceTimeBy(Duration.ofMillis(499));
        assertThat(Files.readAllLines(file())).containsExactly("stentor-usage 1");
        disk.advanceTimeBy(Duration.ofMillis(1));
        assertThat(Files.readAllLines(file()))
                .containsExactly("stentor-usage 1", "2026-03-01\tstudio\tqwen3-tts-flash\tdashscope\t10\t0\t0");
    }

    @Test
    void countsAndTheDaysQuotaOutliveTheProcess() {
        settle(speaking("studio", 100), 0, CLOUD, new Characters(60, 3, 0));
        restart();
        settle(speaking("studio", 100), 0, CLOUD, new Characters(10, 0, 0));
        restart();
        assertThat(rows(null).getFirst().characters()).isEqualTo(new Characters(70, 3, 0));
        reserve(speaking("studio", 100), 30);
        assertThat(Objects.requireNonNull(
                                quotas().today(speaking("studio", 100)).block())
                        .paid())
                .isEqualTo(70);
    }

    @Test
    void aLastLineThatBrokeOffIsLeftOutAndTheNextOneIsWhole() throws IOException {
        Files.writeString(file(), "stentor-usage 1\n2026-03-01\ta\tm\tu\t5\t0\t0\n2026-03-01\ta\tm\tu\t9");
        settle(speaking("b", 0), 0, new Service("m", "u"), new Characters(1, 0, 0));
        restart();
        assertThat(rows("a").getFirst().characters().paid()).isEqualTo(5);
        assertThat(rows("b").getFirst().characters().paid()).isEqualTo(1);
        assertThat(failures).hasValue(0);
    }

    @Test
    void linesThatAreDamagedAreLeftOutAndACopyIsKept() throws IOException {
        String content = "stentor-usage 1\n2026-03-01\ta\tm\tu\tx\t0\t0\n\0\0\0\n2026-03-01\ta\tm\tu\t5\t0\t0\n";
        Files.writeString(file(), content);
        assertThat(quotas()).isNotNull();
        assertThat(rows("a").getFirst().characters().paid()).isEqualTo(5);
        assertThat(Files.readString(folder.resolve("usage.journal.damaged"))).isEqualTo(content);
    }

    @Test
    void aFileOfAnotherVersionIsLeftAsItIsAndCountsGoOnInMemory() throws IOException {
        String content = "stentor-usage 2\nsomething else\n";
        Files.writeString(file(), content);
        settle(speaking("studio", 0), 0, CLOUD, new Characters(10, 0, 0));
        disk.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(Files.readString(file())).isEqualTo(content);
        assertThat(rows(null)).hasSize(1);
        assertThat(open.getFirst().isJournalFailing()).isTrue();
        assertThat(failures.get()).as("it is tried again every few seconds").isBetween(2, 20);
    }

    @Test
    void aFileThatIsNoJournalIsLeftAsItIs() throws IOException {
        Files.writeString(file(), "precious");
        assertThat(quotas()).isNotNull();
        assertThat(Files.readString(file())).isEqualTo("precious");
        assertThat(open.getFirst().isJournalFailing()).isTrue();
    }

    @Test
    void aFileThatCannotBeUsedIsTriedAgainAndNothingIsLost() throws IOException {
        Files.createDirectory(file());
        settle(speaking("studio", 100), 0, CLOUD, new Characters(10, 0, 0));
        disk.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(open.getFirst().isJournalFailing()).isTrue();
        Files.delete(file());
        Files.writeString(file(), "stentor-usage 1\n2026-03-01\tstudio\tm\tu\t20\t0\t0\n");
        disk.advanceTimeBy(Duration.ofSeconds(6));
        assertThat(open.getFirst().isJournalFailing()).isFalse();
        assertThat(Objects.requireNonNull(
                                quotas().today(speaking("studio", 100)).block())
                        .paid())
                .isEqualTo(30);
        restart();
        assertThat(rows("studio").stream()
                        .mapToLong(row -> row.characters().paid())
                        .sum())
                .isEqualTo(30);
    }

    @Test
    void whatFindsNoRoomOnTheDiskIsWrittenWhenThereIsRoom() throws IOException {
        try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setMaxSize(64 << 10)
                .setBlockSize(512)
                .build())) {
            Path journal = small.getPath("/usage.journal");
            LocalQuotas counting = quotas(journal, 35);
            Path others = small.getPath("/others");
            fill(others);
            for (int i = 0; i < 100; i++) {
                settle(speaking("caller-" + i, 0), 0, CLOUD, new Characters(1, 0, 0));
            }
            disk.advanceTimeBy(Duration.ofSeconds(1));
            assertThat(counting.isJournalFailing()).isTrue();
            Files.delete(others);
            disk.advanceTimeBy(Duration.ofSeconds(6));
            assertThat(counting.isJournalFailing()).isFalse();
            assertThat(Files.readAllLines(journal)).hasSize(101).doesNotHaveDuplicates();
            counting.close();
            open.clear();
        }
    }

    @Test
    void theFileIsWrittenAnewEachDayAndOldDaysAreForgotten() throws IOException {
        quotas(file(), 2);
        Account account = speaking("studio", 0);
        for (int i = 0; i < 10; i++) {
            settle(account, 0, CLOUD, new Characters(1, 0, 0));
            disk.advanceTimeBy(Duration.ofSeconds(1));
        }
        assertThat(Files.readAllLines(file())).hasSize(11);
        setTime(MIDNIGHT);
        assertThat(Files.readAllLines(file()))
                .containsExactly("stentor-usage 1", "2026-03-01\tstudio\tqwen3-tts-flash\tdashscope\t10\t0\t0");
        setTime(MIDNIGHT.plus(Duration.ofDays(1)));
        assertThat(Files.readAllLines(file())).containsExactly("stentor-usage 1");
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThat(quotas().usage(new UsageQuery(day, day, null, null, null)).block())
                .isEmpty();
    }

    @Test
    void aSecondGatewayOnTheSameFileCountsInMemory() {
        assertThat(quotas()).isNotNull();
        LocalQuotas second = quotas(file(), 35);
        assertThat(second.isJournalFailing()).isTrue();
        assertThat(open.getFirst().isJournalFailing()).isFalse();
    }

    @Test
    void aNameThatIsNoLineOfItsOwnCannotForgeOne() {
        settle(speaking("a\tb\n2026-03-01\tforged", 0), 0, CLOUD, new Characters(1, 0, 0));
        restart();
        assertThat(rows(null)).hasSize(1);
    }

    @Test
    void whatIsInTheFileSurvivesAKilledProcess() throws IOException {
        try (var child = new ChildJvm(List.of(), CountingProcess.class, file().toString())) {
            child.await("counts"::equals);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.size(file()) > 500);
        } // kills it
        assertThat(quotas()).isNotNull();
        assertThat(open.getFirst().isJournalFailing()).isFalse();
        assertThat(rows("studio").getFirst().characters().paid()).isGreaterThan(5);
        assertThat(folder.resolve("usage.journal.damaged")).doesNotExist();
    }

    private static void fill(Path file) throws IOException {
        for (int size = 32 << 10; size >= 1; size /= 2) {
            try {
                while (true) {
                    Files.write(file, new byte[size], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
            } catch (IOException _) { // now there is no room for so much
            }
        }
    }

    private void restart() {
        assertThat(quotas()).isNotNull();
        open.removeFirst().close();
        assertThat(quotas()).isNotNull();
    }

    private Path file() {
        return folder.resolve("usage.journal");
    }

    @CanIgnoreReturnValue
    private LocalQuotas quotas(Path file, int days) {
        var quotas = new LocalQuotas(now::get, () -> 0, new JournalSettings(file, days, now::get, disk), stats);
        open.add(quotas);
        return quotas;
    }
}
