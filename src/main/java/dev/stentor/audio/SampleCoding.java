package dev.stentor.audio;

import java.nio.ByteBuffer;

/** The coding of one sample. */
enum SampleCoding {
    UNSIGNED_8(1) {
        @Override
        float next(ByteBuffer bytes) {
            return (Byte.toUnsignedInt(bytes.get()) - 128) / 128f;
        }
    },
    SIGNED_16(2) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getShort() / 32_768f;
        }
    },
    SIGNED_24(3) {
        @Override
        float next(ByteBuffer bytes) {
            int low = Short.toUnsignedInt(bytes.getShort());
            return (bytes.get() << 16 | low) / 8_388_608f;
        }
    },
    SIGNED_32(4) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getInt() / 0x1p31f;
        }
    },
    FLOAT_32(4) {
        @Override
        float next(ByteBuffer bytes) {
            return bytes.getFloat();
        }
    },
    FLOAT_64(8) {
        @Override
        float next(ByteBuffer bytes) {
            return (float) bytes.getDouble();
        }
    };

    private final int bytes;

    SampleCoding(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /** Reads one sample from the buffer, in the order of that: -1 to 1, or any value of a float. */
    abstract float next(ByteBuffer bytes);
}
