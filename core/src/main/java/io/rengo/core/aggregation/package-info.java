/// How the updates of a round become one delta. The updates of `K` members are the rows of a
/// matrix; everything here is one of three passes over it: measuring it ([MatrixMeasure] gives a
/// [Gram]), weighing its rows ([Rule], from numbers alone), and folding it to one row
/// ([io.rengo.core.WeightedSum], or a [ColumnStatistic]).
@NullMarked
package io.rengo.core.aggregation;

import org.jspecify.annotations.NullMarked;
