"""Turns the two sides' results into figures with targets. Usage: report.py FOLDER NAME"""
import json
import os
import sys

folder, name = sys.argv[1:]


def read(file):
    path = os.path.join(folder, file)
    return json.load(open(path)) if os.path.getsize(path) else None


flower, rengo = read("flower-result.json"), read("rengo-result.json")
peer_process, process = (read("flower.json") if flower else None), read("rengo.json")


def line(figure, value, unit, target, ratio, **more):
    print(json.dumps({"name": f"{name} {figure}", "value": value, "unit": unit, "target": target, "ratio": round(ratio, 2), **more}))


median = rengo["medianRoundSeconds"]
if name.startswith("dummy"):
    limit, times = {"dummy-1000x10k": (0.5, 15), "dummy-100x1M": (0.4, 5)}.get(name, (None, None))
    if limit:
        line("round", median, "s", limit, limit / median, all=rengo["roundSeconds"])
        gain = flower["median_round"] / median
        line("round beside Flower", gain, "times less", times, gain / times, flower=flower["round_s"])
        memory = peer_process["peak_rss_mb"] / process["peak_rss_mb"]
        line("memory beside Flower", memory, "times less", 3, memory / 3, rengo=process["peak_rss_mb"], flower=peer_process["peak_rss_mb"])
    else:
        line("round", median, "s", None, 1, all=rengo["roundSeconds"])
        line("memory", process["peak_rss_mb"], "MB", None, 1)
else:
    last = rengo["accuracy"][max(rengo["accuracy"], key=int)]
    theirs = flower["acc"][max(flower["acc"], key=int)]
    line("accuracy", last, "share", f"within 0.01 of {theirs}", 1 if abs(last - theirs) <= 0.01 or last > theirs else 0)
    whole = peer_process["wall_s"] / process["wall_s"]
    line("whole run beside Flower", whole, "times less", 3, whole / 3, rengo=process["wall_s"], flower=peer_process["wall_s"])
    dl4j = read("dl4j-result.json")
    line("DL4J accuracy", dl4j["accuracy"][max(dl4j["accuracy"], key=int)], "share", None, 1)
    line("DL4J later round", dl4j["medianRoundSeconds"], "s", None, 1, all=dl4j["roundSeconds"])
    later = flower["median_round"] / median
    line("later round beside Flower", later, "times less", 1, later, rengo=rengo["roundSeconds"], flower=flower["round_s"])
