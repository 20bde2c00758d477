#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""experiments/segmentation/train-archive on toy archives in the layouts of CUB-200-2011 and LFW parts.

tst_train_archive.py VITRINE_CLI
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

ARCHIVE = pathlib.Path(__file__).resolve().parents[2] / "experiments/segmentation/train-archive"
CLI = sys.argv.pop()
BLACK, YELLOW, BLUE, WHITE = b"\0\0\0", b"\xff\xff\0", b"\0\0\xff", b"\xff\xff\xff"


def write_png(file, rows):
    """Rows of grey levels or of colours, each given as bytes."""
    def chunk(name, content):
        body = name + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    colour = len(rows[0][0]) == 3
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2 if colour else 0, 0, 0, 0)
    pixels = b"".join(b"\0" + b"".join(row) for row in rows)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b""))


def make_cub(folder):
    """Two species; 20 pictures to train on, two of which become the validation split, and 4 for the test."""
    images, classes, splits = [], [], []
    for number in range(1, 25):
        species = ["001.Black_footed_Albatross", "196.House_Wren"][number % 2]
        name = f"{species}/{species[4:]}_{number:04}_7"
        bird = [[5 < x < 25 and 4 < y < 10 + number % 8 for x in range(40)] for y in range(30)]
        write_png(folder / "images" / f"{name}.jpg", [[b"\x40\x30\x20" if b else b"\xa0\xc0\xe0" for b in row] for row in bird])
        write_png(folder / "segmentations" / f"{name}.png", [[b"\xcc" if b else b"\x33" for b in row] for row in bird])
        images.append(f"{number} {name}.jpg\n")
        classes.append(f"{number} {1 + number % 2}\n")
        splits.append(f"{number} {int(number <= 20)}\n")
    (folder / "images.txt").write_text("".join(images))
    (folder / "image_class_labels.txt").write_text("".join(classes))
    (folder / "train_test_split.txt").write_text("".join(splits))


def make_lfw(folder):
    for number in range(20):
        parts = [[[BLACK, YELLOW], [BLUE, WHITE]][y // 15][x // 15] for y in range(30) for x in range(30)]
        rows = [parts[30 * y:30 * y + 30] for y in range(30)]
        write_png(folder / "labels" / f"Some_Body{number}_0001.png", rows)
        write_png(folder / "images" / f"Some_Body{number}_0001.png", rows)


def cells_of(table):
    """Method -> cells of its row."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")]
    return {row[0]: row[1:] for row in rows[2:]}


class TrainArchive(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.data = pathlib.Path(self.folder.name) / "data"
        self.runs = pathlib.Path(self.folder.name) / "runs"

    def archive(self, kind, *arguments):
        command = [ARCHIVE, kind, self.data, "--out", self.runs, "--cli", CLI, "--size", "32", *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    def table(self, *arguments):
        called = self.archive(*arguments)
        self.assertEqual(called.returncode, 0, called.stderr)
        return called.stdout

    def steps(self, run):
        return json.loads((self.runs / run / "status.json").read_text())["step"]

    def test_cub(self):
        make_cub(self.data)
        cub = ["cub", "--splits", "2", "--steps", "2", "--rows", "cnn", "gdnn-msc-ni"]
        first = self.table(*cub)
        self.assertTrue(first.startswith("4 test pictures of "), first)
        cells = cells_of(first)
        self.assertEqual(len(cells), 11)
        for method, paper in [("CNN", ["92.30", "81.90"]), ("GDNN msc,NI", ["93.78", "85.07"])]:
            networks, accuracy, _, iou, _, *beside = cells[method]
            self.assertEqual((networks, beside), ("2", paper))
            self.assertTrue(0 < float(accuracy) <= 100 and 0 <= float(iou) <= 100, first)
        self.assertEqual(cells["MMBM"], ["not yet", "", "", "", "", "90.42", "75.92"])
        # What is done is neither trained nor scored again.
        written = {file: file.stat().st_mtime_ns for file in self.runs.rglob("*")}
        self.assertEqual(self.table(*cub), first)
        self.assertEqual({file: file.stat().st_mtime_ns for file in self.runs.rglob("*")}, written)
        # Runs of other settings are not mixed.
        other = self.archive("cub", "--splits", "2", "--steps", "3", "--rows", "cnn")
        self.assertEqual(other.returncode, 1)
        self.assertIn("other settings", other.stderr)

    def test_goes_on_with_what_is_begun(self):
        make_cub(self.data)
        (self.data / "segmentations/196.House_Wren/House_Wren_0003_7.png").rename(self.data / "away.png")
        cub = ["cub", "--splits", "1", "--steps", "3", "--rows", "cnn"]
        broken = self.archive(*cub)
        self.assertEqual(broken.returncode, 1)
        self.assertEqual(broken.stderr.count("\n"), 2, broken.stderr)
        self.assertIn("House_Wren_0003_7.png", broken.stderr)
        (self.data / "away.png").rename(self.data / "segmentations/196.House_Wren/House_Wren_0003_7.png")
        self.table(*cub)
        (self.runs / "cnn-1").rename(self.runs / "gone")
        begin = [CLI, "train", self.runs / "cnn-1.json", "--out", self.runs / "cnn-1", "--steps", "1"]
        subprocess.run(begin, check=True, capture_output=True)
        self.assertEqual(self.archive(*cub, "--list").stdout, "cnn-1 begun\n")
        self.assertEqual(self.steps("cnn-1"), 1)
        cells = cells_of(self.table(*cub))
        self.assertEqual((cells["CNN"][0], self.steps("cnn-1")), ("1", 3))
        self.assertEqual(self.archive(*cub, "--list").stdout, "cnn-1 done\n")

    def test_lfw(self):
        make_lfw(self.data)
        table = self.table("lfw", "--splits", "1", "--steps", "1", "--rows", "hybrid-msc")
        self.assertTrue(table.startswith("10 test pictures of "), table)
        networks, accuracy, *_ = cells_of(table)["hybrid msc"]
        self.assertEqual(networks, "1")
        self.assertTrue(0 < float(accuracy) <= 100, table)
        self.assertNotIn("paper", table)


if __name__ == "__main__":
    unittest.main()
