package dev.stentor.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** Curves over the frequency, one panel below the other, as an SVG. */
final class Picture {

    /** Number of points of a curve. */
    static final int COLUMNS = 320;

    private static final int LEFT = 56;
    private static final int WIDTH = 2 * COLUMNS;
    private static final int PANEL = 120;
    private static final int STEP = PANEL + 34;
    private static final int TOP = 34;
    private static final int FLOOR_DECIBELS = 200;

    private final String title;
    private final double nyquistHz;
    private final StringBuilder panels = new StringBuilder();
    private int count;

    Picture(String title, double nyquistHz) {
        this.title = title;
        this.nyquistHz = nyquistHz;
    }

    /** Adds a panel; {@code loudest} returns the decibels between two parts of the whole width, 0 to 1. */
    void panel(String name, DoubleBinaryOperator loudest) {
        int top = TOP + count++ * STEP;
        panels.append(String.format(Locale.ROOT, "<text x='%d' y='%d' class='n'>%s</text>%n", LEFT, top + 12, name));
        int from = top + 18;
        for (int decibels = 0; decibels <= FLOOR_DECIBELS; decibels += 40) {
            double y = from + PANEL * decibels / (double) FLOOR_DECIBELS;
            panels.append(String.format(
                    Locale.ROOT,
                    "<path d='M%d %.1fh%d' class='%s'/><text x='%d' y='%.1f' class='y'>%d</text>%n",
                    LEFT,
                    y,
                    WIDTH,
                    decibels == 120 ? "t" : "g",
                    LEFT - 6,
                    y + 4,
                    -decibels));
        }
        panels.append("<polyline points='");
        for (int column = 0; column < COLUMNS; column++) {
            double value = loudest.applyAsDouble((double) column / COLUMNS, (column + 1.0) / COLUMNS);
            double y = from + PANEL * Math.clamp(-value / FLOOR_DECIBELS, 0, 1);
            panels.append(String.format(Locale.ROOT, "%d,%.1f ", LEFT + 2 * column + 1, y));
        }
        panels.append("'/>\n");
    }

    void write(Path file) throws IOException {
        int height = TOP + count * STEP + 24;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif'>%n"
                        + "<style>rect{fill:#fff}text{fill:#222;font-size:12px}.y{text-anchor:end;font-size:9px}"
                        + ".x{text-anchor:middle;font-size:10px}.n{font-weight:bold}path{stroke:#ddd}.t{stroke:#c33}"
                        + "polyline{fill:none;stroke:#247;stroke-width:1}</style>%n<rect width='100%%' height='100%%'/>%n"
                        + "<text x='%d' y='20'>%s (dB; the red line is -120)</text>%n",
                LEFT + WIDTH + 20,
                height,
                LEFT,
                title));
        svg.append(panels);
        for (int hertz = 0; hertz <= nyquistHz; hertz += 2_000) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x='%.1f' y='%d' class='x'>%d kHz</text>%n",
                    LEFT + WIDTH * hertz / nyquistHz,
                    height - 8,
                    hertz / 1_000));
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }
}
