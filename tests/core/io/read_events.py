# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints as JSON what TensorBoard's own readers see in a folder of event files: read_events.py FOLDER.

"read" is what scripts get (EventAccumulator); "served" is which dashboard of TensorBoard shows each tag.
"""
import json
import sys

try:
    from tensorboard.backend.event_processing import event_accumulator, plugin_event_accumulator
except ImportError as error:
    sys.exit(f"TensorBoard's reader is missing ({error}): run packaging/setup --test first")

EVERYTHING = {kind: 0 for kind in ("scalars", "images", "histograms", "tensors")}


def read(folder):
    reader = event_accumulator.EventAccumulator(folder, size_guidance=EVERYTHING)
    reader.Reload()
    tags = reader.Tags()
    return {
        "scalars": {tag: [[e.step, e.value] for e in reader.Scalars(tag)] for tag in tags["scalars"]},
        "images": {
            tag: [[e.step, e.width, e.height, e.encoded_image_string.hex()] for e in reader.Images(tag)]
            for tag in tags["images"]
        },
        "histograms": {
            tag: [dict(step=e.step, **vars(e.histogram_value)) for e in reader.Histograms(tag)]
            for tag in tags["histograms"]
        },
        "wallTimes": [e.wall_time for tag in tags["scalars"] for e in reader.Scalars(tag)],
    }


def served(folder):
    reader = plugin_event_accumulator.EventAccumulator(folder, size_guidance=EVERYTHING, tensor_size_guidance={})
    reader.Reload()
    tensors = reader.Tags()["tensors"]
    return {
        tag: [reader.SummaryMetadata(tag).plugin_data.plugin_name, [e.step for e in reader.Tensors(tag)]]
        for tag in tensors
    }


print(json.dumps({"read": read(sys.argv[1]), "served": served(sys.argv[1])}))
