package io.rengo.cli;

import io.rengo.protocol.ErrorCode;
import io.rengo.protocol.RengoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Lines over a number, as a PNG.
final class LineChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;

  private final XYChart chart;

  LineChart(String title, String x, String y) {
    System.setProperty("java.awt.headless", "true");
    chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
  }

  /// The same with logarithms on both axes.
  LineChart logarithmic() {
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    return this;
  }

  LineChart with(String name, long[] x, double[] y) {
    return with(name, LongStream.of(x).asDoubleStream().toArray(), y);
  }

  LineChart with(String name, double[] x, double[] y) {
    chart.addSeries(name, x, y).setMarker(SeriesMarkers.NONE);
    return this;
  }

  byte[] png() {
    try {
      return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    } catch (IOException e) {
      throw new IllegalStateException("a chart is drawn in memory", e);
    }
  }

  void save(Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(file, png());
    } catch (IOException e) {
      throw new RengoException(
          ErrorCode.CONFIG_INVALID,
          "the picture cannot be written: " + e.getMessage(),
          file.toString(),
          "Name a file in a folder that you may write to",
          e);
    }
  }
}
