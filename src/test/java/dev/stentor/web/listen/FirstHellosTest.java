package dev.stentor.web.listen;

import dev.stentor.web.TestListener;
import org.junit.jupiter.api.Test;

/** Rule for the first messages of a process, which two event loops read at the same time. It can be broken only where it runs first. */
class FirstHellosTest extends Listening {

    @Test
    void twoWhoSayHelloAtTheSameMomentAreBothGreeted() throws Exception {
        try (TestListener one = TestListener.connect(listen("lobby"));
                TestListener other = TestListener.connect(listen("lobby"))) {
            one.say("{\"t\":\"hello\",\"v\":1}");
            other.say("{\"t\":\"hello\",\"v\":1}");
            one.await("stream");
            other.await("stream");
        }
    }
}
