package io.rengo.lambdas;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.crac.Core;

/// The handler as it comes out of a snapshot.
public final class PrimedHandler implements RequestStreamHandler {
  private final Handler handler = new Handler();

  public PrimedHandler() {
    handler.beforeCheckpoint(Core.getGlobalContext());
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }
}
