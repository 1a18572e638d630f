package io.rengo.trainer.dl4j;

import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/// Starts ND4J once, quietly, with one thread for each network: members train side by side, and two
/// threads for each of them on a busy machine are many times slower than one.
final class Nd4jSetup {
  private Nd4jSetup() {}

  static {
    System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    if (System.getenv("OMP_NUM_THREADS") == null) {
      Nd4j.factory().blas().setMaxThreads(1);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
  }

  /// Returns when ND4J is ready.
  static void ready() {}
}
