#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a training (kill -9) at random points, mostly amid saving, and looks whether every restart goes on.

  tests/torture/kill_training.py [--kills 200] [--cli build/release/bin/vitrine-cli] [--seed 1]

A small network on the rendered chairs (vitrine-cli data render) that saves after every step. After each kill the newest checkpoint
must be at least as new as the newest that was announced before, and the next start must train on from it. Prints one line of figures;
exits 1 at the first restart that fails.
"""
import argparse, json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, time

CONFIG = {"batch": 2, "checkpointMinutes": 1e-9, "previewEvery": 7, "precision": "fp32",
          "stages": [{"preset": "compact-64", "width": 0.05, "steps": 1000000, "schedule": "constant"}]}


def read_status(run):
    try:
        return json.loads((run / "status.json").read_text())
    except (OSError, ValueError):
        return {}


def newest_checkpoint(run):
    steps = [int(f.name[5:]) for f in (run / "checkpoints").glob("step-*") if (f / "state.safetensors").exists()]
    return max(steps, default=-1)


def start(cli, run, config):
    begun = (run / "config.json").exists()
    words = ["train", "--resume", str(run)] if begun else ["train", str(config), "--out", str(run)]
    return subprocess.Popen([cli, "--threads", "1", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def wait_until_training(process, run, least_step):
    """Returns None, or why the restart failed."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        status = read_status(run)
        if status.get("pid") == process.pid and status.get("step", 0) > least_step:
            return None
        if process.poll() is not None:
            return process.stderr.read().decode(errors="replace")
        time.sleep(0.002)
    return "it did not train within two minutes"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cli", default="build/release/bin/vitrine-cli")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="vitrine-kill-"))
    run, config = folder / "run", folder / "config.json"
    config.write_text(json.dumps(CONFIG))
    states, early = {}, 0
    announced = -1
    for number in range(arguments.kills):
        process = start(arguments.cli, run, config)
        if dice.random() < 0.15:  # before or while it starts
            time.sleep(dice.uniform(0, 1))
            early += 1
        else:
            problem = wait_until_training(process, run, max(newest_checkpoint(run), 0))
            if problem:
                process.kill()
                print(f"kill {number}: the restart failed: {problem}", file=sys.stderr)
                return 1
            time.sleep(dice.uniform(0, 0.15))
        status = read_status(run)
        process.send_signal(signal.SIGKILL)
        process.wait()
        states[status.get("state", "none")] = states.get(status.get("state", "none"), 0) + 1
        announced = max(announced, status.get("checkpointStep", -1))
        if newest_checkpoint(run) < announced:
            print(f"kill {number}: checkpoint {announced} was announced, but the newest is {newest_checkpoint(run)}", file=sys.stderr)
            return 1
    last = max(newest_checkpoint(run), 0)
    end = subprocess.run([arguments.cli, "--threads", "1", "train", "--resume", str(run), "--steps", str(last + 2), "--json"], capture_output=True)
    if end.returncode != 0 or json.loads(end.stdout)["step"] != last + 2:
        print("the last restart failed: " + end.stderr.decode(errors="replace"), file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    print(f"{arguments.kills} kills, {arguments.kills} restarts went on; {early} before or at the start; states at the kill: "
          + ", ".join(f"{name} {count}" for name, count in sorted(states.items())) + f"; {last} steps in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
