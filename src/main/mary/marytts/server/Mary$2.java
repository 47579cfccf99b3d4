package marytts.server;

/**
 * The shutdown hook of MaryTTS, under the name that it has there, and without its work. The original takes the voice apart at SIGTERM, while
 * answers that are still given in the time of grace need it; nothing of the voice has to be tidied up when the process ends.
 */
final class Mary$2 extends Thread {

    @Override
    public void run() {
        // The voice stays as it is until the process has ended.
    }
}
