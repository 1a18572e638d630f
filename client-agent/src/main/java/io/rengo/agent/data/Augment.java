package io.rengo.agent.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rengo.agent.Augmentation;
import io.rengo.agent.Examples;
import io.rengo.core.SplitMix64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Random changes of images, drawn anew for each image in each epoch.
///
/// @param shape channels, height and width of an image, as its features lie in a row
/// @param flip whether half of the images are mirrored left to right; false by default
/// @param shift the largest move up, down, left or right in pixels; what comes in is 0; 0 by
///   default
/// @param noise standard deviation of Gaussian noise on every (normalised) feature; 0 by default
public record Augment(List<Integer> shape, boolean flip, int shift, double noise) {
  public Augment {
    shape = List.copyOf(shape);
    if (shape.size() != 3 || shape.stream().anyMatch(size -> size < 1)) {
      throw DataSettings.invalid(
          "shape is " + shape, "augment.shape", "Give [channels, height, width]");
    }
    if (shift < 0 || shift >= Math.min(shape.get(1), shape.get(2))) {
      throw DataSettings.invalid(
          "shift is " + shift, "augment.shift", "Give 0 or more pixels, fewer than the image has");
    }
    if (!(noise >= 0 && Double.isFinite(noise))) {
      throw DataSettings.invalid("noise is " + noise, "augment.noise", "Give 0 or more");
    }
  }

  @JsonCreator
  static Augment of(
      @JsonProperty(value = "shape", required = true) List<Integer> shape,
      @JsonProperty("flip") @Nullable Boolean flip,
      @JsonProperty("shift") @Nullable Integer shift,
      @JsonProperty("noise") @Nullable Double noise) {
    return new Augment(
        shape, flip != null && flip, shift == null ? 0 : shift, noise == null ? 0 : noise);
  }

  /// The augmentation of rows that have this many features.
  Augmentation of(int width) {
    if ((long) shape.get(0) * shape.get(1) * shape.get(2) != width) {
      throw DataSettings.invalid(
          "images of shape %s do not have %d features".formatted(shape, width),
          "augment.shape",
          "Give [channels, height, width] of the data");
    }
    return this::apply;
  }

  private Examples apply(Examples training, long seed, int epoch) {
    int width = training.width();
    float[] changed = new float[training.features().length];
    SplitMix64 random = SplitMix64.derive(seed, "augment", Integer.toString(epoch));
    for (int row = 0; row < training.count(); row++) {
      boolean mirrored = flip && Shuffle.below(2, random) == 1;
      int down = Shuffle.below(2 * shift + 1, random) - shift;
      int right = Shuffle.below(2 * shift + 1, random) - shift;
      move(training.features(), changed, row * width, mirrored, down, right);
      for (int i = row * width; noise > 0 && i < (row + 1) * width; i++) {
        changed[i] += (float) (noise * random.nextGaussian());
      }
    }
    return new Examples(training.count(), width, changed, training.targets());
  }

  private void move(float[] from, float[] to, int start, boolean mirrored, int down, int right) {
    int height = shape.get(1);
    int width = shape.get(2);
    for (int channel = 0; channel < shape.get(0); channel++) {
      int plane = start + channel * height * width;
      for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
        for (int x = Math.max(0, right); x < Math.min(width, width + right); x++) {
          int column = mirrored ? width - 1 - (x - right) : x - right;
          to[plane + y * width + x] = from[plane + (y - down) * width + column];
        }
      }
    }
  }
}
