"""Turns the kernels' raw figures into figures with targets. Usage: kernel_report.py RENGO C1 PEERS"""
import json
import sys

rengo, c1, peers = (json.load(open(path)) for path in sys.argv[1:])


def line(name, value, unit, target, ratio):
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "target": target, "ratio": None if ratio is None else round(ratio, 2)}))


def at_least(name, value, unit, target):
    line(name, value, unit, target, value / target)


def at_most(name, value, unit, target):
    line(name, value, unit, target, target / value)


axpy, flower = rengo["axpy GB/s"], peers["Flower aggregate_inplace GB/s"]
for source in ("byte[]", "a mapped file"):
    rate = rengo[f"fold from {source} GB/s"]
    at_least(f"fold from {source}", rate, "GB/s", 0.8 * axpy)
    at_least(f"fold from {source} beside Flower's aggregate_inplace", rate / flower, "times faster", 4)
at_most("median, K = 100", rengo["median s/M"], "s per million coordinates", 0.35)
at_most("trimmed mean, K = 100", rengo["trimmed mean s/M"], "s per million coordinates", 0.5)
at_least("median beside numpy.median", peers["numpy.median s/M"] / rengo["median s/M"], "times faster", 4)
at_least("trimmed mean beside numpy.sort", peers["numpy trimmed mean s/M"] / rengo["trimmed mean s/M"], "times faster", 4)
for width in ("float64", "float32"):
    at_most(f"Gram in float64, K = 100, beside numpy X @ X.T in {width}", rengo["Gram s/M"] / peers[f"numpy X @ X.T {width} s/M"], "times as long", 1.3)
at_least("unseal, decode and fold beside the fold alone", rengo["unseal, decode and fold GB/s"] / rengo["fold from byte[] GB/s"], "of its speed", 0.5)
for name in sorted(rengo):
    *what, unit = name.split(" ")
    line(" ".join(what), rengo[name], unit.replace("s/M", "s per million coordinates"), None, None)
    line(" ".join(what) + ", C1 as Lambda starts it", c1[name], unit.replace("s/M", "s per million coordinates"), None, None)
for name, value in sorted(peers.items()):
    *what, unit = name.split(" ")
    line(" ".join(what), value, unit.replace("s/M", "s per million coordinates"), None, None)
