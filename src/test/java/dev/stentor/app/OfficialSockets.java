package dev.stentor.app;

import com.alibaba.dashscope.audio.qwen_tts_realtime.QwenTtsRealtime;
import com.alibaba.dashscope.audio.qwen_tts_realtime.QwenTtsRealtimeCallback;
import com.alibaba.dashscope.audio.qwen_tts_realtime.QwenTtsRealtimeParam;
import com.alibaba.dashscope.audio.tts.SpeechSynthesisResult;
import com.alibaba.dashscope.audio.ttsv2.SpeechSynthesisParam;
import com.alibaba.dashscope.audio.ttsv2.SpeechSynthesizer;
import com.alibaba.dashscope.common.ResultCallback;
import com.alibaba.dashscope.exception.NoApiKeyException;
import com.alibaba.dashscope.utils.Constants;
import com.google.gson.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The official Java classes for the DashScope service's WebSocket APIs, unmodified. */
final class OfficialSockets {

    private final String base;
    private final String key;

    /** @param base address below which the APIs lie, with a slash at its end */
    OfficialSockets(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Speaks by the class for CosyVoice. Returns the failures that it tells. */
    BlockingQueue<Exception> speak() {
        var failures = new LinkedBlockingQueue<Exception>();
        Constants.baseWebsocketApiUrl = base + "inference/";
        var client = new SpeechSynthesizer(
                SpeechSynthesisParam.builder()
                        .apiKey(key)
                        .model("cosyvoice-v2")
                        .voice("longxiaochun_v2")
                        .build(),
                new ResultCallback<SpeechSynthesisResult>() {
                    @Override
                    public void onEvent(SpeechSynthesisResult result) {}

                    @Override
                    public void onComplete() {}

                    @Override
                    public void onError(Exception failure) {
                        failures.add(failure);
                    }
                });
        var _ = client.call("Hello.");
        return failures;
    }

    /** Speaks by the class for realtime models. Returns its events, the last of which is the code and the reason of the close. */
    BlockingQueue<String> speakInRealtime() throws InterruptedException, NoApiKeyException {
        var events = new LinkedBlockingQueue<String>();
        var client = new QwenTtsRealtime(
                QwenTtsRealtimeParam.builder()
                        .model("qwen3-tts-flash-realtime")
                        .url(base + "realtime")
                        .apikey(key)
                        .build(),
                new QwenTtsRealtimeCallback() {
                    @Override
                    public void onEvent(JsonObject message) {
                        events.add(message.toString());
                    }

                    @Override
                    public void onClose(int code, String reason) {
                        events.add(code + " " + reason);
                    }
                });
        client.connect();
        client.appendText("Hello.");
        return events;
    }
}
