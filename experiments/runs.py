# SPDX-License-Identifier: GPL-3.0-or-later
"""What the training scripts share: vitrine-cli, and trainings that resume from their last checkpoint."""
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

CACHE = pathlib.Path(os.environ.get("VITRINE_CACHE") or pathlib.Path.home() / ".cache/vitrine")
ROOT = pathlib.Path(__file__).resolve().parents[1]
CLI = ROOT / "build/release/bin/vitrine-cli"


def call(cli, *arguments, **more):
    """Ends this program where that one fails. Ctrl+C is for that one alone, which saves and stops."""
    before = signal.signal(signal.SIGINT, lambda *unused: None)
    called = subprocess.run([cli, *arguments], text=True, **more)
    signal.signal(signal.SIGINT, before)
    if called.returncode:
        sys.exit(called.returncode)
    return called.stdout


def kept_copy(cli, folder):
    """A copy of the program that later builds leave alone, named by its content."""
    copy = folder / f"vitrine-cli-{hashlib.sha256(cli.read_bytes()).hexdigest()[:12]}"
    if not copy.exists():
        shutil.copy2(cli, copy)
    return copy


def is_done(run):
    try:
        return json.loads((run / "status.json").read_text())["state"] == "done"
    except (OSError, ValueError, KeyError):
        return False


def state_of(run):
    return "done" if is_done(run) else "begun" if run.exists() else "open"


def settings_file(run):
    return run.with_name(run.name + ".json")


def paper_settings(data, variant, multi_scale, noise, size, steps, seed, decay_after):
    """A structured predictor as the released code trains it: the template "As in the paper". Its gradients are summed over a batch of 32,
    ours are their mean: epsilon and weight decay are a 32nd of its."""
    stage = {"size": size, "steps": steps, "schedule": "inverse", "learningRate": 3e-4, "warmupSteps": 0, "decayAfter": decay_after,
             "decayEvery": 20, "decayRate": 1e-3, "omissions": False}
    return {"recipe": "segmentation", "data": str(data), "seed": seed, "variant": variant, "multiScale": multi_scale,
            "noiseInjection": noise, "batch": 32, "beta2": 0.999, "epsilon": 1e-6 / 32, "weightDecay": 1e-7, "averageDecay": 0,
            "stages": [stage]}


def train(run, config, cli, *options):
    """Starts a run, its configuration in a file beside it, or resumes it. Ends this program where it stops early."""
    if run.exists():
        command = ["train", "--resume", run]
    else:
        settings_file(run).write_text(json.dumps(config, indent=1))
        command = ["train", settings_file(run), "--out", run]
    call(cli, *command, *options, stdout=sys.stderr)
    if not is_done(run):
        sys.exit(f"{run} is not done yet; the same command resumes it.")
