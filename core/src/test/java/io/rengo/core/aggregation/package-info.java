@NullMarked
package io.rengo.core.aggregation;

import org.jspecify.annotations.NullMarked;
