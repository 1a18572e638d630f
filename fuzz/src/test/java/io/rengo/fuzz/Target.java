package io.rengo.fuzz;

import java.util.Arrays;

/// What Jazzer calls with each input.
public final class Target {
  private Target() {}

  /// @param input the first byte chooses the decoder, the rest is for it
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      Decoder[] decoders = Decoder.values();
      decoders[(input[0] & 0xff) % decoders.length].check(
          Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
