package dev.stentor.speech.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void readsJsonAndEventStreamsAndNothingElse() {
        String json = Wire.error(400, "InvalidParameter", "No such voice.");
        assertThat(Refusal.parse(" \n" + json).code()).isEqualTo("InvalidParameter");
        assertThat(Refusal.parse("id:1\nevent:error\n:HTTP_STATUS/400\ndata:" + json)
                        .message())
                .isEqualTo("No such voice.");
        for (String other :
                new String[] {"", "{", "[]", "null", "<html>data</html>", "data:null\n\n", "data:oops\n\n"}) {
            assertThat(Refusal.parse(other)).isEqualTo(ResponseFrame.EMPTY);
        }
    }
}
