@NullMarked
package io.rengo.cli;

import org.jspecify.annotations.NullMarked;
