package io.rengo.cdk;

import software.amazon.awscdk.App;

/// What `cdk` runs, by `cdk.json`.
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    App app = new App(Stacks.app().build());
    try {
      Stacks.of(app);
    } catch (IllegalArgumentException e) {
      System.err.println("rengo: " + e.getMessage());
      System.exit(2);
    }
    app.synth();
  }
}
