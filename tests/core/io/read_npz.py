# SPDX-License-Identifier: GPL-3.0-or-later
# Prints what numpy reads out of an NPZ file: a line an array.
import sys
import numpy

with numpy.load(sys.argv[1], allow_pickle=False) as file:
    for name in sorted(file.files):
        array = file[name]
        print(name, array.dtype.str, array.shape, array.reshape(-1).tolist())
