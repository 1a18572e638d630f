package io.rengo.test.access;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tables of a page of the documentation.
final class Tables {
  private Tables() {}

  /// The rows of the one table whose head begins with these columns.
  static List<List<String>> rows(String page, String... head) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(Checkout.root().resolve("docs").resolve(page))) {
      List<String> cells = cells(line);
      if (inside && cells.isEmpty()) {
        break;
      }
      if (inside && !cells.getFirst().startsWith("---")) {
        rows.add(cells);
      }
      inside = inside || cells.equals(List.of(head));
    }
    if (rows.isEmpty()) {
      throw new IllegalStateException(page + " has no table of " + List.of(head));
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return line.startsWith("|")
        ? Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
            .map(String::strip)
            .toList()
        : List.of();
  }
}
