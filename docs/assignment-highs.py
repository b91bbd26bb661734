#!/usr/bin/env python3
"""Solves the instances of a folder with HiGHS (through scipy) and prints time and total, to compare with `jiebang assign`.

usage: assignment-highs.py FOLDER [FILE...]       needs numpy and scipy 1.9 or later
"""
import json
import resource
import sys
import time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

folder, only = sys.argv[1], sys.argv[2:]
for x in json.load(open(f"{folder}/instances.json")):
    if only and x["file"] not in only:
        continue
    n, m = x["bids"], x["reviewers"]
    fit = np.fromfile(f"{folder}/{x['file']}", dtype="<i2").reshape(n, m).astype(float)
    bid, expert = np.nonzero(fit >= 0)
    value = fit[bid, expert]
    k = np.arange(len(bid))
    seats = csr_matrix((np.ones(len(k)), (bid, k)), shape=(n, len(k)))
    loads = csr_matrix((np.ones(len(k)), (expert, k)), shape=(m, len(k)))
    before, at = resource.getrusage(resource.RUSAGE_SELF).ru_utime, time.time()
    r = linprog(-value, A_ub=loads, b_ub=np.full(m, x["cap"]), A_eq=seats, b_eq=np.full(n, x["need"]), bounds=(0, 1), method="highs")
    took, used = time.time() - at, resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
    total = f"{-r.fun:.0f}" if r.status == 0 else r.message.split(".")[0]
    print(f"{x['file']}  {took:7.2f} s wall  {used:7.2f} s processor  {total}  (stated {x.get('optimal_total')})")
