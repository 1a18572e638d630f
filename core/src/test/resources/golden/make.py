"""Makes the golden files of this folder with the safetensors Python package.

    python3 -m venv venv && venv/bin/pip install safetensors==0.8.0 numpy==2.4.6
    venv/bin/python make.py           # writes python-*.safetensors
    venv/bin/python make.py --check   # reads java-*.safetensors, which SafetensorsTest pins
"""

import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

HERE = Path(__file__).parent
ODD_NAME = 'quote " backslash \\ tab \t bell \x07 ünï 漢字 😀'


def floats(*shape):
    """-2.0, -1.75, -1.5, ... in row-major order."""
    count = int(np.prod(shape))
    return (np.arange(count, dtype=np.float32) / 4 - 2).reshape(shape)


def make():
    # The names are in the order in which the library writes them: our writer must give the same bytes.
    save_file(
        {"a.bias": floats(3), "a.kernel": floats(2, 3), ODD_NAME: floats(1, 1, 2), "scalar": floats()},
        HERE / "python-sorted.safetensors",
        metadata={"note": 'a "quoted"\nline / \b\f\r\x1f\x7f 漢字'},
    )
    # A layout's order, kernel before bias, which the library turns round.
    save_file(
        {"dense.kernel": floats(4, 2), "dense.bias": floats(2), "out.kernel": floats(2, 1), "out.bias": floats(1)},
        HERE / "python-reordered.safetensors",
    )
    extremes = [0.0, -0.0, 1e-45, -3.4028235e38, np.inf, -np.inf, np.nan, np.float32(np.pi)]
    save_file({"x": np.array(extremes, dtype=np.float32)}, HERE / "python-extremes.safetensors")
    save_file(
        {
            "double": np.array([1.5], dtype=np.float64),
            "empty": np.zeros((0, 3), dtype=np.float32),
            "flags": np.array([True, False, True]),
            "half": np.array([[0.5, 1.0]], dtype=np.float16),
            "label": np.array([7], dtype=np.int64),
            "single": floats(2),
        },
        HERE / "python-mixed.safetensors",
    )


def check():
    tensors = load_file(HERE / "java-layout-order.safetensors")
    expected = {"z.kernel": floats(2, 3), "a.bias": floats(3), ODD_NAME: floats()}
    assert tensors.keys() == expected.keys(), tensors.keys()
    for name, values in expected.items():
        assert tensors[name].dtype == np.float32 and np.array_equal(tensors[name], values), name
    print("java-layout-order.safetensors reads as it should")


check() if "--check" in sys.argv else make()
