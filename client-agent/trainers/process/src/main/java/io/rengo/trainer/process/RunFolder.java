package io.rengo.trainer.process;

import io.rengo.agent.Examples;
import io.rengo.core.FormatException;
import io.rengo.core.Layout;
import io.rengo.core.Safetensors;
import io.rengo.core.TensorSpec;
import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.Json;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folder that a run's files go through. It is emptied before each run, so that what a failed
/// one left can be looked at until then.
record RunFolder(Path path) {
  private static final int TAIL = 2_000;

  void clear() throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(path);
  }

  void writeTask(RunTask task) throws IOException {
    Files.writeString(path.resolve("task.json"), Json.write(task));
  }

  void writeModel(Layout layout, float[] parameters) throws IOException {
    write("global.safetensors", Safetensors.write(layout, Map.of(), parameters));
  }

  /// Features `[rows, width]` and targets `[rows]`.
  void writeExamples(String name, Examples examples) throws IOException {
    if (examples.count() == 0) {
      return;
    }
    TensorSpec features = new TensorSpec("features", List.of(examples.count(), examples.width()));
    TensorSpec targets = new TensorSpec("targets", List.of(examples.count()));
    float[] all = new float[examples.features().length + examples.count()];
    System.arraycopy(examples.features(), 0, all, 0, examples.features().length);
    System.arraycopy(examples.targets(), 0, all, examples.features().length, examples.count());
    write(name, Safetensors.write(new Layout(List.of(features, targets)), Map.of(), all));
  }

  private void write(String name, ByteBuffer bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            path.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
  }

  RunResult readResult() throws IOException {
    Path file = existing("result.json");
    try {
      return RunResult.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw malformed(file, e);
    }
  }

  float[] readUpdate(Layout layout) throws IOException {
    Path file = existing("update.safetensors");
    try {
      if (Files.size(file) > Safetensors.MAX_HEADER + 8L + 4 * layout.size()) {
        throw new IllegalArgumentException("the file is longer than the model can be");
      }
      float[] update = Safetensors.read(ByteBuffer.wrap(Files.readAllBytes(file)), layout);
      for (int i = 0; i < update.length; i++) {
        if (!Float.isFinite(update[i])) {
          throw new IllegalArgumentException("parameter " + i + " is " + update[i]);
        }
      }
      return update;
    } catch (FormatException | IllegalArgumentException e) {
      throw malformed(file, e);
    }
  }

  private Path existing(String name) {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new RengoException(
          ErrorCode.TRAINING_FAILED,
          "the command ended well but left no " + name,
          file.toString(),
          "Let it write the file into the folder that is its last argument" + tail());
    }
    return file;
  }

  RengoException malformed(Path file, RuntimeException cause) {
    return new RengoException(
        ErrorCode.TRAINING_FAILED,
        "the command wrote a file that cannot be used: " + cause.getMessage(),
        file.toString(),
        "Correct what it writes; the folder is kept until the next run",
        cause);
  }

  Path output() {
    return path.resolve("output.log");
  }

  Path errors() {
    return path.resolve("error.log");
  }

  /// The end of what the command wrote to standard error, for an error's message.
  String tail() {
    try (FileChannel in = FileChannel.open(errors())) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(TAIL, in.size()));
      in.position(in.size() - bytes.capacity());
      while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
      String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString().strip();
      return text.isEmpty() ? "" : ". Its standard error ends with: " + text;
    } catch (IOException e) {
      return "";
    }
  }
}
