"""Draws accuracy over epsilon. Usage: utility_plot.py LINES SVG"""
import json
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "rengo", "font.size": 10})
import matplotlib.pyplot as plt

lines = [json.loads(line) for line in open(sys.argv[1])]
figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), sharey=True)
for axis, data in zip(axes, ("digits", "Fashion-MNIST")):
    for unit, colour in (("example", "tab:blue"), ("client", "tab:orange")):
        own = [line for line in lines if line["data"] == data and line["unit"] == unit]
        private = [line for line in own if line["epsilon"]]
        axis.plot([line["epsilon"] for line in private], [line["accuracy"] for line in private], "o-", color=colour, label="per " + unit)
        for line in own:
            if not line["epsilon"]:
                axis.axhline(line["accuracy"], linestyle="--", color=colour, label=f"the same without privacy")
    axis.set_title(data)
    axis.set_xlabel("epsilon")
    axis.set_xscale("log")
    axis.set_xticks([1, 3, 8], ["1", "3", "8"])
    axis.minorticks_off()
    axis.grid(alpha=0.3)
    axis.legend(fontsize=8)
axes[0].set_ylabel("accuracy")
figure.tight_layout()
figure.savefig(sys.argv[2], metadata={"Date": None})
