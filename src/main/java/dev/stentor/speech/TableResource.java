package dev.stentor.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A reader of tables that lie beside a class: one row a line, columns parted by tabs, {@code #} begins a comment line. */
public final class TableResource {

    private TableResource() {}

    /**
     * Reads all rows, each of exactly so many columns.
     *
     * @throws IllegalStateException if the table is missing or has a row of another width
     */
    public static List<List<String>> read(Class<?> beside, String name, int columns) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("There is no table " + name + " beside " + beside.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> row(line, name, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String line, String name, int columns) {
        List<String> row = List.of(line.split("\t", -1));
        if (row.size() != columns) {
            throw new IllegalStateException("Table " + name + " wants " + columns + " columns: " + line);
        }
        return row;
    }
}
