package dev.stentor.usage;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import reactor.core.scheduler.Schedulers;

/** A process that counts without end, one character at a time, until it is killed. */
final class CountingProcess {

    private CountingProcess() {}

    public static void main(String[] arguments) {
        var time = InstantSource.fixed(QuotasContract.EVENING);
        var settings = new JournalSettings(Path.of(arguments[0]), 35, time, Schedulers.newSingle("disk"));
        var quotas = new LocalQuotas(time, () -> 0, settings, UsageStats.NONE);
        var account = new Account("studio", Limits.NONE, quotas);
        System.out.println("counts");
        while (true) {
            QuotasContract.settle(account, 0, QuotasContract.CLOUD, new Characters(1, 0, 0));
            LockSupport.parkNanos(1_000_000);
        }
    }
}
