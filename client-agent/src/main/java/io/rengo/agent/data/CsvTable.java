package io.rengo.agent.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.rengo.agent.Examples;
import io.rengo.agent.data.DataSettings.Task;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// A table of numbers with one column that is the target.
final class CsvTable {
  private final Path file;
  private final DataSettings settings;
  private final List<String> columns;
  private final int label;
  private final List<float[]> rows = new ArrayList<>();
  private final List<Float> targets = new ArrayList<>();

  private CsvTable(Path file, DataSettings settings, CsvRecord first) {
    this.file = file;
    this.settings = settings;
    this.columns = settings.header() ? first.getFields() : numbers(first.getFieldCount());
    this.label = labelColumn();
    if (settings.header() && first.getFields().stream().allMatch(CsvTable::isNumber)) {
      throw DataLoader.invalid(
          "the first line, which should name the columns, holds numbers",
          file + " row 1",
          "Set data.header to false");
    }
  }

  static Examples read(Path file, DataSettings settings) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .detectBomHeader(true)
            .ofCsvRecord(DataLoader.open(file), StandardCharsets.UTF_8)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw DataLoader.invalid("the file is empty", file.toString(), "Give a file with rows");
      }
      CsvRecord first = records.next();
      CsvTable table = new CsvTable(file, settings, first);
      if (!settings.header()) {
        table.add(first);
      }
      records.forEachRemaining(table::add);
      return table.examples();
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw DataLoader.unreadable(file, e);
    }
  }

  private Examples examples() {
    int width = columns.size() - 1;
    float[] features = new float[Math.multiplyExact(rows.size(), width)];
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(rows.get(i), 0, features, i * width, width);
      values[i] = targets.get(i);
    }
    return new Examples(values.length, width, features, values);
  }

  private void add(CsvRecord line) {
    if (line.getFieldCount() != columns.size()) {
      throw DataLoader.invalid(
          "the row has " + line.getFieldCount() + " columns, not " + columns.size(),
          file + " row " + line.getStartingLineNumber(),
          "Correct the row");
    }
    float[] row = new float[columns.size() - 1];
    for (int i = 0, j = 0; i < columns.size(); i++) {
      if (i != label) {
        row[j++] = number(line, i);
      }
    }
    rows.add(row);
    targets.add(target(line));
  }

  private float target(CsvRecord line) {
    if (!settings.classes().isEmpty()) {
      int number = settings.classes().indexOf(line.getField(label).strip());
      if (number < 0) {
        throw invalid(line, label, "is none of " + settings.classes(), "Add it to data.classes");
      }
      return number;
    }
    float value = number(line, label);
    if (settings.task() == Task.CLASSIFICATION && !(value >= 0 && value == (int) value)) {
      throw invalid(
          line, label, "is not a class number", "Set data.classes, or data.task to regression");
    }
    return value;
  }

  private float number(CsvRecord line, int column) {
    try {
      float value = Float.parseFloat(line.getField(column));
      if (Float.isFinite(value)) {
        return value;
      }
      throw invalid(line, column, "is not finite", "Correct or remove the row");
    } catch (NumberFormatException e) {
      boolean unread = !settings.header() && line.getStartingLineNumber() == 1;
      throw invalid(
          line,
          column,
          "is not a number",
          unread
              ? "Where the first line names the columns, set data.header to true"
              : "Correct it");
    }
  }

  private RengoException invalid(CsvRecord line, int column, String what, String mend) {
    return DataLoader.invalid(
        "'" + line.getField(column) + "' " + what,
        "%s row %d column %s".formatted(file, line.getStartingLineNumber(), columns.get(column)),
        mend);
  }

  private int labelColumn() {
    String name = settings.label();
    int named = settings.header() ? columns.indexOf(name) : -1;
    if (named >= 0) {
      return named;
    }
    if (name.equals("last")) {
      return columns.size() - 1;
    }
    int number = name.matches("[0-9]{1,9}") ? Integer.parseInt(name) : columns.size();
    if (number >= columns.size()) {
      throw DataLoader.invalid(
          "there is no column '" + name + "'",
          file.toString(),
          "Set data.label to one of " + columns);
    }
    return number;
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static boolean isNumber(String text) {
    try {
      return !Float.isNaN(Float.parseFloat(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
