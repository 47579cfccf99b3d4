package dev.stentor.cluster.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A proxy on the loopback address that can be cut without anybody being told: connections stay open, new ones are accepted, and no byte
 * passes. Healed, it closes what it held. Thread-safe.
 */
public final class CutProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int targetPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isCut;
    private boolean isClosed;

    /** Opens a way to that port of the loopback address. */
    public CutProxy(int targetPort) throws IOException {
        this.targetPort = targetPort;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var _ = Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Lets nothing through any more. */
    public void cut() {
        set(true, false);
    }

    /** Closes what it held, and lets everything through again. */
    public void heal() throws IOException {
        closeSockets();
        set(false, false);
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeSockets();
        set(false, true);
    }

    private void set(boolean nowCut, boolean nowClosed) {
        lock.lock();
        try {
            isCut = nowCut;
            isClosed = nowClosed;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void closeSockets() throws IOException {
        var open = List.copyOf(sockets);
        sockets.removeAll(open);
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                var target = new Socket();
                sockets.addAll(List.of(client, target));
                target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
                pump(client, target);
                pump(target, client);
            }
        } catch (IOException _) { // closed, or the target is away: the next connect tries again
            if (!server.isClosed()) {
                accept();
            }
        }
    }

    private void pump(Socket from, Socket to) {
        var _ = Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                copy(from.getInputStream(), to.getOutputStream());
            } catch (IOException _) { // one side is gone, so the other one goes too
            }
        });
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[64 * 1024];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            awaitWhole();
            to.write(buffer, 0, read);
        }
    }

    private void awaitWhole() {
        lock.lock();
        try {
            while (isCut && !isClosed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
