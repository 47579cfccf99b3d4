package dev.stentor.usage;

/** The kinds of what one caller may use only so much of. */
public enum Quota {
    /** Characters that are spoken in a day, which begins at midnight UTC. */
    CHARACTERS("CharacterQuotaExceeded", "This caller has no characters left for today that this text would need."),
    /** Channels that the caller has made, as long as they are open. */
    CHANNELS("ChannelQuotaExceeded", "This caller has as many channels open as it may."),
    /** Connections on which the caller listens. */
    LISTENERS("ListenerQuotaExceeded", "This caller has as many listeners as it may."),
    /** Uploads of sounds and recordings that are under way. */
    UPLOADS("UploadQuotaExceeded", "This caller has as many uploads under way as it may.");

    private final String code;
    private final String sentence;

    Quota(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** Returns the stable code of a refusal, for programs. */
    public String code() {
        return code;
    }

    /** Returns the reason of a refusal, for people. */
    public String sentence() {
        return sentence;
    }
}
