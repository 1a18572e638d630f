package io.rengo.agent.data;

import io.rengo.agent.Augmentation;
import io.rengo.agent.Examples;
import io.rengo.agent.MemberData;
import io.rengo.agent.data.DataSettings.Task;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Reads a member's data as its configuration says. Every error is a [RengoException] with
/// `DATA_INVALID` that names the file, and the row and column where there is one.
public final class DataLoader {
  private DataLoader() {}

  /// The data, ready for a trainer.
  ///
  /// @param base the folder that the paths are relative to
  public static MemberData load(DataSettings settings, Path base) {
    return prepare(read(settings, base), settings);
  }

  /// All rows as they stand in the files.
  public static Examples read(DataSettings settings, Path base) {
    Path file = base.resolve(settings.path());
    Examples examples =
        switch (settings.format()) {
          case CSV -> CsvTable.read(file, settings);
          case IDX -> IdxFile.read(file, base.resolve(settings.labels().orElseThrow()));
        };
    if (examples.count() == 0) {
      throw invalid("there are no rows", file.toString(), "Give a file that has some");
    }
    return examples;
  }

  /// Shuffles, splits and normalises rows that are in memory already.
  public static MemberData prepare(Examples examples, DataSettings settings) {
    Split.Rows rows =
        Split.of(
            examples, settings.holdOut(), settings.task() == Task.CLASSIFICATION, settings.seed());
    Examples training = examples.select(rows.training());
    ColumnScale scale = settings.normalise().fit(training);
    Augmentation augmentation =
        settings.augment().map(augment -> augment.of(examples.width())).orElse(Augmentation.NONE);
    return new MemberData(
        scale.apply(training), scale.apply(examples.select(rows.holdOut())), augmentation);
  }

  /// The file's content, unpacked where it begins as gzip does.
  static InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw invalid(
          "there is no such file", file.toString(), "Correct the path in the agent's data");
    }
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  static RengoException invalid(String what, String where, String mend) {
    return new RengoException(ErrorCode.DATA_INVALID, what, where, mend);
  }

  static RengoException unreadable(Path file, Exception cause) {
    return new RengoException(
        ErrorCode.DATA_INVALID,
        "the file cannot be read: " + cause.getMessage(),
        file.toString(),
        "Check the file and who may read it",
        cause);
  }
}
