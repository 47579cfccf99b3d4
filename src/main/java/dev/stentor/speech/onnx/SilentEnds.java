package dev.stentor.speech.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The change that makes the published graph leave out the silence around a text, and tell how long each symbol sounds.
 *
 * <p>The graph first plans frames of 25 ms, with the pitch and the loudness of each, and then makes sound of them, which is nearly all of
 * its work. Some 15 frames before the text and 20 behind it are silent. They are planned as before, so that the melody stays, and those
 * farther than {@link #MARGIN} from what is heard are cut off before sound is made.
 *
 * <p>The second half compares each frame with the mean and the variance of all: without the silence it would make another, softer sound.
 * So these become means with weights, in which one silent frame at each end counts for those that are cut off.
 *
 * <p>This reads the graph by the names of the one export that is published. Another graph is left as it is. See ADR 47.
 */
final class SilentEnds {

    /** The output that tells how many frames each symbol has, those around the text included; those that are cut off do not count. */
    static final String DURATIONS = "durations";

    /** What the first half plans: a column for each frame, the pitch and the loudness of each half frame, the length of each symbol. */
    private static final String FRAMES = "/encoder/MatMul_1_output_0";

    private static final String PITCH = "/encoder/Reshape_output_0";
    private static final String LOUDNESS = "/encoder/Reshape_1_output_0";
    private static final String LENGTHS = "/encoder/Clip_output_0";

    private static final String SECOND_HALF = "/decoder/";
    private static final String MEAN = "ReduceMean";
    private static final String OWN = "stentor_";
    private static final Map<String, String> CUT =
            Map.of(FRAMES, OWN + "frames", PITCH, OWN + "pitch", LOUDNESS, OWN + "loudness");

    /** Logarithmic loudness above which a half frame is heard, even in a quiet room: silence has -9, speech 0 to 10. */
    private static final float HEARD = -5;

    /** Silent frames that stay at each end: what is heard spreads into one of them or two. */
    private static final long MARGIN = 2;

    /** Columns for a frame in the stages of the second half; the last one has one column more. */
    private static final List<Integer> COLUMNS = List.of(1, 2, 20, 120);

    private static final long FLOAT = Tensor.FLOAT;
    private static final long INTEGER = 6;

    private SilentEnds() {}

    /** Returns a graph that leaves them out, or the same graph if it is not the published one. */
    static Graph cut(Graph graph) throws IOException {
        for (String name : List.of(FRAMES, PITCH, LOUDNESS, LENGTHS)) {
            if (graph.producer(name).isEmpty()) {
                return graph;
            }
        }
        var nodes = new ArrayList<GraphNode>();
        for (GraphNode node : graph.nodes()) {
            nodes.add(changed(node));
        }
        var draft = new GraphDraft();
        addCut(draft);
        addDurations(draft);
        addWeights(draft);
        return draft.addedTo(Graph.of(nodes, graph.constants(), graph.rest()));
    }

    private static GraphNode changed(GraphNode node) throws IOException {
        List<String> inputs = node.inputs().stream()
                .map(input -> CUT.getOrDefault(input, input))
                .toList();
        if (node.is(MEAN) && node.name().startsWith(SECOND_HALF)) {
            String weights = OWN + "weights_" + columns(node.name());
            return new GraphNode(List.of(inputs.getFirst(), weights), node.outputs(), "MatMul", Map.of(), node.rest());
        }
        return node.with(node.operator(), inputs);
    }

    /** Returns how many columns a stage has for a frame. */
    private static int columns(String name) {
        if (!name.contains("/generator/")) {
            return name.contains("/decode.3/norm2") ? 2 : 1;
        }
        boolean isLast = name.contains("/noise_res.1/")
                || List.of("/resblocks.3/", "/resblocks.4/", "/resblocks.5/").stream()
                        .anyMatch(name::contains);
        return isLast ? 120 : 20;
    }

    /** Adds what cuts: from the first half frame that is heard to the last one, with a margin. */
    private static void addCut(GraphDraft draft) {
        draft.floats("stentor_heard", List.of(), HEARD);
        draft.longs("stentor_margin", MARGIN);
        draft.longs("stentor_0", 0);
        draft.longs("stentor_1", 1);
        draft.longs("stentor_2", 2);
        draft.node("Greater", LOUDNESS + " stentor_heard", "stentor_is_heard");
        draft.node("Cast", "stentor_is_heard", "stentor_hearing", Map.of("to", INTEGER));
        Map<String, Long> along = Map.of("axis", 1L, "keepdims", 0L);
        draft.node("ArgMax", "stentor_hearing", "stentor_first_half", along);
        draft.node("Div", "stentor_first_half stentor_2", "stentor_first");
        draft.node("Sub", "stentor_first stentor_margin", "stentor_before");
        draft.node("Max", "stentor_before stentor_0", "stentor_from");
        draft.node(
                "ArgMax",
                "stentor_hearing",
                "stentor_last_half",
                Map.of("axis", 1L, "keepdims", 0L, "select_last_index", 1L));
        draft.node("Div", "stentor_last_half stentor_2", "stentor_last");
        draft.node("Add", "stentor_last stentor_margin", "stentor_behind");
        draft.node("Add", "stentor_behind stentor_1", "stentor_end");
        draft.node("Shape", FRAMES, "stentor_all", Map.of("start", 2L));
        draft.node("Min", "stentor_end stentor_all", "stentor_to");
        draft.node("Sub", "stentor_to stentor_from", "stentor_left");
        draft.node("Add", "stentor_from stentor_from", "stentor_from_half");
        draft.node("Add", "stentor_to stentor_to", "stentor_to_half");
        draft.node("Slice", FRAMES + " stentor_from stentor_to stentor_2", "stentor_frames");
        draft.node("Slice", PITCH + " stentor_from_half stentor_to_half stentor_1", "stentor_pitch");
        draft.node("Slice", LOUDNESS + " stentor_from_half stentor_to_half stentor_1", "stentor_loudness");
    }

    /** Adds the output: each symbol ends where it did, less what is cut off before it, but not behind the last frame. */
    private static void addDurations(GraphDraft draft) {
        draft.scalar("stentor_axis", 1);
        draft.floats("stentor_none", List.of(1L), 0);
        draft.longs("stentor_one_before", 0, 1, 0, 0);
        draft.longs("stentor_but_one", -1);
        draft.node("CumSum", LENGTHS + " stentor_axis", "stentor_planned_ends");
        draft.node("Cast", "stentor_from", "stentor_cut_before", Map.of("to", FLOAT));
        draft.node("Cast", "stentor_left", "stentor_most", Map.of("to", FLOAT));
        draft.node("Sub", "stentor_planned_ends stentor_cut_before", "stentor_moved_ends");
        draft.node("Max", "stentor_moved_ends stentor_none", "stentor_late_ends");
        draft.node("Min", "stentor_late_ends stentor_most", "stentor_ends");
        draft.node("Pad", "stentor_ends stentor_one_before", "stentor_padded");
        draft.node("Slice", "stentor_padded stentor_0 stentor_but_one stentor_1", "stentor_begins");
        draft.node("Sub", "stentor_ends stentor_begins", DURATIONS);
        draft.output(DURATIONS);
    }

    /** Adds the weights of the columns for each stage: the second frame and the last but one count for those cut off beside them. */
    private static void addWeights(GraphDraft draft) {
        draft.scalar("stentor_start", 0);
        draft.scalar("stentor_step", 1);
        draft.floats("stentor_single", List.of(1L), 1);
        draft.longs("stentor_column", -1, 1);
        draft.node("Sub", "stentor_all stentor_to", "stentor_cut");
        draft.node("Cast", "stentor_cut", "stentor_cut_behind", Map.of("to", FLOAT));
        draft.node("Squeeze", "stentor_left", "stentor_stop");
        draft.node("Range", "stentor_start stentor_stop stentor_step", "stentor_places");
        draft.node("Sub", "stentor_left stentor_2", "stentor_last_but_one");
        addExtra(draft, "stentor_1", "stentor_cut_before", "stentor_extra_before");
        addExtra(draft, "stentor_last_but_one", "stentor_cut_behind", "stentor_extra_behind");
        draft.node("Add", "stentor_extra_before stentor_extra_behind", "stentor_extra");
        draft.node("Add", "stentor_extra stentor_single", "stentor_counts");
        draft.node("Unsqueeze", "stentor_counts stentor_1", "stentor_rows");
        for (int columns : COLUMNS) {
            String name = OWN + columns;
            float[] ones = new float[columns];
            Arrays.fill(ones, 1);
            draft.floats(name + "_ones", List.of(1L, (long) columns), ones);
            draft.node("Mul", "stentor_rows " + name + "_ones", name + "_table");
            draft.node("Reshape", name + "_table stentor_column", name + "_column");
            Optional<String> longer = columns == 120 ? Optional.of(name + "_longer") : Optional.empty();
            longer.ifPresent(longest -> {
                draft.floats("stentor_more", List.of(1L, 1L), 1);
                draft.node("Concat", name + "_column stentor_more", longest, Map.of("axis", 0L));
            });
            String counts = longer.orElse(name + "_column");
            draft.node("ReduceSum", counts, name + "_sum");
            draft.node("Div", counts + " " + name + "_sum", OWN + "weights_" + columns);
        }
    }

    private static void addExtra(GraphDraft draft, String place, String cut, String extra) {
        draft.node("Equal", "stentor_places " + place, extra + "_is");
        draft.node("Cast", extra + "_is", extra + "_here", Map.of("to", FLOAT));
        draft.node("Mul", extra + "_here " + cut, extra);
    }
}
