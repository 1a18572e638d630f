@NullMarked
package io.rengo.cli.cost;

import org.jspecify.annotations.NullMarked;
