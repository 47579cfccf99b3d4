package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The treatment of a channel's listeners, which goes by how many there are on all nodes and by whether one plays in step. Only the node that
 * owns the channel changes it, and tells by entries, whose numbers are the same on all nodes. Confined to the clock's thread, but for what
 * says that it may be called from any thread.
 */
final class Treatment {

    private final RenditionsByFormat renditions;
    private final Consumer<ChannelEvent> tell;
    private final GroupDelay groupDelay = new GroupDelay();
    private final ReportPace pace;
    private volatile StreamParameters parameters;
    private volatile boolean own;
    private volatile RemoteAudience remote = RemoteAudience.NONE;

    /**
     * Creates the treatment by these parameters.
     *
     * @param own whether this node owns the channel
     * @param tell tells all listeners of an event
     */
    Treatment(StreamParameters parameters, RenditionsByFormat renditions, boolean own, Consumer<ChannelEvent> tell) {
        this.parameters = parameters;
        this.renditions = renditions;
        this.own = own;
        this.tell = tell;
        this.pace = new ReportPace(parameters.settings().report());
    }

    /** Returns the parameters that hold now; from any thread. */
    StreamParameters parameters() {
        return parameters;
    }

    /** Tells whether this node owns the channel; from any thread. */
    boolean isOwn() {
        return own;
    }

    /** Decides from now on, as the owner of the channel. */
    void own() {
        own = true;
        treat(parameters.settings());
    }

    /** Returns the audience on the other nodes; from any thread. */
    RemoteAudience remote() {
        return remote;
    }

    /** Returns after how many ticks released sound is sent to a listener; 1 if other nodes have listeners, where it gathers by their number. */
    int ticksUntilSent(long nowMicros) {
        return remote.listeners() > 0 ? 1 : renditions.ticksUntilSent(nowMicros);
    }

    /** Tells whether a listener on this node has asked to play in step; from any thread. */
    boolean isInStep() {
        return groupDelay.isAsked();
    }

    /** Goes by other parameters. */
    void follow(StreamParameters newParameters) {
        parameters = newParameters;
        renditions.follow(newParameters);
    }

    /** Goes by what the owner of the channel tells; null if that has not changed. */
    void follow(@Nullable RelayedState state) {
        if (state != null) {
            follow(parameters
                    .withSettings(state.settings().on(parameters.settings()))
                    .withLead(state.leadMillis()));
        }
    }

    /** Takes note of what listeners are told. */
    void on(ChannelEvent event) {
        groupDelay.on(event);
    }

    /** Counts the listeners here that report, and treats all by the number of all. */
    void count(int change) {
        pace.count(change);
        if (ReportPace.differs(parameters.settings(), pace.in(parameters.settings()))) {
            treat(parameters.settings());
        }
    }

    /** Takes note of the audience on all other nodes together. */
    void count(RemoteAudience others) {
        if (own) {
            int change = others.reporting() - remote.reporting();
            remote = others;
            count(change);
            if (others.inStep()) {
                playInStep();
            }
        }
    }

    /** Takes note that a listener plays in step. */
    void playInStep() {
        if (groupDelay.ask()) {
            treat(parameters.settings());
        }
    }

    /** Treats all by these settings, as far as the audience allows. */
    void treat(BroadcastSettings newSettings) {
        if (!own) {
            return;
        }
        BroadcastSettings wanted = pace.in(groupDelay.in(newSettings));
        TimelineMoved again = groupDelay.again(parameters.settings(), wanted);
        boolean otherPace = ReportPace.differs(parameters.settings(), wanted);
        follow(parameters.withSettings(wanted));
        if (again != null) {
            tell.accept(again);
        }
        if (otherPace) {
            tell.accept(new LeadChanged(renditions.generation(), parameters.leadMillis())); // `stream` has the pace too
        }
    }
}
